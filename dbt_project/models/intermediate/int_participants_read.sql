{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- Each naming of a person as its report gives it, with the words that name the person.
with

reports as (
    select * from {{ ref('int_meetings_reported') }}
    where {{ is_changed() }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
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

int_participants_read as (
    select
        participants.*,
        substring(
            articles.body,
            participants.participant.quote_start + 1,
            participants.participant.quote_end - participants.participant.quote_start
        ) as quote,
        {{ this_build() }} as build_no
    from participants
    inner join articles on participants.article_id = articles.article_id
)

select * from int_participants_read
