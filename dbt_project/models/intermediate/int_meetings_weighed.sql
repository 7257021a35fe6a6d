{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'report',
                'columns': ['later_key', 'earlier_key'],
                'tells': {'later_article': 'later_article_id'},
            }
        },
    )
}}

-- Pairs of reports that may tell of one meeting, with the evidence for it. Only an earlier report is
-- compared with a later one, and neither sees the rest: what arrives later changes no pair.
with

reports as (
    select * from {{ ref('int_meetings_likened') }}
),

-- An undated report may be of a meeting of the week before it appeared.
days as (
    select
        report_key,
        unnest(generate_series(first_day, least(last_day, first_day + 6), interval 1 day)) as day,
        true as is_dated
    from reports
    where first_day is not null
    union all
    select
        report_key,
        unnest(generate_series(date_latest - 7, date_latest, interval 1 day)) as day,
        false as is_dated
    from reports
    where first_day is null and date_latest < date '9999-12-31'
),

tokens as (
    select
        report_key,
        unnest(list_concat(
            ['person ' || name for name in people],
            ['word ' || word for word in words],
            ['topic ' || topic_key],
            ['told ' || told_key]
        )) as token
    from reports
),

-- The days of a session are reported one by one: its number is looked for two days to each side.
keyed as (
    select
        reports.province_id,
        days.day,
        tokens.token,
        days.report_key,
        days.is_dated
    from days
    inner join tokens on days.report_key = tokens.report_key
    inner join reports on days.report_key = reports.report_key
    where tokens.token is not null
    union all
    select
        province_id,
        unnest(generate_series(first_day - 2, last_day + 2, interval 1 day)) as day,
        'edition ' || edition as token,
        report_key,
        true as is_dated
    from reports
    where first_day is not null and edition is not null
),

wordings as (
    select
        report_key,
        first_day is not null as is_dated,
        unnest(wordings) as wording
    from reports
),

-- What has come back twenty times is a formula.
first_wordings as (
    select * from wordings
    qualify row_number() over (partition by wording order by report_key) <= 20
),

pairs as (
    select
        greatest(one.report_key, other.report_key) as later_key,
        least(one.report_key, other.report_key) as earlier_key
    from keyed as one
    inner join keyed as other
        on
            one.province_id = other.province_id
            and one.day = other.day
            and one.token = other.token
            and {{ is_pair('one', 'other') }}
    where {{ among_changed('report', 'one.report_key') }} and (one.is_dated or other.is_dated)
    union
    select
        greatest(one.report_key, other.report_key) as later_key,
        least(one.report_key, other.report_key) as earlier_key
    from first_wordings as one
    inner join first_wordings as other on one.wording = other.wording and {{ is_pair('one', 'other') }}
    where {{ among_changed('report', 'one.report_key') }} and not (one.is_dated and other.is_dated)
),

