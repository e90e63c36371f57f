-- One row: whether the snapshot knows any road.
select count(*) > 0 as is_known from routes
