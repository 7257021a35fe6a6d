-- Which reports tell of one meeting: each points to the earlier report that it has the strongest evidence
-- with, and the first of such a chain is the anchor. Where two reports of one tree contradict each other,
-- the later one's links into that tree are cut and the trees walked again, the earliest such report of a
-- tree first, so that what arrives later changes nothing above it.
{%- set rounds = 4 %}
with recursive

reports as (
    select * from {{ ref('int_meetings_likened') }}
),

links_0 as (
    select
        later_no,
        earlier_no,
        joined_by,
        evidence_rank,
        evidence_score
    from {{ ref('int_meetings_compared') }}
),

{% for round in range(rounds + 1) %}
    chosen_{{ round }} as (
        select * from links_{{ round }}
        qualify
            row_number() over (
                partition by later_no order by evidence_rank asc, evidence_score desc, earlier_no asc
            ) = 1
    ),

    walked_{{ round }} as (
        select
            reports.report_no,
            reports.report_no as root_no
        from reports
        left join chosen_{{ round }} as chosen on reports.report_no = chosen.later_no
        where chosen.later_no is null
        union all
        select
            chosen.later_no as report_no,
            walked.root_no
        from chosen_{{ round }} as chosen
        inner join walked_{{ round }} as walked on chosen.earlier_no = walked.report_no
    ),

    {% if round < rounds %}
        torn_{{ round }} as (
            select
                walked.root_no,
                -- Of two meetings of one article, the one with less evidence goes.
                case
                    when
                        later.article_id = earlier.article_id
                        and (later_link.evidence_rank, earlier_link.evidence_score)
                        < (earlier_link.evidence_rank, later_link.evidence_score)
                        then earlier.report_no
                    else later.report_no
                end as report_no
            from walked_{{ round }} as walked
            inner join walked_{{ round }} as beside
                on walked.root_no = beside.root_no and walked.report_no > beside.report_no
            inner join reports as later on walked.report_no = later.report_no
            inner join reports as earlier on beside.report_no = earlier.report_no
            inner join chosen_{{ round }} as later_link on later.report_no = later_link.later_no
            left join chosen_{{ round }} as earlier_link on earlier.report_no = earlier_link.later_no
            where {{ reports_contradict('later', 'earlier') }}
        ),

        -- In the last round every torn report goes, so that no contradiction is left.
        first_torn_{{ round }} as (
            select * from torn_{{ round }}
            {%- if round < rounds - 1 %}
                qualify report_no = min(report_no) over (partition by root_no)
            {%- endif %}
        ),

        cut_{{ round }} as (
            select distinct
                links.later_no,
                links.earlier_no
            from links_{{ round }} as links
            inner join walked_{{ round }} as walked on links.earlier_no = walked.report_no
            inner join first_torn_{{ round }} as torn
                on
                    links.later_no = torn.report_no
                    {%- if round < rounds - 1 %}
                        and walked.root_no = torn.root_no
                    {%- endif %}
        ),

        links_{{ round + 1 }} as (
            select links.*
            from links_{{ round }} as links
            left join cut_{{ round }} as cut
                on links.later_no = cut.later_no and links.earlier_no = cut.earlier_no
            where cut.later_no is null
        ),
    {% endif %}
{% endfor %}

-- The key comes from where the meeting was first read, so that a corrected date does not change it.
int_meetings_clustered as (
    select
        {{ hash_of(['anchor.article_id', 'anchor.meeting_ordinal']) }} as meeting_id,
        reports.article_id,
        reports.meeting_ordinal,
        row_number() over (partition by walked.root_no order by walked.report_no) as report_rank,
        anchor.article_id as anchor_article_id,
        anchor.meeting_ordinal as anchor_ordinal,
        chosen.joined_by,
        joined_to.article_id as joined_to_article_id
    from walked_{{ rounds }} as walked
    inner join reports on walked.report_no = reports.report_no
    inner join reports as anchor on walked.root_no = anchor.report_no
    left join chosen_{{ rounds }} as chosen on walked.report_no = chosen.later_no
    left join reports as joined_to on chosen.earlier_no = joined_to.report_no
)

select * from int_meetings_clustered
