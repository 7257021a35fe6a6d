-- Chỉ tiêu kế hoạch và mức đã đạt, theo tên.
-- Targets with what has been reached of them, by name.
--
-- Columns
--   province | Tỉnh / Province | Name of the province.
--   indicator | Chỉ tiêu / Indicator | Name of the indicator in Vietnamese.
--   breakdown | Nhóm / Part | Part of the indicator, as worded; null for the whole.
--   time_period | Kỳ / Period | The target's period in SDMX notation.
--   period_end | Hết kỳ / Ends | Last day of the target's period.
--   target_value | Mục tiêu / Target | The target in its unit.
--   result_value | Kết quả / Result | The latest result or estimate; null where none is known.
--   unit | Đơn vị / Unit | Name of the unit in Vietnamese.
--   result_status | Tình trạng / Status | Whether the result is `actual` or an `estimate`.
--   attainment_pct | Đạt (%) / Attained | Result in percent of the target so far; null for rates, growth
--       and ranks.
--   is_met | Đã đạt / Met | Whether the latest result reaches the target; null where that cannot be
--       told.
--   quote | Câu gốc / Sentence | The sentence of the target, with a ‹ for each
--       plain one.
--   link | Nguồn / Source | A link that scrolls to the sentence.
select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    indicators.name_vi as indicator,
    translate(targets.breakdown, '<', '‹') as breakdown,
    targets.time_period,
    targets.period_end,
    targets.target_value,
    targets.result_value,
    units.name_vi as unit,
    targets.result_status,
    round(targets.attainment_pct, 1) as attainment_pct,
    targets.is_met,
    translate(claims.quote, '<', '‹') as quote,
    case
        when regexp_full_match(claims.source_url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(claims.source_url, '&', '&amp;')
                || '" target="_blank">→ câu gốc</a>'
    end as link
from marts.fct_indicator_targets as targets
inner join marts.fct_indicators as claims on targets.statement_id = claims.statement_id
inner join marts.dim_indicators as indicators on targets.indicator_code = indicators.indicator_code
inner join marts.dim_units as units on targets.unit_code = units.unit_code
left join marts.dim_provinces as provinces on targets.province_id = provinces.province_id
