-- Cuộc họp, theo tên tỉnh.
-- Meetings, with the name of the province.
--
-- Columns
--   meeting_date | Ngày họp / Day | Day the meeting was held; null where it cannot be known.
--   province | Tỉnh / Province | Name of the province.
--   meeting_kind | Loại / Kind | Kind of meeting, as in fct_meetings.
--   topic | Nội dung / Topic | What the meeting was about, in the text's words.
--   lead_name | Chủ trì / Lead | Who chaired or concluded the meeting or led the delegation.
--   host_organization | Cơ quan / Host | Who held the meeting.
--   article_count | Số bài / Articles | How many articles report it.
select
    meetings.meeting_date,
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    meetings.meeting_kind,
    translate(meetings.topic, '<', '‹') as topic,
    translate(meetings.lead_name, '<', '‹') as lead_name,
    translate(meetings.host_organization, '<', '‹') as host_organization,
    meetings.article_count
from marts.fct_meetings as meetings
left join marts.dim_provinces as provinces on meetings.province_id = provinces.province_id
