"""Places 村镇: villages and towns with their people."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="places",
    key="place_id",
    shape=Shape.POINT,
    headings={
        "place_id": ("编码", "编号", "代码", "区划代码", "id", "osmid", "osm_id"),
        "name": ("名称", "地名", "村名", "村镇名称", "村庄名称", "行政村"),
        "kind": ("类型", "类别", "级别", "place", "性质", "fclass"),
        "people": ("人口", "人口数", "总人口", "常住人口", "户籍人口", "population", "pop"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "district", "区县"),
    },
)
