{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'report': 'report_key', 'wording': 'unnest(wordings)'},
            }
        },
        post_hook="{{ tell_worded_alike(this) }}",
    )
}}

-- What each report of a meeting is compared by, in the order in which the reports arrived.
with

reports as (
    select * from {{ ref('int_meetings_reported') }}
    where {{ is_changed() }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

read_out as (
    select
        reports.article_id,
        reports.meeting_ordinal,
        -- Two portals may place one meeting before and after a merger of provinces.
        coalesce(provinces.successor_id, reports.province_id) as province_id,
        reports.meeting_kind,
        reports.meeting_date as first_day,
        -- Orders as the reports arrived, and stays as others arrive: microseconds, article, place in it.
        lpad(cast(epoch_us(reports.first_fetched_at) as varchar), 20, '0')
        || '.' || reports.article_id || '.' || lpad(cast(reports.meeting_ordinal as varchar), 4, '0')
            as report_key,
        coalesce(reports.meeting_end_date, reports.meeting_date) as last_day,
        coalesce(reports.date_earliest, date '0001-01-01') as date_earliest,
        coalesce(reports.date_latest, date '9999-12-31') as date_latest,
        -- A meeting of the whole day may be reported by one of its halves.
        case
            when reports.session in ('morning', 'afternoon', 'evening') then reports.session
        end as part_of_day,
        fold_text(reports.lead_name) as lead_key,
        -- "HĐND tỉnh khóa X (nhiệm kỳ 2021 - 2026)" is "Hội đồng nhân dân tỉnh".
        trim(regexp_replace(
            replace(replace(
                fold_text(reports.host_organization), 'hội đồng nhân dân', 'hđnd'
            ), 'ủy ban nhân dân', 'ubnd'),
            '\s*(,|\(|khóa|nhiệm kỳ).*$', ''
        )) as host_key,
        -- What is only the name of a sitting is no subject: two boards may have their third on one day.
        case
            when
                not regexp_full_match(
                    fold_text(reports.topic),
                    '(phiên họp|kỳ họp|phiên|đại hội|hội nghị|cuộc họp|họp)'
                    || '( lần| thứ \S+| thường kỳ| thường lệ| chuyên đề| bất thường| trực tuyến| tháng \S+)*'
                )
                then fold_text(reports.topic)
        end as topic_key,
        fold_text(reports.quote) as told_key,
        reports.edition,
        regexp_replace(reports.edition, ' \d+$', '') as series,
        coalesce(reports.subject_words, []) as words,
        coalesce(reports.subject_names, []) as names,
        [
            fold_text(struct_extract(one, 'person_name')) for one in coalesce(reports.participants, [])
        ] as participants
    from reports
    left join provinces on reports.province_id = provinces.province_id
),

int_meetings_likened as (
    select
        * exclude (participants),
        case
            when lead_key is null then list_sort(list_distinct(participants))
            else list_sort(list_distinct(list_append(participants, lead_key)))
        end as people,
        length(topic_key) - length(replace(topic_key, ' ', '')) + 1 as topic_length,
        case meeting_kind
            when 'working_session' then ['visit']
            when 'inspection' then ['visit']
            when 'reception' then ['visit', 'ceremony']
            when 'ceremony' then ['ceremony']
            when 'conference' then ['assembly', 'ceremony']
            when 'congress' then ['assembly', 'ceremony']
            when 'meeting' then ['assembly', 'visit']
            when 'dialogue' then ['assembly', 'visit']
            else ['assembly']
        end as families,
        -- Of these one lead may have several in one morning.
        meeting_kind in ('working_session', 'inspection', 'reception', 'ceremony') as is_one_of_many,
        [name for name in names if starts_with(name, 'district:')] as districts,
        [name for name in names if starts_with(name, 'commune:')] as communes,
        [name for name in names if starts_with(name, 'province:')] as provinces,
        [name for name in names if starts_with(name, 'country:')] as countries,
        [name for name in names if starts_with(name, 'firm:')] as firms,
        [name for name in names if starts_with(name, 'office:')] as offices,
        [name for name in names if starts_with(name, 'site:')] as sites,
        case
            when meeting_kind in ('session', 'congress') or series = 'kỳ họp'
                then [name for name in names if starts_with(name, 'organ:')]
            else []
        end as organs,
        [
            name for name in names
            if not regexp_matches(name, '^(district|commune|province|organ):')
        ] as own_names,
        -- What tells a meeting without its day: a topic of six words, a sentence of sixty characters, the
        -- number of a session.
        [
            wording for wording in [
                case
                    when length(topic_key) - length(replace(topic_key, ' ', '')) >= 5
                        then province_id || ' topic ' || topic_key
                end,
                case when length(told_key) >= 60 then province_id || ' told ' || told_key end,
                case when series in ('kỳ họp', 'đại hội') then province_id || ' edition ' || edition end
            ]
            if wording is not null
        ] as wordings,
        {{ this_build() }} as build_no
    from read_out
)

select * from int_meetings_likened
