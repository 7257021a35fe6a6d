{#
  The form in which two wordings of an indicator are one name: fold_text, without the numbers in it
  ("tại 12 xã" and "tại 9 xã"), without a linking word before it ("trong đó, …", "nhờ đó, …") and
  without punctuation at its ends. A name that is nothing but these stays as fold_text gives it. For
  comparing, never for showing.
#}
{% macro fold_indicator_name(name) -%}
    {%- set linking = "(nhờ|trong|theo|qua|bên cạnh|cùng với|từ) đó|ngoài ra|riêng|cụ thể" -%}
    {%- set folded = namespace(sql="fold_text(" ~ name ~ ")") -%}
    {%- for pattern, left in [
        ("(^|\\s)\\d[\\d.,/%-]*", ""),
        ("^\\P{L}*(" ~ linking ~ ")\\P{L}+", ""),
        ("^[^\\p{L}(]+|[^\\p{L}\\p{M}\\d)%]+$", ""),
        ("\\s+", " "),
    ] -%}
        {%- set folded.sql = "regexp_replace(" ~ folded.sql ~ ", '" ~ pattern ~ "', '" ~ left ~ "', 'g')" -%}
    {%- endfor -%}
    coalesce(nullif({{ folded.sql }}, ''), fold_text({{ name }}))
{%- endmacro %}
