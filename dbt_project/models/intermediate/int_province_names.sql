with

provinces as (
    select * from {{ ref('provinces') }}
),

-- An alias is as good as the name; within a vintage each belongs to one province.
names as (
    select
        province_id,
        province_code,
        valid_from,
        valid_to,
        successor_id,
        name_vi as province_name
    from provinces
    union
    select
        province_id,
        province_code,
        valid_from,
        valid_to,
        successor_id,
        unnest(string_split(aliases, ';')) as province_name
    from provinces
    where aliases is not null
),

-- The vintages of one name cover all time without a gap: the first also holds before it began, the
-- last also after it ended, so that a name used by one vintage alone always means that one.
int_province_names as (
    select
        province_name,
        province_id,
        province_code,
        valid_to,
        successor_id,
        case
            when lag(province_id) over by_vintage is null then date '0001-01-01' else valid_from
        end as named_from,
        coalesce(lead(valid_from) over by_vintage - 1, date '9999-12-31') as named_to
    from names
    window by_vintage as (partition by province_name order by valid_from, province_id)
)

select * from int_province_names
