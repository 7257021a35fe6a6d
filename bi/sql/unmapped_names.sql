-- Tên chỉ tiêu chưa có mã, xếp hạng, kèm một câu để xét.
-- Names of indicators without a code, ranked, each with a sentence to judge it by.
--
-- Columns
--   rank_no | Hạng / Rank | Place from 1, by articles, then portals, provinces and claims.
--   indicator_name | Tên / Name | The name as most of its claims word it.
--   article_count | Số bài / Articles | How many articles use it.
--   claim_count | Số lần / Claims | How many claims use it.
--   province_count | Số tỉnh / Provinces | How many provinces the claims are about.
--   unit | Đơn vị / Unit | Name of the unit that most of its claims have.
--   is_known_name | Tên đã biết / Known name | Whether the vocabulary has these very words without a
--       code.
--   quote | Câu gốc / Sentence | The sentence, with ‹ for each less-than sign.
--   link | Nguồn / Source | A link that scrolls to the sentence.
select
    names.rank_no,
    translate(names.indicator_name, '<', '‹') as indicator_name,
    names.article_count,
    names.claim_count,
    names.province_count,
    units.name_vi as unit,
    names.is_known_name,
    translate(names.quote, '<', '‹') as quote,
    case
        when regexp_full_match(names.source_url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(names.source_url, '&', '&amp;')
                || '" target="_blank">→ câu gốc</a>'
    end as link
from marts.fct_unmapped_indicators as names
inner join marts.dim_units as units on names.unit_code = units.unit_code
