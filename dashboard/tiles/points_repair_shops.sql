-- One row per repair shop: what the map styles and filters by, and what makes a heap.
select
    shop_id as id,
    name,
    class,
    is_filed,
    lon,
    lat,
    row(class, is_filed) as kinds,
    0 as rank
from repair_shops
