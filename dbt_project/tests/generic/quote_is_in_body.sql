{# Quotes that are empty or stand nowhere in the article's body. #}
{% test quote_is_in_body(model, articles=ref('dim_articles')) %}

select quoted.article_id, quoted.quote
from {{ model }} as quoted
left join {{ articles }} as articles on quoted.article_id = articles.article_id
where quoted.quote = '' or not coalesce(contains(articles.body, quoted.quote), false)

{% endtest %}
