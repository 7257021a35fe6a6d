{#
  The shape of one reading as stored in int_article_readings, for from_json. Mirrors the records of
  include/extract/model.py; a test holds the two together.
#}
{% macro reading_structure() -%}
{
  "published_on": "DATE",
  "published_basis": "VARCHAR",
  "claims": [{
    "indicator_code": "VARCHAR", "indicator_name": "VARCHAR", "breakdown": "VARCHAR",
    "measure": "VARCHAR", "value": "DOUBLE", "value_high": "DOUBLE", "out_of": "DOUBLE",
    "unit_code": "VARCHAR", "value_text": "VARCHAR", "approximation": "VARCHAR", "status": "VARCHAR",
    "period_type": "VARCHAR", "time_period": "VARCHAR", "period_start": "DATE", "period_end": "DATE",
    "comparison_start": "DATE", "comparison_end": "DATE", "price_basis": "VARCHAR",
    "quote_start": "INTEGER", "quote_end": "INTEGER", "value_start": "INTEGER", "value_end": "INTEGER",
    "province_name": "VARCHAR", "place_name": "VARCHAR"
  }],
  "meetings": [{
    "meeting_date": "DATE", "meeting_end_date": "DATE", "date_basis": "VARCHAR",
    "date_earliest": "DATE", "date_latest": "DATE", "session": "VARCHAR", "meeting_kind": "VARCHAR",
    "topic": "VARCHAR", "host_organization": "VARCHAR", "location": "VARCHAR",
    "lead_name": "VARCHAR", "lead_title": "VARCHAR", "quote_start": "INTEGER", "quote_end": "INTEGER",
    "province_name": "VARCHAR",
    "host_office": {"name": "VARCHAR", "home": "VARCHAR"},
    "conclusion_start": "INTEGER", "conclusion_end": "INTEGER",
    "participants": [{
      "person_name": "VARCHAR", "person_title": "VARCHAR", "organization": "VARCHAR",
      "role": "VARCHAR", "quote_start": "INTEGER", "quote_end": "INTEGER",
      "posts": [{
        "post": "VARCHAR", "organization": {"name": "VARCHAR", "home": "VARCHAR"}, "is_former": "BOOLEAN"
      }],
      "home": "VARCHAR"
    }],
    "directives": [{
      "directive_kind": "VARCHAR", "issued_by": "VARCHAR", "assigned_to": "VARCHAR", "action": "VARCHAR",
      "deadline_on": "DATE", "deadline_text": "VARCHAR", "quote_start": "INTEGER", "quote_end": "INTEGER"
    }],
    "subject_words": ["VARCHAR"], "subject_names": ["VARCHAR"], "edition": "VARCHAR"
  }],
  "error": {"reason": "VARCHAR", "detail": "VARCHAR"}
}
{%- endmacro %}
