with recursive

topics as (
    select * from {{ ref('topics') }}
),

-- From the roots down: a topic that no root leads to is missing here, and a test of the seed says so.
branches as (
    select
        topic,
        topic as root_topic,
        topic as topic_path,
        1 as topic_depth
    from topics
    where parent_topic is null
    union all
    select
        topics.topic,
        branches.root_topic,
        branches.topic_path || ' > ' || topics.topic as topic_path,
        branches.topic_depth + 1 as topic_depth
    from topics
    inner join branches on topics.parent_topic = branches.topic
),

dim_topics as (
    select
        topics.topic,
        topics.name_vi,
        topics.name_en,
        topics.parent_topic,
        branches.root_topic,
        branches.topic_path,
        cast(branches.topic_depth as integer) as topic_depth,
        topics.sort_order
    from topics
    inner join branches on topics.topic = branches.topic
)

select * from dim_topics
order by sort_order, topic
