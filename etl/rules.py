"""Every reason for which a row is set aside or put right: the rule's name, its sentence, and what to do."""

from __future__ import annotations

from wording import mark, say

# {column} is filled with the column's label.
REASONS: dict[str, str] = {
    "missing": mark("{column} is empty; fill it in"),
    "unreadable": mark("{column} cannot be understood; write it in the usual way"),
    "unknown_word": mark("{column} is none of the words that are known; choose one of them"),
    "duplicate": mark("the same {column} stands in an earlier row with other content; give each its own"),
    "earlier_survey": mark("an earlier survey of the same number; the row of the newest one is in force"),
    "undated_survey": mark("{column} is empty, and another row of the same number names a day and is in force"),
    "unreadable_bytes": mark("the row holds characters that cannot be read; save the file as UTF-8"),
    "too_many_fields": mark("the row has more fields than there are headings; check the commas"),
    "unbalanced_quote": mark("a quotation mark is opened and never closed; close or remove it"),
    "giant_line": mark("the line is far too long to be a row; check the file"),
    "formula_error": mark("a formula gives an error; mend it or write its value"),
    "formula_without_value": mark("a formula has no stored value; open the file in Excel and save it once"),
    "unreadable_geometry": mark("the shape cannot be read; draw it again"),
    "unreadable_feature": mark("the feature cannot be read; export it again"),
    "mojibake": mark("the text was garbled by a wrong encoding; export it again"),
    "position_missing": mark("there is no position; fill in longitude and latitude"),
    "position_unreadable": mark("the position cannot be understood; write degrees such as 107.3652"),
    "position_zero": mark("the position is 0, 0; fill in the true one"),
    "position_in_metres": mark("the position is in metres of an undeclared system; set crs in sources.toml"),
    "position_outside": mark("the position lies far outside the place; check it"),
    "shape_missing": mark("there is no shape; draw it"),
    "shape_not_finite": mark("the shape has corners that are no numbers; draw it again"),
    "shape_across_antimeridian": mark("the shape reaches around the world; check its corners"),
    "shape_collapsed": mark("the shape has no area or length; draw it again"),
    "shape_not_area": mark("an area is needed here; draw a polygon"),
    "shape_not_line": mark("a line is needed here; draw a line"),
    "bays_within_reason": mark("{column} must lie between 0 and 5,000"),
    "opened_within_reason": mark("{column} must lie between 1949 and ten years from now"),
    "opened_not_in_future": mark("an open station cannot have {column} in the future; correct it or the status"),
    "cost_within_reason": mark("{column} must lie between 0 and 10 billion yuan"),
    "area_within_reason": mark("{column} must lie between 0 and 100 km²"),
    "drivers_within_reason": mark("{column} must lie between 0 and 1,000,000"),
    "party_drivers_not_more_than_drivers": mark("party members cannot be more than drivers, nor fewer than 0"),
    "people_within_reason": mark("{column} must be a plausible number and not negative"),
    "surveyed_within_reason": mark("{column} must lie between 1990 and today"),
    "parent_is_another": mark("a grid cannot be its own parent; give the code of the one above"),
    "speed_within_reason": mark("{column} is not a speed that a truck can have"),
    "width_within_reason": mark("{column} must lie between 0 and 50,000 metres"),
    "trucks_within_reason": mark("{column} must be a plausible number and not negative"),
    "stakes_within_reason": mark("stakes must lie between K0 and K10000"),
    "layer_within_reason": mark("{column} must lie between -10 and 10"),
    "stake_within_reason": mark("{column} must lie between K0 and K10000"),
    "pinged_within_reason": mark("{column} must lie between 2000 and now"),
    "heading_within_circle": mark("{column} must lie between 0 and 360 degrees"),
    "licence_class_of_china": mark("{column} must be a class such as A2 or B2"),
    "party_members_within_reason": mark("{column} must be a plausible number and not negative"),
    "reported_within_reason": mark("the request must have begun between 2000 and now"),
    "closed_not_before_begun": mark("a request cannot be closed before it began"),
    "happened_within_reason": mark("{column} must lie between 1990 and now"),
    "deaths_within_reason": mark("{column} must lie between 0 and 500"),
    "injuries_within_reason": mark("{column} must lie between 0 and 1,000"),
}

REPAIRS: dict[str, str] = {
    "invisible_removed": mark("invisible characters removed"),
    "full_width_folded": mark("full-width digits read as plain ones"),
    "serial_day_read": mark("a spreadsheet's serial number read as a date"),
    "midnight_24_read": mark("24:00 read as the beginning of the next day"),
    "day_taken_as_first": mark("a month without a day taken as its first day"),
    "position_swapped": mark("longitude and latitude stood in each other's place"),
    "position_from_words": mark("degrees, minutes and seconds read as degrees"),
    "position_zero_left_out": mark("the position 0, 0 left out"),
    "line_made_area": mark("a closed line taken as an area"),
    "shape_made_valid": mark("a shape that crosses itself made valid"),
    "datum_converted": mark("positions converted to WGS-84"),
}


def reason_sentence(rule: str, column_label: str) -> str:
    """Why a row was set aside and what to do, in the current language."""
    return say(REASONS[rule], column=column_label) if rule in REASONS else rule


def repair_sentence(rule: str) -> str:
    """What was put right, in the current language."""
    return say(REPAIRS[rule]) if rule in REPAIRS else rule
