{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'clustered_report',
                'columns': ['report_key'],
                'tells': {'meeting': 'meeting_id', 'dated_article': 'article_id'},
            }
        },
    )
}}

-- Which reports tell of one meeting: each points to the earlier report that it has the strongest evidence
-- with, and the first of such a chain is the anchor. Where two reports of one tree contradict each other,
-- the later one's links into that tree are cut and the trees walked again, the earliest such report of a
-- tree first, so that what arrives later changes nothing above it.
{%- set rounds = 4 %}
with recursive

reports as (
    select * from {{ ref('int_meetings_likened') }}
    where {{ among_changed('clustered_report', 'report_key') }}
),

links_0 as (
    select
        later_key,
        earlier_key,
        joined_by,
        evidence_rank,
        evidence_score
    from {{ ref('int_meetings_compared') }}
    where {{ among_changed('clustered_report', 'later_key') }}
),

{% for round in range(rounds + 1) %}
    chosen_{{ round }} as (
        select * from links_{{ round }}
        qualify
            row_number() over (
                partition by later_key order by evidence_rank asc, evidence_score desc, earlier_key asc
            ) = 1
    ),

    walked_{{ round }} as (
        select
            reports.report_key,
            reports.report_key as root_key
        from reports
        left join chosen_{{ round }} as chosen on reports.report_key = chosen.later_key
        where chosen.later_key is null
        union all
        select
            chosen.later_key as report_key,
            walked.root_key
        from chosen_{{ round }} as chosen
        inner join walked_{{ round }} as walked on chosen.earlier_key = walked.report_key
    ),

    {% if round < rounds %}
        torn_{{ round }} as (
            select
                walked.root_key,
                -- Of two meetings of one article, the one with less evidence goes.
                case
                    when
                        later.article_id = earlier.article_id
                        and (later_link.evidence_rank, earlier_link.evidence_score)
                        < (earlier_link.evidence_rank, later_link.evidence_score)
                        then earlier.report_key
                    else later.report_key
                end as report_key
            from walked_{{ round }} as walked
            inner join walked_{{ round }} as beside
                on walked.root_key = beside.root_key and walked.report_key > beside.report_key
            inner join reports as later on walked.report_key = later.report_key
            inner join reports as earlier on beside.report_key = earlier.report_key
            inner join chosen_{{ round }} as later_link on later.report_key = later_link.later_key
            left join chosen_{{ round }} as earlier_link on earlier.report_key = earlier_link.later_key
            where {{ reports_contradict('later', 'earlier') }}
        ),

        -- In the last round every torn report goes, so that no contradiction is left.
        first_torn_{{ round }} as (
            select * from torn_{{ round }}
            {%- if round < rounds - 1 %}
                qualify report_key = min(report_key) over (partition by root_key)
            {%- endif %}
        ),

        cut_{{ round }} as (
            select distinct
                links.later_key,
                links.earlier_key
            from links_{{ round }} as links
            inner join walked_{{ round }} as walked on links.earlier_key = walked.report_key
            inner join first_torn_{{ round }} as torn
                on
                    links.later_key = torn.report_key
                    {%- if round < rounds - 1 %}
                        and walked.root_key = torn.root_key
                    {%- endif %}
        ),

        links_{{ round + 1 }} as (
            select links.*
            from links_{{ round }} as links
            left join cut_{{ round }} as cut
                on links.later_key = cut.later_key and links.earlier_key = cut.earlier_key
            where cut.later_key is null
        ),
    {% endif %}
{% endfor %}

-- The key comes from where the meeting was first read, so that a corrected date does not change it.
int_meetings_clustered as (
    select
        {{ hash_of(['anchor.article_id', 'anchor.meeting_ordinal']) }} as meeting_id,
        reports.article_id,
        reports.meeting_ordinal,
        row_number() over (partition by walked.root_key order by walked.report_key) as report_rank,
        anchor.article_id as anchor_article_id,
        anchor.meeting_ordinal as anchor_ordinal,
        chosen.joined_by,
        joined_to.article_id as joined_to_article_id,
        reports.report_key,
        {{ this_build() }} as build_no
    from walked_{{ rounds }} as walked
    inner join reports on walked.report_key = reports.report_key
    inner join reports as anchor on walked.root_key = anchor.report_key
    left join chosen_{{ rounds }} as chosen on walked.report_key = chosen.later_key
    left join reports as joined_to on chosen.earlier_key = joined_to.report_key
)

select * from int_meetings_clustered
