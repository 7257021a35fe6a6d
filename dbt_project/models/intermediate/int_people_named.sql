-- Each naming of a person in a report, with the key of the person.
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

lasting as (
    select * from {{ ref('int_provinces_lasting') }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
),

participants as (
    select
        article_id,
        meeting_ordinal,
        published_on,
        generate_subscripts(participants, 1) as participant_ordinal,
        unnest(participants) as participant
    from reports
),

named as (
    select
        clusters.meeting_id,
        clusters.report_rank,
        participants.article_id,
        participants.participant_ordinal,
        participants.participant.person_name,
        participants.participant.person_title,
        participants.participant.organization,
        participants.participant.role,
        participants.participant.posts,
        participants.participant.quote_start,
        participants.participant.quote_end,
        fold_text(participants.participant.person_name) as name_key,
        lasting.lasting_province_id as home_id,
        meetings.lasting_province_id as meeting_province_id,
        coalesce(meetings.meeting_date, participants.published_on) as seen_on
    from participants
    inner join clusters
        on
            participants.article_id = clusters.article_id
            and participants.meeting_ordinal = clusters.meeting_ordinal
    inner join meetings on clusters.meeting_id = meetings.meeting_id
    left join lasting on participants.participant.home = lasting.province_name
),

-- One name at one meeting is one person, whichever report tells the person's office.
homes as (
    select
        meeting_id,
        name_key,
        arg_min(home_id, report_rank) as home_id
    from named
    where home_id is not null
    group by meeting_id, name_key
),

int_people_named as (
    select
        named.* exclude (home_id, meeting_province_id, quote_start, quote_end),
        named.quote_start,
        coalesce(homes.home_id, named.meeting_province_id) as lasting_province_id,
        {{ hash_of(['named.name_key', 'coalesce(homes.home_id, named.meeting_province_id)']) }}
            as person_id,
        substring(articles.body, named.quote_start + 1, named.quote_end - named.quote_start) as quote
    from named
    inner join articles on named.article_id = articles.article_id
    left join homes on named.meeting_id = homes.meeting_id and named.name_key = homes.name_key
)

select * from int_people_named
