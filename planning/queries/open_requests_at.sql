-- One row per open request whose position is known.
select
    lon,
    lat
from requests
where closed_at is null and lon is not null
order by request_id
