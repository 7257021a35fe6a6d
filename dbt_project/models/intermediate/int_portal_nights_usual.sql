{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'night_after', 'columns': ['cast(night_on as varchar)']}},
    )
}}

-- What is usual at a portal: the medians of its nights of the 28 days before, the night itself left out.
-- A share of no articles is null and no night's share, so it moves no median.
with

nights as (
    select * from {{ ref('int_portal_nights') }}
),

int_portal_nights_usual as (
    select
        nights.source_id,
        nights.night_on,
        count(earlier.night_on) as nights_before,
        count(earlier.night_on) filter (where earlier.new_article_count > 0) as nights_with_articles_before,
        median(earlier.discovered_count) as usual_discovered_count,
        median(earlier.new_article_count) as usual_new_article_count,
        median(earlier.median_body_length) as usual_body_length,
        median(earlier.titled_share) as usual_titled_share,
        median(earlier.bylined_share) as usual_bylined_share,
        median(earlier.dated_share) as usual_dated_share,
        median(earlier.recent_share) as usual_recent_share,
        median(earlier.marked_letter_share) as usual_marked_letter_share,
        median(earlier.claims_per_article) as usual_claims_per_article,
        median(earlier.mapped_claim_share) as usual_mapped_claim_share,
        median(earlier.led_meeting_share) as usual_led_meeting_share
    from nights
    left join nights as earlier
        on
            nights.source_id = earlier.source_id
            and nights.night_on > earlier.night_on
            and nights.night_on <= earlier.night_on + {{ var('nights_compared') }}
    where {{ among_changed('night_after', 'cast(nights.night_on as varchar)') }}
    group by nights.source_id, nights.night_on
)

select * from int_portal_nights_usual
