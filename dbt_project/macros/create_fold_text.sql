{#
  Makes the SQL function fold_text(words): the form in which two spellings of a Vietnamese name are
  equal. NFC, lower case, single spaces, and the tone mark where the newer orthography puts it ("Uỷ"
  and "Ủy", "Hoà" and "Hòa"). Diacritics stay: they tell people apart. For comparing, never for showing.
#}
{% macro create_fold_text() -%}
    {%- set folded = namespace(
        sql="trim(regexp_replace(lower(nfc_normalize(words)), '\\s+', ' ', 'g'))"
    ) -%}
    {%- for old, new in [
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
        ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
        ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
    ] -%}
        {%- set folded.sql = "replace(" ~ folded.sql ~ ", '" ~ old ~ "', '" ~ new ~ "')" -%}
    {%- endfor -%}
    create or replace macro main.fold_text(words) as {{ folded.sql }}
{%- endmacro %}
