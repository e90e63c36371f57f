-- The stations that are open, or of which nobody says that they are not.
select
    station_id as thing_id,
    lon,
    lat
from stations
where coalesce(status, 'open') = 'open'
order by station_id
