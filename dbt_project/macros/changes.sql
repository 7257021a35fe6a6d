{#
  A night brings few articles to many. A model that is `incremental` here builds the rows of what changed,
  by the same SQL that builds all of them: its inputs are narrowed, the rows of the changed keys are taken
  out, and the new ones put in. With SOTINH_ALL_ROWS true in the environment, or not set, it is built anew.

  int_changed_keys begins with the articles that changed; a model whose rows decide about other rows tells
  their keys before and after its own change. Every row bears the number of the build that wrote it, so what
  is of this build is found without a join.
#}

{#
  Whether every model is built anew, as the environment says. Asked when the build runs: dbt would read the
  whole project again for each change of a variable. While dbt reads it the answer is no, and so the references
  of both ways are known.
#}
{% macro builds_all_rows() -%}
    {{ return(execute and env_var('SOTINH_ALL_ROWS', 'true') == 'true') }}
{%- endmacro %}

{% macro builds_changes() -%}
    {{ return(not builds_all_rows() and is_incremental()) }}
{%- endmacro %}

{#
  Overrides dbt's own macro of this name, which asks the model's config. What outlives builds is made anew by
  `--full-refresh` alone: a reading holds as long as its text and the rules.
#}
{% macro should_full_refresh() -%}
    {%- set outlives_builds = config.get('meta', {}).get('outlives_builds') -%}
    {{ return(flags.FULL_REFRESH or (builds_all_rows() and not outlives_builds)) }}
{%- endmacro %}

{#
  The number of the build that runs, 0 where none was recorded (include/warehouse/ledger.py).
#}
{% macro build_no() -%}
    {%- if execute -%}
        {{ return(run_query('select coalesce(max(build_no), 0) from ops.builds').columns[0].values()[0]) }}
    {%- endif -%}
    {{ return(0) }}
{%- endmacro %}

{# The same for a column of rows; to ask beforehand takes each model a while. #}
{% macro this_build() -%}
    (select coalesce(max(builds.build_no), 0) from ops.builds)
{%- endmacro %}

{# Narrows an input to the rows that this build wrote. #}
{% macro is_changed(alias=none) -%}
    {%- if builds_changes() -%}
        {{ alias ~ '.' if alias }}build_no = {{ build_no() }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Narrows an input to the changed keys of a kind, rows of earlier builds among them. #}
{% macro among_changed(kind, column) -%}
    {%- if not builds_all_rows() -%}
        {%- set changed = ref('int_changed_keys') -%}
    {%- endif -%}
    {%- if builds_changes() -%}
        {{ column }} in (select changed_key from {{ changed }} where key_kind = '{{ kind }}')
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#
  The rows of a table, those of changed keys alone where changes are built. By their row ids: columns that tell
  no key are read only where such rows stand, and those of a night stand together. Of the readings of a million
  articles that takes 0.1 s in place of 4.
#}
{% macro rows_among_changed(table, kind, column) -%}
    {%- set is_of_changed = among_changed(kind, column) -%}
    {%- if builds_changes() -%}
        (select * from {{ table }} where {{ by_row_id(table, is_of_changed) }})
    {%- else -%}
        {{ table }}
    {%- endif -%}
{%- endmacro %}

{# A condition on a table (a view has no row ids), asked of the columns it names before others are read. #}
{% macro by_row_id(table, condition) -%}
    rowid in (select rowid from {{ table }} where {{ condition }})
{%- endmacro %}

{# By its name: every model has the hooks, and a reference in those that it is made of leads in a circle. #}
{% macro changed_keys() -%}
    {{ return(api.Relation.create(
        database=target.database, schema='intermediate', identifier='int_changed_keys'
    )) }}
{%- endmacro %}

{#
  As a pre_hook of every model: takes the rows of the changed keys out, and tells first whom they concerned.
  A model says in `meta` what its rows change by: {'changes': {'kind', 'columns', 'tells': {kind: key}}}; with
  'tells_of': 'differences' it tells only whom rows concern that are other than before. That is for one whose
  keys lead from few new articles to many old ones, and whose readers ask `among_changed`, not `is_changed`.
#}
{% macro forget_changed(relation) -%}
    {%- set changes = model.config.meta.changes if builds_changes() -%}
    {%- if changes -%}
        {%- set changed = changed_keys() -%}
        {%- set is_of_changed = is_of(changed, changes) -%}
        {%- if changes.tells_of == 'differences' %}
            create or replace temp table {{ _rows_before(relation) }} as
            select * exclude (build_no) from {{ relation }}
            where {{ by_row_id(relation, is_of_changed) }};
        {%- else -%}
            {{ _tell(changed, relation, is_of_changed, changes.tells or {}) }}
        {%- endif %}
        delete from {{ relation }} where {{ is_of_changed }};
    {%- endif -%}
{%- endmacro %}

{# As a post_hook of every model: tells whom the rows that were put in concern. #}
{% macro tell_changed(relation) -%}
    {%- set changes = model.config.meta.changes if builds_changes() -%}
    {%- if changes -%}
        {%- set changed = changed_keys() -%}
        {%- set is_put_in = 'build_no = ' ~ build_no() -%}
        {%- if changes.tells_of == 'differences' %}
            {%- set before = _rows_before(relation) -%}
            {%- set now = '(select * exclude (build_no) from ' ~ relation ~ ' where ' ~ is_put_in ~ ')' -%}
            {%- set gone = 'from ' ~ before ~ ' except all from ' ~ now -%}
            {%- set new = 'from ' ~ now ~ ' except all from ' ~ before -%}
            {{ _tell(changed, '((' ~ gone ~ ') union all (' ~ new ~ '))', 'true', changes.tells) }}
            drop table {{ before }};
        {%- else -%}
            {{ _tell(changed, relation, is_put_in, changes.tells or {}) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Where the rows of the changed keys wait for those that take their place; of this connection alone. #}
{% macro _rows_before(relation) -%}
    {{ return(relation.identifier ~ '__before') }}
{%- endmacro %}

{% macro is_of(changed, changes) -%}
    {%- for column in changes.columns %}
        {{ "or " if not loop.first }}{{ column }} in (
            select changed_key from {{ changed }} where key_kind = '{{ changes.kind }}'
        )
    {%- endfor %}
{%- endmacro %}

{% macro _tell(changed, relation, condition, tells) -%}
    {%- for kind, expression in tells.items() %}
        insert into {{ changed }}
        select distinct
            '{{ kind }}' as key_kind,
            {{ expression }} as changed_key
        from {{ relation }}
        where {{ condition }};
    {%- endfor %}
{%- endmacro %}

{# The key of Vietnam's day on which a moment lies, as int_changed_keys tells nights. #}
{% macro night_of(moment) -%}
    cast(cast(timezone('Asia/Ho_Chi_Minh', {{ moment }}) as date) as varchar)
{%- endmacro %}

{#
  As a post_hook of int_consistency_figures: tells the articles whose growth may be measured against a level
  that changed, or whose attainment against a plan that changed.
#}
{% macro tell_compared(figures) -%}
    {%- set changed = changed_keys() -%}
    {%- if builds_changes() -%}
        insert into {{ changed }}
        select
            kinds.key_kind,
            articles.article_id as changed_key
        from (values ('growth_article'), ('plan_article')) as kinds (key_kind)
        cross join (
            select changed_key as article_id from {{ changed }}
            where key_kind = 'article'
        ) as articles;
        insert into {{ changed }}
        select distinct
            'growth_article' as key_kind,
            article_id as changed_key
        from {{ figures }}
        where compared_key in (select changed_key from {{ changed }} where key_kind = 'thing_time');
        insert into {{ changed }}
        select distinct
            'plan_article' as key_kind,
            article_id as changed_key
        from {{ figures }}
        where
            measure = 'plan_pct'
            and year_key in (select changed_key from {{ changed }} where key_kind = 'thing_year');
    {%- endif -%}
{%- endmacro %}

{# The two reports of a pair, each pair once: `one` has changed, the other may have. #}
{% macro is_pair(one, other) -%}
    {{ one }}.report_key {{ '<>' if builds_changes() else '>' }} {{ other }}.report_key
{%- endmacro %}

{#
  As a post_hook of int_meetings_likened: tells the reports that come first with a wording of a changed
  report, for which of them are compared by it depends on how many came before (int_meetings_weighed).
#}
{% macro tell_worded_alike(reports) -%}
    {%- set changed = changed_keys() -%}
    {%- if builds_changes() -%}
        insert into {{ changed }}
        select distinct
            'report' as key_kind,
            report_key as changed_key
        from (
            select
                report_key,
                wording,
                row_number() over (partition by wording order by report_key) as place
            from (select report_key, build_no, unnest(wordings) as wording from {{ reports }})
            where
                build_no <> {{ build_no() }}
                and wording in (select changed_key from {{ changed }} where key_kind = 'wording')
        )
        where place <= 20;
    {%- endif -%}
{%- endmacro %}

{#
  As a post_hook of int_meetings_compared: tells all reports that links lead to, over any number of others,
  from one that changed or whose links did; and of articles, those whose days may have changed.
#}
{% macro tell_clusters(links) -%}
    {%- set changed = changed_keys() -%}
    {%- if builds_changes() -%}
        insert into {{ changed }}
        with recursive reached as (
            select distinct changed_key as report_key from {{ changed }}
            where key_kind in ('report', 'linked_report')
            union
            select
                case when links.later_key = reached.report_key then links.earlier_key else links.later_key end
            from reached
            inner join {{ links }} as links on reached.report_key in (links.later_key, links.earlier_key)
        )
        select
            'clustered_report' as key_kind,
            report_key as changed_key
        from reached;
        insert into {{ changed }}
        select
            'dated_article' as key_kind,
            changed_key
        from {{ changed }}
        where key_kind = 'article';
    {%- endif -%}
{%- endmacro %}

{#
  What a test of a model looks at: dbt asks this of every test. After a build of changes the rows that it
  made, since the others were tested when they were made; a test that needs all rows says so in its config,
  `meta: {all_rows: true}`. Overrides dbt's own macro of this name, which knows `where` alone.
#}
{% macro get_where_subquery(relation) -%}
    {%- set conditions = [] -%}
    {%- if config.get('where') -%}
        {%- do conditions.append(config.get('where')) -%}
    {%- endif -%}
    {%- if execute and not builds_all_rows() and not config.get('meta', {}).get('all_rows') -%}
        {%- set node = graph.nodes.get('model.sotinh.' ~ relation.identifier) -%}
        {%- set changes = node.config.meta.changes if node -%}
        {%- if changes -%}
            {%- do conditions.append(by_row_id(relation, is_of(changed_keys(), changes))) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if conditions -%}
        (select * from {{ relation }} where ({{ conditions | join(') and (') }}))
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
