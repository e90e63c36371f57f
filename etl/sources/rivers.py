"""Rivers 河流: the courses of rivers, streams and canals, drawn beneath the roads."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="rivers",
    key="river_id",
    shape=Shape.LINE,
    headings={
        "river_id": ("编号", "编码", "代码", "河流编号", "河流编码", "河流代码", "id", "osmid", "osm_id", "fid"),
        "name": ("名称", "河名", "河流", "河流名称", "河道名称", "水系名称", "水系"),
        "kind": ("类型", "类别", "河流类型", "河道类型", "水系类型", "waterway", "fclass", "type"),
        "width_m": ("宽度", "河宽", "河道宽度", "水面宽", "水面宽度", "平均宽度", "width"),
    },
)
