-- Kiểm tra số liệu và ngày với nhau, kèm hai câu gốc.
-- Checks of figures and days against each other, with both sentences.
--
-- Columns
--   check_kind | Loại kiểm tra / Check | What is checked, as in fct_consistency_checks.
--   scope | Phạm vi / Scope | Within one article, or across two.
--   verdict | Kết quả / Verdict | `khớp / agrees` or `lệch / differs`.
--   is_consistent | Khớp / Consistent | Whether figures agree within the tolerance, or days lie in
--       order.
--   expected_value | Phải là / Expected | What the other figures say that it must be; null for days.
--   printed_value | Đã in / Printed | What the article prints; null for days.
--   tolerance | Dung sai / Tolerance | How far apart digits and words leave room for the two to be.
--   quote | Câu gốc / Sentence | The sentence, with ‹ for each less-than sign.
--   other_quote | Câu so với / Other sentence | The sentence checked against; null where a day is
--       compared with the publication.
--   link | Nguồn / Source | A link to the article.
select
    checks.check_kind,
    checks.scope,
    case when checks.is_consistent then 'khớp / agrees' else 'lệch / differs' end as verdict,
    checks.is_consistent,
    checks.expected_value,
    checks.printed_value,
    checks.tolerance,
    translate(checks.quote, '<', '‹') as quote,
    translate(checks.other_quote, '<', '‹') as other_quote,
    case
        when regexp_full_match(articles.url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(articles.url, '&', '&amp;')
                || '" target="_blank">→ bài</a>'
    end as link
from marts.fct_consistency_checks as checks
inner join marts.dim_articles as articles on checks.article_id = articles.article_id
