{#
  A night brings few articles to many. A model that is `incremental` here builds the rows of what changed,
  by the same SQL that builds all of them: its inputs are narrowed, the rows of the changed keys are taken
  out, and the new ones put in. With the variable `all_rows`, which is the default, it is built anew.

  int_changed_keys begins with the articles that changed; a model whose rows decide about other rows tells
  their keys before and after its own change. Every row bears the number of the build that wrote it, so what
  is of this build is found without a join.
#}

{% macro builds_changes() -%}
    {{ return(is_incremental() and not var('all_rows')) }}
{%- endmacro %}

{# Narrows an input to the rows that this build wrote. #}
{% macro is_changed(alias=none) -%}
    {%- if builds_changes() -%}
        {{ alias ~ '.' if alias }}build_no = {{ var('build_no') }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Narrows an input to the changed keys of a kind, rows of earlier builds among them. #}
{% macro among_changed(kind, column) -%}
    {%- set changed = ref('int_changed_keys') -%}
    {%- if builds_changes() -%}
        {{ column }} in (select changed_key from {{ changed }} where key_kind = '{{ kind }}')
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# As a pre_hook: takes the rows of the changed keys out, and tells first whom they concerned. #}
{% macro forget_changed(relation, kind, column, tells={}) -%}
    {%- set changed = ref('int_changed_keys') -%}
    {%- if builds_changes() -%}
        {%- set is_of_changed -%}
            {{ column }} in (select changed_key from {{ changed }} where key_kind = '{{ kind }}')
        {%- endset -%}
        {{ _tell(changed, relation, is_of_changed, tells) }}
        delete from {{ relation }} where {{ is_of_changed }};
    {%- endif -%}
{%- endmacro %}

{# As a post_hook: tells whom the rows that were put in concern. #}
{% macro tell_changed(relation, tells) -%}
    {%- set changed = ref('int_changed_keys') -%}
    {%- if builds_changes() -%}
        {{ _tell(changed, relation, 'build_no = ' ~ var('build_no'), tells) }}
    {%- endif -%}
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

{#
  As a post_hook of int_consistency_figures: tells the articles whose growth may be measured against a level
  that changed, or whose attainment against a plan that changed.
#}
{% macro tell_compared(figures) -%}
    {%- set changed = ref('int_changed_keys') -%}
    {%- if builds_changes() -%}
        insert into {{ changed }}
        select
            kinds.key_kind,
            articles.article_id as changed_key
        from (values ('growth_article'), ('plan_article')) as kinds (key_kind)
        cross join (select changed_key as article_id from {{ changed }} where key_kind = 'article') as articles;
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
