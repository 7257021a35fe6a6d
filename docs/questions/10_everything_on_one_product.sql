-- Câu hỏi: Mọi con số về cà phê, gõ không dấu cũng ra ("ca phe"), mỗi số kèm câu và đường dẫn?
-- Question: Every figure on coffee, typed without diacritics ("ca phe"), each with its sentence and a link?
-- Asked by: a trader who follows one commodity.
--
-- Parameters
--   words               what to look for in the name of what is counted and in its part, whole words in this
--                       order;
--                       a letter typed without diacritics stands for all its forms ("che" also finds "chè"),
--                       one
--                       typed with them for itself
--   from_day, to_day    the article appeared between these days
--
-- Columns
--   published_on, portal, province   of the article, and whose figure it is
--   indicator, breakdown             as worded, and the part that it is of
--   measure, status, time_period     what kind of figure of what time
--   value, unit_code, value_text     the figure, and as printed
--   quote                            the sentence
--   source_url                       a link that scrolls to it
set variable words = 'ca phe';
set variable from_day = date '2024-01-01';
set variable to_day = date '2025-12-31';

with matching as (
    select rowid as row_no
    from marts.fct_indicators
    where
        published_on between getvariable('from_day') and getvariable('to_day')
        and regexp_matches(
            concat_ws('|', indicator_name, breakdown),
            -- Each letter becomes the class of its forms. One constant: made before the table is read.
            '(?i)(^|[^\p{L}])'
            -- noqa: disable=LT02
            || replace(replace(replace(replace(replace(replace(replace(
                regexp_escape(lower(getvariable('words'))), 'a', '[aàáảãạăằắẳẵặâầấẩẫậ]'),
                'e', '[eèéẻẽẹêềếểễệ]'),
                'i', '[iìíỉĩị]'), 'o', '[oòóỏõọôồốổỗộơờớởỡợ]'), 'u', '[uùúủũụưừứửữự]'), 'y', '[yỳýỷỹỵ]'),
                'd', '[dđ]')
            -- noqa: enable=LT02
            || '($|[^\p{L}])'
        )
),

-- In a second step, so that sentences and links are read of the matching rows alone.
found as (
    select *
    from marts.fct_indicators
    where rowid in (select row_no from matching)
)

select
    found.published_on,
    sources.source_name as portal,
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    found.indicator_name as indicator,
    found.breakdown,
    found.measure,
    found.status,
    found.time_period,
    found.value,
    found.unit_code,
    found.value_text,
    found.quote,
    found.source_url
from found
inner join marts.dim_articles as articles on found.article_id = articles.article_id
left join marts.dim_sources as sources on articles.source_id = sources.source_id
left join marts.dim_provinces as provinces on found.province_id = provinces.province_id
order by found.published_on desc, portal asc, found.article_id asc, found.value_start asc;
