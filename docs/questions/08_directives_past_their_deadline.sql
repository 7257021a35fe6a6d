-- Câu hỏi: Tính đến 31/12/2025, tại các cuộc họp ở Gia Lai ai đã giao việc gì cho cơ quan nào, việc nào đã
-- quá hạn?
-- Question: As of 31 December 2025, who gave which office what to do at meetings in Gia Lai, and what is past
-- its day?
-- Asked by: a provincial office that follows up.
--
-- Parameters
--   province    name of a province, present or old: old provinces are taken in by their successor
--   chair       name of the person who chaired or led, as printed; null for everybody
--   as_of       the day on which deadlines are judged
--
-- Columns
--   meeting_date, chair, chair_title, topic   the meeting; the date is null where no article tells it
--   assigned_to, task      who is to do what, as worded
--   deadline_on            last day for it, null where the text sets none
--   deadline               as worded
--   days_past              days from the deadline to as_of; below 0 is still to come. Past its day is not the
--                          same as undone: no article says here whether it was done
--   quote                  the sentence
--   title, url             the article
set variable province = 'Gia Lai';
set variable chair = null;
set variable as_of = date '2025-12-31';

with family as (
    select old.province_id
    from marts.dim_provinces as named
    inner join marts.dim_provinces as old
        on
            coalesce(named.successor_id, named.province_id) = old.province_id
            or coalesce(named.successor_id, named.province_id) = old.successor_id
    where named.name = getvariable('province')
    group by old.province_id
),

meetings as (
    select meetings.*
    from marts.fct_meetings as meetings
    inner join family on meetings.province_id = family.province_id
    where
        (getvariable('chair') is null or meetings.lead_name = getvariable('chair'))
        and coalesce(meetings.meeting_date, meetings.date_latest, getvariable('as_of'))
        <= getvariable('as_of')
)

select
    meetings.meeting_date,
    meetings.lead_name as chair,
    meetings.lead_title as chair_title,
    meetings.topic,
    directives.assigned_to,
    directives.action as task,
    directives.deadline_on,
    directives.deadline_text as deadline,
    getvariable('as_of') - directives.deadline_on as days_past,
    directives.quote,
    articles.title,
    articles.url
from meetings
inner join marts.fct_directives as directives on meetings.meeting_id = directives.meeting_id
inner join marts.dim_articles as articles on directives.article_id = articles.article_id
where directives.directive_kind = 'order'
order by
    directives.deadline_on desc nulls last, meetings.meeting_date desc nulls last,
    directives.directive_id asc;
