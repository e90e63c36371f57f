-- One row per spell that reached four hours on its way: where, by which truck, and on which corridors it drove.
select
    spells.spell_id,
    spells.vehicle,
    spells.break_lon as lon,
    spells.break_lat as lat,
    list(spell_corridors.ref || ' ' || spell_corridors.direction order by spell_corridors.ref)
    filter (where spell_corridors.ref is not null) as corridors
from spells
left join spell_corridors using (spell_id)
where spells.break_lon is not null
group by all
order by spells.spell_id
