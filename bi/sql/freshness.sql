-- Độ mới của từng tỉnh đang có, theo tên.
-- How new is what is known of each province in force, by name.
--
-- Columns
--   province | Tỉnh / Province | Name of the province.
--   as_of | Tính đến / As of | Day of the newest batch.
--   portal_count | Số báo / Portals | Portals of the province.
--   newest_published_on | Bài mới nhất / Newest article | Newest day of publication of an article of its
--       portals.
--   days_since_published | Số ngày / Days since | Days from it to `as_of`.
--   newest_claim_on | Số liệu mới nhất / Newest claim | Newest day of publication of an article with a
--       claim about the province.
--   recent_article_count | Bài mới / New articles | New articles of its portals in the nights of the
--       last 28 days.
--   claim_count | Số liệu / Claims | Claims about the province, under its present or a former name.
with claims as (
    select
        provinces.current_province_id as province_id,
        count(*) as claim_count
    from marts.fct_indicators as indicators
    inner join marts.dim_provinces as provinces on indicators.province_id = provinces.province_id
    group by provinces.current_province_id
)

select
    provinces.name as province,
    freshness.as_of,
    freshness.portal_count,
    freshness.newest_published_on,
    freshness.days_since_published,
    freshness.newest_claim_on,
    freshness.recent_article_count,
    coalesce(claims.claim_count, 0) as claim_count
from marts.fct_province_freshness as freshness
inner join marts.dim_provinces as provinces on freshness.province_id = provinces.province_id
left join claims on freshness.province_id = claims.province_id
