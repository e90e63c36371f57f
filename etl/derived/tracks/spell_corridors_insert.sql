-- The corridors of the spells as found.
insert into spell_corridors
select
    spells.spell_id,
    regexp_extract(corridors_of_spells.corridor, '^(.*) (up|down)$', 1) as ref,
    regexp_extract(corridors_of_spells.corridor, '^(.*) (up|down)$', 2) as direction
from corridors_of_spells
inner join spells
    on
        corridors_of_spells.vehicle = spells.vehicle
        and make_timestamp((corridors_of_spells.begin_s * 1e6)::bigint) = spells.begins_at
order by spells.spell_id, ref, direction
