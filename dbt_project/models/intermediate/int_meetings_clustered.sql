with

reports as (
    select
        article_id,
        meeting_ordinal,
        first_fetched_at,
        province_id,
        meeting_date,
        -- A meeting of the whole day may be reported by one of its halves.
        case when session in ('morning', 'afternoon', 'evening') then session end as part_of_day,
        -- Who led it, else what it was about: without either nothing says that two reports mean one.
        coalesce('lead ' || fold_text(lead_name), 'topic ' || fold_text(topic)) as subject
    from {{ ref('int_meetings_reported') }}
),

-- A report without a part of the day joins the others where they all name the same one.
named_parts as (
    select
        province_id,
        meeting_date,
        subject,
        min(part_of_day) as part_of_day
    from reports
    where part_of_day is not null
    group by province_id, meeting_date, subject
    having count(distinct part_of_day) = 1
),

keyed as (
    select
        reports.article_id,
        reports.meeting_ordinal,
        reports.first_fetched_at,
        case
            when reports.province_id is null or reports.meeting_date is null or reports.subject is null
                then {{ hash_of(['reports.article_id', 'reports.meeting_ordinal']) }}
            else {{ hash_of([
                'reports.province_id', 'reports.meeting_date', 'reports.subject',
                'coalesce(reports.part_of_day, named_parts.part_of_day)',
            ]) }}
        end as likeness
    from reports
    left join named_parts
        on
            reports.province_id = named_parts.province_id
            and reports.meeting_date = named_parts.meeting_date
            and reports.subject = named_parts.subject
),

-- Two meetings in one article are two: the first alike of one article meets the first of another.
numbered as (
    select
        *,
        row_number() over (partition by article_id, likeness order by meeting_ordinal) as occurrence
    from keyed
),

anchored as (
    select
        *,
        row_number() over (alike) as report_rank,
        first_value(article_id) over (alike) as anchor_article_id,
        first_value(meeting_ordinal) over (alike) as anchor_ordinal
    from numbered
    window
        alike as (partition by likeness, occurrence order by first_fetched_at, article_id, meeting_ordinal)
),

-- The key comes from where the meeting was first read, so that a corrected date does not change it.
int_meetings_clustered as (
    select
        {{ hash_of(['anchor_article_id', 'anchor_ordinal']) }} as meeting_id,
        article_id,
        meeting_ordinal,
        report_rank,
        anchor_article_id,
        anchor_ordinal
    from anchored
)

select * from int_meetings_clustered
