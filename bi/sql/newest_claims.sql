-- Số liệu kèm câu gốc, mới nhất trước.
-- Claims with their sentences, by name.
--
-- Columns
--   published_on | Ngày đăng / Published | Day of publication of the article.
--   province | Tỉnh / Province | Name of the province that the number is about.
--   indicator | Chỉ tiêu / Indicator | Name of the indicator in Vietnamese, or the article's own words
--       where the vocabulary has no code.
--   topic | Chủ đề / Topic | Name of the root topic in Vietnamese.
--   measure | Loại số / Measure | What the number says, as in fct_indicators.
--   status | Tình trạng / Status | `actual`, `estimate` or `target`.
--   value_text | Giá trị / Value | The number with its unit, as printed.
--   time_period | Kỳ / Period | The period in SDMX notation.
--   source_name | Báo / Portal | Name of the portal.
--   quote | Câu gốc / Sentence | The sentence, with ‹ for each less-than sign, so
--       that it is never markup.
--   link | Nguồn / Source | A link that scrolls to the sentence.
select
    claims.published_on,
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    coalesce(indicators.name_vi, translate(claims.indicator_name, '<', '‹')) as indicator,
    coalesce(roots.name_vi, 'chưa có mã / no code') as topic,
    claims.measure,
    claims.status,
    translate(claims.value_text, '<', '‹') as value_text,
    claims.time_period,
    translate(sources.source_name, '<', '‹') as source_name,
    translate(claims.quote, '<', '‹') as quote,
    case
        when regexp_full_match(claims.source_url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(claims.source_url, '&', '&amp;')
                || '" target="_blank">→ câu gốc</a>'
    end as link
from marts.fct_indicators as claims
inner join marts.dim_articles as articles on claims.article_id = articles.article_id
inner join marts.dim_sources as sources on articles.source_id = sources.source_id
left join marts.dim_provinces as provinces on claims.province_id = provinces.province_id
left join marts.dim_indicators as indicators on claims.indicator_code = indicators.indicator_code
left join marts.dim_topics as topics on indicators.topic = topics.topic
left join marts.dim_topics as roots on topics.root_topic = roots.topic
