"""Writes .ods workbooks from the XML of their rows."""

from __future__ import annotations

import zipfile
from pathlib import Path

SHORT_NAMES = ("office", "style", "table", "text")
NAMESPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in SHORT_NAMES)
HIDDEN = (
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def text_cell(text: str, attributes: str = "") -> str:
    value_type = 'office:value-type="string"'
    return f"<table:table-cell {value_type} {attributes}><text:p>{text}</text:p></table:table-cell>"


def value_cell(kind: str, name: str, value: str, attributes: str = "") -> str:
    value_type = f'office:value-type="{kind}" office:{name}="{value}"'
    return f"<table:table-cell {value_type} {attributes}><text:p>x</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def write_ods(path: Path, sheets: dict[str, str], hidden: tuple[str, ...] = ()) -> None:
    style = 'table:style-name="hidden"'
    tables = "".join(
        f'<table:table table:name="{name}" {style if name in hidden else ""}>{rows}</table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    head = f'<?xml version="1.0"?><office:document-content {NAMESPACES} {calc}>'
    content = f"{head}{HIDDEN}{body}</office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
