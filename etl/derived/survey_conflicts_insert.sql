-- What two survey channels tell differently of one driver or of one plate. A duplicate that was refused is a telling too.
-- Of many rows of one driver two differ in channel and in content exactly where the rows that know a column have more
-- than one channel and more than one content. Two drivers may share a truck, so of a plate only names and enterprises
-- are compared, and only where the names differ.
insert into survey_conflicts by name
with driver_origins as (
    select origin_id
    from origins
    inner join sources using (source_id)
    where sources.noun = 'drivers'
),

duplicates as (
    select *
    from rejects
    semi join driver_origins using (origin_id)
    where list_contains(list_transform(reasons, lambda reason: reason.rule), 'duplicate')
),

tellings as (
    select
        {'origin_id': origin_id, 'row_number': row_number} as place,
        driver_id,
        name,
        phone,
        plate,
        home_grid,
        is_party_member,
        enterprise,
        licence_class,
        survey_channel,
        surveyed_on
    from drivers
    union all
    select
        {'origin_id': origin_id, 'row_number': row_number} as place,
        original ->> 'driver_id' as driver_id,
        original ->> 'name' as name,
        original ->> 'phone' as phone,
        original ->> 'plate' as plate,
        as_id(original ->> 'home_grid') as home_grid,
        as_flag(original ->> 'is_party_member') as is_party_member,
        original ->> 'enterprise' as enterprise,
        upper(as_id(original ->> 'licence_class')) as licence_class,
        as_code('survey_channel', original ->> 'survey_channel') as survey_channel,
        as_date(original ->> 'surveyed_on') as surveyed_on
    from duplicates
),

named as (
    select 'driver' as kind, 'number ' || driver_id as whom, * from tellings where driver_id is not null
    union all
    select 'driver' as kind, 'phone ' || name || phone as whom, * from tellings where name is not null and phone is not null
    union all
    select 'driver' as kind, 'plate ' || name || plate as whom, * from tellings where name is not null and plate is not null
    union all
    select 'plate' as kind, plate as whom, * from tellings where plate is not null
),

gathered as (
    select
        kind,
        whom,
        list_sort(list_distinct(list(place))) as told_in,
        list_sort(list_distinct(list(survey_channel))) as channels,
        arg_min(home_grid, place) filter (home_grid is not null) as grid_id,
        max(surveyed_on) as surveyed_on
    from named
    group by kind, whom
    having count(distinct survey_channel) > 1
),

contents as (
    unpivot (
        select
            kind,
            whom,
            survey_channel,
            name,
            enterprise,
            case when kind = 'driver' then phone end as phone,
            case when kind = 'driver' then plate end as plate,
            case when kind = 'driver' then home_grid end as home_grid,
            case when kind = 'driver' then is_party_member::varchar end as is_party_member,
            case when kind = 'driver' then licence_class end as licence_class
        from named
        semi join gathered using (kind, whom)
        where survey_channel is not null
    )
    on name, phone, plate, home_grid, is_party_member, enterprise, licence_class
    into name "column" value content
),

differing as (
    select kind, whom, "column"
    from contents
    group by kind, whom, "column"
    having count(distinct survey_channel) > 1 and count(distinct content) > 1
),

compared as (
    select kind, whom, list("column" order by "column") as columns
    from differing
    group by kind, whom
    having kind = 'driver' or bool_or("column" = 'name')
),

found as (
    select *
    from gathered
    inner join compared using (kind, whom)
),

by_place as (
    select kind, whom, told_in, unnest(told_in) as place
    from found
),

-- The same rows may be found by number, by phone and by plate: they are one conflict, of the driver before the plate.
told_already as (
    select distinct one.kind, one.whom
    from by_place as one
    inner join by_place as other using (place)
    where list_has_all(other.told_in, one.told_in)
        and (len(other.told_in), one.kind, one.whom) > (len(one.told_in), other.kind, other.whom)
)

select kind, grid_id, columns, channels, surveyed_on, told_in
from found
anti join told_already using (kind, whom)
order by told_in, kind;
