-- Số liệu đang biết, theo tên: mỗi dòng là giá trị mới nhất của một đại lượng (toàn tỉnh, không chia nhóm).
-- Figures as known now, by name: the newest value of each quantity of a whole province, without parts.
--
-- Columns
--   province | Tỉnh / Province | Name of the province; one that was merged on 1 July 2025 bears that it
--       was there until the day before.
--   indicator | Chỉ tiêu / Indicator | Name of the indicator in Vietnamese.
--   indicator_en | Indicator | Name of the indicator in English.
--   topic | Chủ đề / Topic | Name of the root topic in Vietnamese.
--   measure | Loại số / Measure | What the number says: `level`, `change_pct` and so on, as in
--       fct_indicator_observations.
--   status | Tình trạng / Status | `actual`, `estimate` or `target`.
--   unit | Đơn vị / Unit | Name of the unit in Vietnamese.
--   time_period | Kỳ / Period | The period in SDMX notation.
--   observed_on | Ngày số liệu / Figure's day | Last day of the period, or the article's day for a
--       stock.
--   value | Giá trị / Value | The number in its unit.
--   known_since | Biết từ / Known since | First day on which this figure was the one known.
--   recency | Thứ tự mới / Recency | 1 for the latest result or estimate of the province, indicator,
--       measure and unit.
--   source_count | Số báo / Portals | How many portals give it.
--   has_disagreement | Báo khác nhau / Disputed | Whether portals stand by different figures.
--   quote | Câu gốc / Sentence | The sentence, with ‹ for each less-than sign, so
--       that it is never markup.
--   link | Nguồn / Source | A link that scrolls to the sentence; null where the sentence is no longer on
--       the page.
select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    indicators.name_vi as indicator,
    indicators.name_en as indicator_en,
    roots.name_vi as topic,
    observations.measure,
    observations.status,
    units.name_vi as unit,
    observations.time_period,
    observations.observed_on,
    observations.value,
    observations.realtime_start as known_since,
    case
        when observations.status <> 'target'
            then row_number() over (
                partition by
                    observations.province_id, observations.indicator_code, observations.measure,
                    observations.unit_code, observations.status = 'target'
                order by
                    observations.observed_on desc, case observations.status when 'actual' then 1 else 2 end,
                    observations.period_start asc, observations.observation_id asc
            )
    end as recency,
    observations.source_count,
    observations.has_disagreement,
    translate(claims.quote, '<', '‹') as quote,
    case
        when regexp_full_match(claims.source_url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(claims.source_url, '&', '&amp;')
                || '" target="_blank">→ câu gốc</a>'
    end as link
from marts.fct_indicator_observations as observations
inner join marts.dim_provinces as provinces on observations.province_id = provinces.province_id
inner join marts.dim_indicators as indicators on observations.indicator_code = indicators.indicator_code
inner join marts.dim_topics as topics on indicators.topic = topics.topic
inner join marts.dim_topics as roots on topics.root_topic = roots.topic
inner join marts.dim_units as units on observations.unit_code = units.unit_code
left join marts.fct_indicators as claims on observations.statement_id = claims.statement_id
where
    observations.is_newest
    and not observations.is_withdrawn
    and observations.place_name is null
    and observations.breakdown is null
