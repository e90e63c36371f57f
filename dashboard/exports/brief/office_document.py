"""A Word document in the style of official papers: headings, paragraphs, tables, pictures, page numbers."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_TEXT, _HEADING, _TITLE, _LATIN = "仿宋", "黑体", "方正小标宋简体", "Times New Roman"
_TEXT_PT, _TITLE_PT, _TABLE_PT, _NOTE_PT = 16, 22, 10.5, 10.5
_LINE_PT = 28  # as official papers are set
_BLACK = RGBColor(0, 0, 0)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class OfficeDocument:
    """What is written comes in the order of the calls; every text is text alone, wherever it is from."""

    def __init__(self, title: str, made_at: dt.datetime) -> None:
        self._document = Document()
        page = self._document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = _plain(title), "驿图", ""
        properties.created = properties.modified = made_at.replace(tzinfo=None)
        self._style("Normal", _TEXT, _TEXT_PT)
        for level in (1, 2):
            self._style(f"Heading {level}", _HEADING, _TEXT_PT)
        _number_pages(page.footer.paragraphs[0])

    def title(self, text: str, below: str = "") -> None:
        self._line(text, _TITLE, _TITLE_PT, is_centred=True, after_pt=12)
        if below:
            self._line(below, _TEXT, _TEXT_PT, is_centred=True, after_pt=12)

    def heading(self, text: str) -> None:
        paragraph = self._document.add_heading(level=1)
        _write(paragraph, text, _HEADING, _TEXT_PT)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.first_line_indent = Pt(2 * _TEXT_PT)

    def paragraph(self, text: str) -> None:
        paragraph = self._document.add_paragraph()
        _write(paragraph, text, _TEXT, _TEXT_PT)
        form = paragraph.paragraph_format
        form.first_line_indent, form.line_spacing, form.space_after = Pt(2 * _TEXT_PT), Pt(_LINE_PT), Pt(0)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths_cm: Sequence[float]) -> None:
        made = self._document.add_table(rows=1, cols=len(headings))
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for column, width_cm in zip(made.columns, widths_cm, strict=True):
            column.width = Cm(width_cm)
        _fill(made.rows[0], headings, widths_cm, _HEADING)
        _repeat_on_each_page(made.rows[0])
        for row in rows:
            _fill(made.add_row(), row, widths_cm, _TEXT)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def picture(self, png: bytes, caption: str, width_cm: float = 14.4) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
        self._line(caption, _HEADING, _NOTE_PT, is_centred=True, after_pt=8)

    def new_page(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def to_bytes(self) -> bytes:
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _style(self, name: str, font: str, size_pt: float) -> None:
        style: Any = self._document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size_pt), _BLACK
        style.font.bold = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name_of in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name_of), None)
        fonts.set(qn("w:eastAsia"), font)

    def _line(self, text: str, font: str, size_pt: float, *, is_centred: bool, after_pt: float) -> None:
        paragraph = self._document.add_paragraph()
        _write(paragraph, text, font, size_pt)
        paragraph.paragraph_format.space_after = Pt(after_pt)
        if is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _plain(text: str) -> str:
    """Without what a document cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _write(paragraph: Any, text: str, font: str, size_pt: float) -> None:  # noqa: ANN401
    run = paragraph.add_run(_plain(text))
    run.font.name, run.font.size, run.font.color.rgb = _LATIN, Pt(size_pt), _BLACK
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  (python-docx has no other way)


def _fill(row: Any, texts: Sequence[str], widths_cm: Sequence[float], font: str) -> None:  # noqa: ANN401
    for cell, text, width_cm in zip(row.cells, texts, widths_cm, strict=True):
        cell.width = Cm(width_cm)
        paragraph = cell.paragraphs[0]
        _write(paragraph, text, font, _TABLE_PT)
        paragraph.paragraph_format.space_after = Pt(0)


def _repeat_on_each_page(row: Any) -> None:  # noqa: ANN401
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  (python-docx has no other way)


def _number_pages(paragraph: Any) -> None:  # noqa: ANN401
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001  (python-docx has no other way)
