{# Claims whose printed number is not where the offsets say, or not within the quote. #}
{% test value_is_inside_quote(model, articles=ref('dim_articles'), key='article_id') %}

select claims.statement_id, claims.value_text, claims.value_start, claims.value_end
from {{ model }} as claims
left join {{ articles }} as articles on claims.{{ key }} = articles.{{ key }}
where
    claims.value_start < claims.quote_start
    or claims.value_end > claims.quote_end
    or claims.value_start >= claims.value_end
    or claims.value_text is distinct from
    substring(articles.body, claims.value_start + 1, claims.value_end - claims.value_start)

{% endtest %}
