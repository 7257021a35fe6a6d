-- Which reports tell of one meeting. Three rounds, from the surest sign to the weakest: who led it on
-- which day; without a lead, what it was about on that day; without a day, a long topic told of exactly
-- one dated meeting within the bounds of the report, or word for word the same sentence.
with

reports as (
    select
        article_id,
        meeting_ordinal,
        first_fetched_at,
        province_id,
        meeting_date,
        coalesce(date_earliest, date '0001-01-01') as date_earliest,
        coalesce(date_latest, date '9999-12-31') as date_latest,
        date_earliest is not null or date_latest is not null as is_bounded,
        fold_text(lead_name) as lead_key,
        fold_text(topic) as topic_key,
        fold_text(quote) as told_key,
        -- A meeting of the whole day may be reported by one of its halves.
        case when session in ('morning', 'afternoon', 'evening') then session end as part_of_day
    from {{ ref('int_meetings_reported') }}
),

dated as (
    select
        *,
        coalesce('lead ' || lead_key, 'topic ' || topic_key, 'told ' || told_key) as subject
    from reports
    where province_id is not null and meeting_date is not null
),

-- A report without a part of the day joins the others where they all name the same one.
named_parts as (
    select
        province_id,
        meeting_date,
        subject,
        min(part_of_day) as part_of_day
    from dated
    where part_of_day is not null
    group by province_id, meeting_date, subject
    having count(distinct part_of_day) = 1
),

dated_keyed as (
    select
        dated.*,
        {{ hash_of([
            'dated.province_id', 'dated.meeting_date', 'dated.subject',
            'coalesce(dated.part_of_day, named_parts.part_of_day)',
        ]) }} as own_likeness
    from dated
    left join named_parts
        on
            dated.province_id = named_parts.province_id
            and dated.meeting_date = named_parts.meeting_date
            and dated.subject = named_parts.subject
),

led_elsewhere as (
    select
        unled.article_id,
        unled.meeting_ordinal,
        min(led.own_likeness) as likeness
    from dated_keyed as unled
    inner join dated_keyed as led
        on
            unled.province_id = led.province_id
            and unled.meeting_date = led.meeting_date
            and unled.topic_key = led.topic_key
            and coalesce(unled.part_of_day, led.part_of_day, '')
            = coalesce(led.part_of_day, unled.part_of_day, '')
    where unled.lead_key is null and led.lead_key is not null
    group by unled.article_id, unled.meeting_ordinal
    having count(distinct led.own_likeness) = 1
),

dated_likenesses as (
    select
        dated_keyed.article_id,
        dated_keyed.meeting_ordinal,
        dated_keyed.province_id,
        dated_keyed.meeting_date,
        dated_keyed.topic_key,
        coalesce(led_elsewhere.likeness, dated_keyed.own_likeness) as likeness
    from dated_keyed
    left join led_elsewhere
        on
            dated_keyed.article_id = led_elsewhere.article_id
            and dated_keyed.meeting_ordinal = led_elsewhere.meeting_ordinal
),

-- Six words: shorter topics ("xúc tiến đầu tư") come back meeting after meeting.
dated_elsewhere as (
    select
        undated.article_id,
        undated.meeting_ordinal,
        min(dated_likenesses.likeness) as likeness
    from reports as undated
    inner join dated_likenesses
        on
            undated.province_id = dated_likenesses.province_id
            and undated.topic_key = dated_likenesses.topic_key
            and undated.date_earliest <= dated_likenesses.meeting_date
            and undated.date_latest >= dated_likenesses.meeting_date
    where
        undated.meeting_date is null
        and undated.is_bounded
        and length(undated.topic_key) - length(replace(undated.topic_key, ' ', '')) >= 5
    group by undated.article_id, undated.meeting_ordinal
    having count(distinct dated_likenesses.likeness) = 1
),

-- Sixty characters: a shorter sentence ("UBND tỉnh họp phiên thường kỳ.") may stand in any month.
alike as (
    select
        reports.article_id,
        reports.meeting_ordinal,
        reports.first_fetched_at,
        case
            when dated_likenesses.likeness is not null then dated_likenesses.likeness
            when dated_elsewhere.likeness is not null then dated_elsewhere.likeness
            when
                length(reports.told_key) >= 60
                then {{ hash_of(['reports.province_id', 'reports.told_key']) }}
            else {{ hash_of(['reports.article_id', 'reports.meeting_ordinal']) }}
        end as likeness
    from reports
    left join dated_likenesses
        on
            reports.article_id = dated_likenesses.article_id
            and reports.meeting_ordinal = dated_likenesses.meeting_ordinal
    left join dated_elsewhere
        on
            reports.article_id = dated_elsewhere.article_id
            and reports.meeting_ordinal = dated_elsewhere.meeting_ordinal
),

-- Two meetings in one article are two: the first alike of one article meets the first of another.
numbered as (
    select
        *,
        row_number() over (partition by article_id, likeness order by meeting_ordinal) as occurrence
    from alike
),

anchored as (
    select
        *,
        row_number() over (together) as report_rank,
        first_value(article_id) over (together) as anchor_article_id,
        first_value(meeting_ordinal) over (together) as anchor_ordinal
    from numbered
    window
        together as (
            partition by likeness, occurrence order by first_fetched_at, article_id, meeting_ordinal
        )
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
