-- Việc được giao tại các cuộc họp, hạn chót, và quá hạn bao nhiêu ngày tính đến đêm mới nhất.
-- Tasks given at meetings, their last day, and how far past it the newest night is.
--
-- Columns
--   meeting_date | Ngày họp / Meeting | Day the meeting was held; null where it cannot be known.
--   province | Tỉnh / Province | Name of the province.
--   directive_kind | Loại / Kind | `order`, `promise` or `request`.
--   issued_by | Người giao / Issued by | Who ordered, promised or asked for the task.
--   assigned_to | Nơi nhận / Assigned to | Who is to do it, as worded.
--   task | Việc / Task | What is to be done, as worded.
--   deadline_on | Hạn chót / Deadline | Last day for it; null where the text sets none.
--   days_past | Quá hạn (ngày) / Days past | Days from the deadline to the newest night; below 0 is
--       still to come. Past its day is not the same as undone.
--   is_past | Quá hạn / Past | Whether the newest night is after the deadline; null without one.
--   quote | Câu gốc / Sentence | The sentence, with ‹ for each less-than sign.
--   link | Nguồn / Source | A link to the article.
with newest as (select max(as_of) as as_of from marts.fct_province_freshness)

select
    meetings.meeting_date,
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    directives.directive_kind,
    translate(directives.issued_by, '<', '‹') as issued_by,
    translate(directives.assigned_to, '<', '‹') as assigned_to,
    translate(directives.action, '<', '‹') as task,
    directives.deadline_on,
    date_diff('day', directives.deadline_on, newest.as_of) as days_past,
    newest.as_of > directives.deadline_on as is_past,
    translate(directives.quote, '<', '‹') as quote,
    case
        when regexp_full_match(articles.url, 'https?://[^\s"<>]+')
            then
                '<a href="' || replace(articles.url, '&', '&amp;')
                || '" target="_blank">→ bài</a>'
    end as link
from marts.fct_directives as directives
cross join newest
inner join marts.fct_meetings as meetings on directives.meeting_id = meetings.meeting_id
inner join marts.dim_articles as articles on directives.article_id = articles.article_id
left join marts.dim_provinces as provinces on meetings.province_id = provinces.province_id
