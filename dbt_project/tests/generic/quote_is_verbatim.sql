{# Quotes that are empty or do not stand at the offsets given in the body of the article, or its version. #}
{% test quote_is_verbatim(model, articles=ref('dim_articles'), key='article_id') %}

select quoted.{{ key }}, quoted.quote, quoted.quote_start, quoted.quote_end
from {{ model }} as quoted
left join {{ articles }} as articles on quoted.{{ key }} = articles.{{ key }}
where
    quoted.quote_start < 0
    or quoted.quote_start >= quoted.quote_end
    or quoted.quote is distinct from
    substring(articles.body, quoted.quote_start + 1, quoted.quote_end - quoted.quote_start)
    or length(quoted.quote) <> quoted.quote_end - quoted.quote_start

{% endtest %}
