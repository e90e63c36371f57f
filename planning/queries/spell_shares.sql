-- One row per corridor, and one for the whole (ref is null): spells seen from rest to rest, and those beyond the limit.
with whole_spells as (
    select
        spell_id,
        vehicle,
        is_hazmat,
        spell_min > $limit_min as is_over
    from spells
    where is_begin_known and is_end_known
),
by_corridor as (
    select
        spell_corridors.ref,
        spell_corridors.direction,
        whole_spells.vehicle,
        whole_spells.is_hazmat,
        whole_spells.is_over
    from spell_corridors
    inner join whole_spells using (spell_id)
    union all
    select
        null as ref,
        null as direction,
        vehicle,
        is_hazmat,
        is_over
    from whole_spells
)
select
    ref,
    direction,
    count(*) as spells,
    count(*) filter (where is_over) as over,
    count(distinct vehicle) as vehicles,
    count(*) filter (where is_hazmat) as hazmat_spells,
    count(*) filter (where is_hazmat and is_over) as hazmat_over,
    count(distinct vehicle) filter (where is_hazmat) as hazmat_vehicles,
    count(distinct vehicle) filter (where is_hazmat is distinct from true) as other_vehicles
from by_corridor
group by ref, direction
order by ref nulls first, direction
