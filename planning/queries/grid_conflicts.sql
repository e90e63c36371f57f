-- One row per driver or plate whom two survey channels tell differently, with the rows of its tellings.
with places as (
    select
        origin_id,
        concat_ws(' · ', file, sheet) as file
    from origins
),
conflicts as (
    select
        *,
        row_number() over (order by told_in, kind) as conflict
    from survey_conflicts
),
tellings as (
    select
        conflict,
        unnest(told_in) as place
    from conflicts
),
read_from as (
    select
        tellings.conflict,
        list({'file': places.file, 'row_number': tellings.place.row_number} order by tellings.place) as tellings
    from tellings
    join places on places.origin_id = tellings.place.origin_id
    group by tellings.conflict
)
select
    conflicts.kind,
    conflicts.grid_id,
    grids.name as grid_name,
    conflicts.columns,
    conflicts.channels,
    conflicts.surveyed_on,
    read_from.tellings
from conflicts
join read_from using (conflict)
left join grids on grids.grid_id = conflicts.grid_id
order by conflicts.conflict
