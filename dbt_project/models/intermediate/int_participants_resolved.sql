with

reports as (
    select * from {{ ref('int_meetings_reported') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
),

participants as (
    select
        article_id,
        meeting_ordinal,
        unnest(participants) as participant
    from reports
),

named as (
    select
        clusters.meeting_id,
        clusters.report_rank,
        unnest(participants.participant),  -- noqa: AL03
        participants.article_id,
        meetings.lasting_province_id,
        {{ hash_of(['fold_text(participants.participant.person_name)', 'meetings.lasting_province_id']) }}
            as person_id
    from participants
    inner join clusters
        on
            participants.article_id = clusters.article_id
            and participants.meeting_ordinal = clusters.meeting_ordinal
    inner join meetings on clusters.meeting_id = meetings.meeting_id
),

-- A person stands once at a meeting, in the weightiest role that any article gives.
ranked as (
    select
        *,
        row_number() over (
            partition by meeting_id, person_id
            order by
                case role when 'lead' then 1 when 'host' then 2 when 'speaker' then 3 else 4 end,
                case when person_title is null then 2 else 1 end,
                report_rank, quote_start, quote_end, person_title, organization
        ) as mention_rank
    from named
),

int_participants_resolved as (
    select
        ranked.meeting_id,
        ranked.person_id,
        ranked.lasting_province_id,
        ranked.person_name,
        ranked.person_title,
        ranked.organization,
        ranked.role,
        substring(articles.body, ranked.quote_start + 1, ranked.quote_end - ranked.quote_start) as quote,
        ranked.article_id
    from ranked
    inner join articles on ranked.article_id = articles.article_id
    where ranked.mention_rank = 1
)

select * from int_participants_resolved
