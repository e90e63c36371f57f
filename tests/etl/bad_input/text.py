"""Text that is stored, cut or headed wrongly: classes 1 to 17."""

from __future__ import annotations

import codecs

from tests.etl.bad_input.bad_file import bad_file, by_title, text

HEAD = "编号,名称,停车位,经度,纬度\n"
GOOD = "001,甲驿站,12,107.36,35.33\n"
LATER = "003,丙驿站,8,107.37,35.34\n"
MOJIBAKE = "红色驿站欢迎您".encode().decode("gbk", "replace").replace("\ufffd", "")

BAD_TEXTS = by_title(
    bad_file("01_byte_order_mark.csv", "stations", text(codecs.BOM_UTF8 + (HEAD + GOOD).encode())),
    bad_file("02_gb18030.csv", "stations", text(HEAD + GOOD + "002,㐇家𠮷驿站,3,107.35,35.32\n", "gb18030")),
    bad_file(
        "03_mixed_encodings.csv", "stations",
        text((HEAD + GOOD).encode() + "002,乙驿站,3,107.35,35.32\n".encode("gb18030") + LATER.encode()),
    ),
    bad_file("04_utf16.csv", "stations", text("\ufeff" + (HEAD + GOOD).replace(",", "\t"), "utf-16-le")),
    bad_file("04_utf16_without_mark.csv", "stations", text(HEAD + GOOD + LATER, "utf-16-be")),
    bad_file("05_nul_bytes.csv", "stations", text((HEAD + GOOD).replace("甲驿", "甲\0驿"))),
    bad_file("06_mojibake.csv", "stations", text(f"{HEAD}{GOOD}002,{MOJIBAKE},3,107.35,35.32\n")),
    bad_file(
        "07_full_width.csv", "stations",
        text(HEAD + "００１,甲驿站,１２,１０７．３６,35.33\n002,乙驿站,−3,107.35,35.32\n"),
    ),
    bad_file(
        "08_zero_width.csv", "stations",
        text(HEAD + "S\u200b01\ufeff,甲驿站,12,107.36,35.33\nS01,另一驿站,3,107.35,35.32\n"),
    ),
    bad_file(
        "09_composed_accents.csv", "stations",
        text(HEAD + "Cafe\u0301-1,Re\u0301st,12,107.36,35.33\nCaf\u00e9-1,R\u00e9st,12,107.36,35.33\n"),
    ),
    bad_file(
        "10_newline_in_field.csv", "stations",
        text('编号,名称,地址,经度,纬度\n001,甲驿站,"环城路1号\n后院",107.36,35.33\n003,丙驿站,,107.37,35.34\n'),
    ),
    bad_file("11_unbalanced_quote.csv", "stations", text(HEAD + GOOD + '002,"乙驿站,3,107.35,35.32\n' + LATER)),
    bad_file("12_wrong_delimiter.csv", "stations", text((HEAD + GOOD + LATER).replace(",", ";"))),
    bad_file("12_full_width_commas.csv", "stations", text((HEAD + GOOD + LATER).replace(",", "，"))),
    bad_file("13_missing_and_extra_fields.csv", "stations", text("编号,名称,经度,纬度,地址\n001,甲驿站,107.36,35.33\n002,乙驿站,107.35,35.32,东街,多出来\n")),
    bad_file("13_missing_column.csv", "stations", text("编号,停车位,经度,纬度\n001,12,107.36,35.33\n")),
    bad_file(
        "14_title_and_total.csv", "stations",
        text("泾川县红色驿站台账,,,,\n填报日期：2026年3月,,,,\n" + HEAD + GOOD + LATER + "合计,,20,,\n填表人：某某,,,,\n"),
    ),
    bad_file("15_duplicate_headings.csv", "stations", text("编号,名称,名称,经度,纬度\n001,甲驿站,别名,107.36,35.33\n")),
    bad_file("16_empty.csv", "stations", text("")),
    bad_file("16_blank_lines_only.csv", "stations", text("\n \n\n")),
    bad_file("16_headings_only.csv", "stations", text(HEAD)),
    bad_file("17_giant_line.csv", "stations", text(HEAD + GOOD + "002," + "长" * 1_500_000 + ",3,107.35,35.32\n" + LATER)),
)  # fmt: skip
