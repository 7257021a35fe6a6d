{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'night_after', 'columns': ['cast(night_on as varchar)']}},
    )
}}

with

nights as (
    select * from {{ ref('int_portal_nights') }}
    where {{ among_changed('night_after', 'cast(night_on as varchar)') }}
),

usual as (
    select * from {{ ref('int_portal_nights_usual') }}
    where {{ among_changed('night_after', 'cast(night_on as varchar)') }}
),

fct_portal_nights as (
    select
        nights.source_id,
        nights.night_on,
        cast(nights.batch_count as integer) as batch_count,
        cast(nights.request_count as integer) as request_count,
        cast(nights.unread_request_count as integer) as unread_request_count,
        cast(nights.discovered_count as integer) as discovered_count,
        cast(nights.loaded_count as integer) as loaded_count,
        cast(nights.unchanged_count as integer) as unchanged_count,
        cast(nights.blocked_count as integer) as blocked_count,
        cast(nights.not_allowed_count as integer) as not_allowed_count,
        cast(nights.empty_count as integer) as empty_count,
        cast(nights.quarantined_count as integer) as quarantined_count,
        cast(nights.failed_count as integer) as failed_count,
        cast(nights.new_article_count as integer) as new_article_count,
        nights.median_body_length,
        nights.titled_share,
        nights.bylined_share,
        nights.dated_share,
        nights.recent_share,
        nights.marked_letter_share,
        nights.claims_per_article,
        nights.mapped_claim_share,
        nights.led_meeting_share,
        cast(usual.nights_before as integer) as nights_before,
        cast(usual.nights_with_articles_before as integer) as nights_with_articles_before,
        usual.usual_discovered_count,
        usual.usual_new_article_count,
        usual.usual_body_length,
        usual.usual_titled_share,
        usual.usual_bylined_share,
        usual.usual_dated_share,
        usual.usual_recent_share,
        usual.usual_marked_letter_share,
        usual.usual_claims_per_article,
        usual.usual_mapped_claim_share,
        usual.usual_led_meeting_share
    from nights
    inner join usual on nights.source_id = usual.source_id and nights.night_on = usual.night_on
)

select * from fct_portal_nights
order by night_on, source_id
