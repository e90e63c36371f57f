-- One row per driving spell and corridor that it drove on.
create table spell_corridors (
    spell_id integer not null,
    ref varchar not null,
    direction varchar not null
);
comment on table spell_corridors is '连续驾驶途经通道 | | One row per driving spell and corridor that it drove on';
comment on column spell_corridors.spell_id is '连续驾驶 | | The spell';
comment on column spell_corridors.ref is '路线编号 | | Road number of the corridor';
comment on column spell_corridors.direction is '方向 | | up or down';
