-- A view, so that a publish, which copies it as a table, shows the verdicts of its own run: the second gate
-- judges after this was built.
{{ config(materialized='view') }}

with

gate_results as (
    select * from {{ ref('stg_ops__gate_results') }}
),

fct_gate_results as (
    select
        run_id,
        gate,
        check_name,
        severity,
        has_passed,
        failing_rows,
        explanation,
        judged_at
    from gate_results
)

select * from fct_gate_results
order by judged_at, run_id, gate, check_name
