-- A view, so that a publish, which copies it as a table, shows the stages of its own run that came after the
-- build.
{{ config(materialized='view') }}

with

stage_runs as (
    select * from {{ ref('stg_ops__stage_runs') }}
),

fct_pipeline_runs as (
    select
        stage_run_id,
        stage,
        stage_outcome,
        stopped_by,
        run_id,
        dag_id,
        dag_run_id,
        try_number,
        batch_ids,
        started_at,
        finished_at,
        seconds,
        items_in,
        items_out
    from stage_runs
)

select * from fct_pipeline_runs
order by started_at, stage_run_id
