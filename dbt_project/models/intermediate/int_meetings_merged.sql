{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

reports as (
    select * from {{ ref('int_meetings_reported') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('meeting', 'meeting_id') }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

ranked as (
    select
        clusters.meeting_id,
        clusters.report_rank,
        reports.*,
        row_number() over (
            partition by clusters.meeting_id
            order by
                case reports.date_basis when 'stated' then 1 when 'inferred' then 2 else 3 end,
                clusters.report_rank
        ) as date_rank,
        row_number() over (
            partition by clusters.meeting_id
            order by case when reports.lead_name is null then 2 else 1 end, clusters.report_rank
        ) as lead_rank
    from reports
    inner join clusters
        on
            reports.article_id = clusters.article_id
            and reports.meeting_ordinal = clusters.meeting_ordinal
),

-- Each field from the first report that has it; the day with its basis from the surest report, the
-- lead's title from a report that names the lead.
merged as (
    select
        meeting_id,
        arg_min(province_id, report_rank) as province_id,
        arg_min(meeting_date, date_rank) as meeting_date,
        arg_min(meeting_end_date, date_rank) as meeting_end_date,
        arg_min(date_basis, date_rank) as date_basis,
        arg_min(date_earliest, date_rank) as date_earliest,
        arg_min(date_latest, date_rank) as date_latest,
        arg_min(session, report_rank) as session,
        arg_min(meeting_kind, report_rank) as meeting_kind,
        arg_min(topic, report_rank) as topic,
        arg_min(host_organization, report_rank) as host_organization,
        arg_min(location, report_rank) as location,
        arg_min(conclusion, report_rank) as conclusion,
        arg_min(article_id, report_rank) filter (where conclusion is not null) as conclusion_article_id,
        arg_min(lead_name, lead_rank) as lead_name,
        arg_min(lead_title, lead_rank) as lead_title,
        count(distinct article_id) as article_count
    from ranked
    group by meeting_id
),

int_meetings_merged as (
    select
        merged.*,
        provinces.province_code,
        -- People and organizations outlive a merger of provinces: they are kept by its successor.
        coalesce(provinces.successor_id, provinces.province_id) as lasting_province_id,
        {{ this_build() }} as build_no
    from merged
    left join provinces on merged.province_id = provinces.province_id
)

select * from int_meetings_merged
