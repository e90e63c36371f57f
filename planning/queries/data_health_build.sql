-- One row: the place and the build, without its outline.
select
    place_name,
    place_name_en,
    is_made_up,
    product_version,
    started_at,
    took_s,
    cell_size_m
from build
