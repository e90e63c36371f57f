-- Repair shops as clusters are made of them, in the order of their numbers.
select
    shop_id,
    class,
    is_filed,
    on_roadside,
    on_green_land,
    surveyed_on,
    lon,
    lat
from repair_shops
order by shop_id