evidence as (
    select
        pairs.later_key,
        pairs.earlier_key,
        later.article_id as later_article_id,
        earlier.article_id as earlier_article_id,
        {{ reports_contradict('later', 'earlier') }} as is_contradicted,
        coalesce(
            later.first_day <= earlier.last_day and earlier.first_day <= later.last_day, false
        ) as is_same_day,
        later.first_day is not null and earlier.first_day is not null as is_dated,
        coalesce(later.part_of_day = earlier.part_of_day, false) as is_same_part,
        coalesce(later.lead_key = earlier.lead_key, false) as is_same_lead,
        later.meeting_kind = earlier.meeting_kind as is_same_kind,
        list_has_any(later.families, earlier.families) as is_kindred,
        later.is_one_of_many and earlier.is_one_of_many as is_one_of_many,
        coalesce(later.host_key = earlier.host_key, false) as is_same_host,
        coalesce(later.edition = earlier.edition, false) as is_same_edition,
        -- Boards have sittings of one number on one day; councils and congresses do not.
        coalesce(later.series in ('kỳ họp', 'đại hội'), false) as is_rare_series,
        coalesce(later.topic_key = earlier.topic_key, false) as is_same_topic,
        later.topic_length >= 6 as is_long_topic,
        coalesce(later.told_key = earlier.told_key, false) as is_same_sentence,
        length(later.told_key) >= 60 as is_long_sentence,
        list_has_any(later.organs, earlier.organs) as is_same_organ,
        -- What a province has one of: its council's session of one number comes once in a term.
        list_has_any(
            [organ for organ in later.organs if ends_with(organ, ' tỉnh')], earlier.organs
        ) as is_same_provincial_organ,
        later.date_latest < date '9999-12-31' and earlier.date_latest < date '9999-12-31' as is_bounded,
        len(list_intersect(later.people, earlier.people)) as common_people,
        len(list_intersect(later.words, earlier.words)) as common_words,
        len(list_intersect(later.words, earlier.words))
        / nullif(least(len(later.words), len(earlier.words)), 0) as word_share,
        len(list_intersect(later.own_names, earlier.own_names)) as common_names,
        len(later.words) + len(later.names) = 0
        or len(earlier.words) + len(earlier.names) = 0 as is_subject_untold
    from pairs
    inner join reports as later on pairs.later_key = later.report_key
    inner join reports as earlier on pairs.earlier_key = earlier.report_key
),

joined as (
    select
        *,
        case
            when is_contradicted then null
            when is_same_sentence and (is_long_sentence or is_same_day) then 'same_sentence'
            when
                is_same_edition and is_kindred
                and (
                    (
                        (is_same_lead or common_people >= 1)
                        and (is_rare_series or common_words >= 1 or word_share is null)
                    )
                    or (is_bounded and is_same_provincial_organ)
                    or (is_dated and (is_same_organ or common_words >= 2))
                )
                then 'edition'
            when not is_kindred then null
            when
                is_same_day and is_same_lead
                and (
                    is_same_topic
                    or is_same_organ
                    or common_names >= 1
                    or (common_words >= 2 and word_share >= 0.25 and not is_one_of_many)
                    or (common_words >= 3 and word_share >= 0.4)
                )
                then 'lead_and_subject'
            when
                is_same_day and not is_same_lead and common_people >= 1
                and (
                    is_same_organ
                    or (common_words >= 2 and word_share >= 0.3)
                    or (common_words >= 1 and common_names >= 1)
                )
                then 'subject_and_people'
            when is_same_day and is_same_lead and common_people >= 3 and not is_one_of_many
                then 'lead_and_people'
            when
                is_same_day
                and (
                    is_same_topic
                    or (common_words >= 3 and word_share >= 0.6 and (common_names >= 1 or not is_one_of_many))
                    or (common_words >= 2 and word_share >= 0.5 and (common_names >= 1 or is_same_host))
                )
                then 'subject'
            when
                not is_dated
                and (
                    (is_same_topic and is_long_topic)
                    or (common_words >= 3 and word_share >= 0.5 and is_same_lead)
                    or (common_words >= 4 and word_share >= 0.6)
                )
                then 'topic_within_bounds'
            when is_same_day and is_same_lead and is_subject_untold and not is_one_of_many
                then 'lead_and_day'
        end as joined_by
    from evidence
),

int_meetings_weighed as (
    select
        *,
        case joined_by
            when 'same_sentence' then 1
            when 'edition' then 2
            when 'lead_and_subject' then 3
            when 'subject_and_people' then 4
            when 'lead_and_people' then 5
            when 'subject' then 6
            when 'topic_within_bounds' then 7
            else 8
        end as evidence_rank,
        3 * common_names + 2 * common_people + common_words
        + case when is_same_part then 2 else 0 end
        + case when is_same_kind then 1 else 0 end as evidence_score,
        {{ this_build() }} as build_no
    from joined
    where joined_by is not null
)

select * from int_meetings_weighed
