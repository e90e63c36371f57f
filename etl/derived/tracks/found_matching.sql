-- One row: of the trucks at hand, their driving pings, those on a road, their ways between edges and those found.
select
    (select coalesce(sum(pings), 0) from stretches where state = 'driving') as driving_pings,
    (select count(*) from matched) as placed_pings,
    (select count(*) from hops where from_edge <> to_edge) as hops,
    (
        select count(*)
        from hops
        inner join (select distinct from_edge, to_edge from hop_paths where is_joined) as ways
            on hops.from_edge = ways.from_edge and hops.to_edge = ways.to_edge
        where hops.from_edge <> hops.to_edge
    ) as joined_hops
