{# Quotes that are empty or stand nowhere in the article's body. #}
{% test quote_is_in_body(model, articles=ref('dim_articles'), quote='quote', article='article_id') %}

with

-- A test's own "where" gives the model an alias of its own.
quoted as (
    select * from {{ model }}
)

select quoted.{{ article }}, quoted.{{ quote }}
from quoted
left join {{ articles }} as articles on quoted.{{ article }} = articles.article_id
where
    quoted.{{ quote }} = ''
    or not coalesce(contains(articles.body, quoted.{{ quote }}), false)

{% endtest %}
