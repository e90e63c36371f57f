"""Finds the encoding of a text by reading all of it, in bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

Chunks = Callable[[], Iterator[bytes]]  # the file from its start, again at each call

UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
CHINESE_UTF8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]")
ASCII_BYTES = bytes(range(0x80))
HEAD_BYTES = 4096


class Encoding(StrEnum):
    """How a text is stored; `mixed` is decoded line by line, each as UTF-8 or else GB18030."""

    UTF8 = "utf-8"
    UTF16_LE = "utf-16-le"
    UTF16_BE = "utf-16-be"
    GB18030 = "gb18030"
    MIXED = "mixed"


class LineKind(StrEnum):
    """What a line's bytes can be."""

    ASCII = "ascii"
    UTF8 = "utf-8"
    WEAK_UTF8 = "weak utf-8"  # valid, but with no Chinese in it: two GBK characters can look so
    GB18030 = "gb18030"
    BROKEN_UTF8 = "broken utf-8"


def detect_encoding(chunks: Chunks) -> Encoding:
    """The encoding of the whole file, not of its first part only."""
    wide = utf16_kind(next(chunks(), b"")[:HEAD_BYTES])
    if wide is not None:
        return wide
    if _is_utf8(chunks()):
        return Encoding.UTF8
    return _by_lines(chunks())


def utf16_kind(head: bytes) -> Encoding | None:
    """UTF-16 by its byte order mark, or by NULs that stand on one side of each pair."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding.UTF16_LE
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding.UTF16_BE
    pairs = len(head) // 2
    first, second = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if second >= 5 * first and _is_wide(head, second, pairs, b"\n\0"):
        return _if_text(head, Encoding.UTF16_LE)
    if first >= 5 * second and _is_wide(head, first, pairs, b"\0\n"):
        return _if_text(head, Encoding.UTF16_BE)
    return None


def _is_wide(head: bytes, nuls: int, pairs: int, line_end: bytes) -> bool:
    """NULs beside a good part of the signs, or, in Chinese with hardly any, beside a line end."""
    if nuls > 1 and nuls * 20 >= pairs:
        return True
    aligned = any(head[place : place + 2] == line_end for place in range(0, pairs * 2, 2))
    return aligned and not _decodes(head.replace(b"\0", b""), "utf-8")


def _if_text(head: bytes, encoding: Encoding) -> Encoding | None:
    """Bytes with NULs for another reason decode to rare or forbidden signs."""
    signs = head[: len(head) // 2 * 2].decode(encoding.value, "replace")
    odd = sum(1 for sign in signs if sign in "\ufffd\x00" or (sign < " " and sign not in "\t\r\n"))
    return encoding if odd * 50 <= len(signs) else None


def _is_utf8(chunks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_lines(chunks: Iterable[bytes]) -> Encoding:
    seen = dict.fromkeys(LineKind, 0)
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if len(rest) > HEAD_BYTES * 256:
            lines, rest = [*lines, rest], b""
        for line in lines:
            seen[line_kind(line)] += 1
    seen[line_kind(rest)] += 1
    if not seen[LineKind.GB18030]:
        return Encoding.UTF8
    return Encoding.MIXED if seen[LineKind.UTF8] or seen[LineKind.BROKEN_UTF8] else Encoding.GB18030


def line_kind(line: bytes) -> LineKind:
    """What this line alone looks like."""
    if line.isascii():
        return LineKind.ASCII
    if _decodes(line, "utf-8"):
        return LineKind.UTF8 if CHINESE_UTF8.search(line) else LineKind.WEAK_UTF8
    high = len(line.translate(None, ASCII_BYTES))
    covered = sum(map(len, UTF8_SEQUENCE.findall(line)))
    mostly_utf8 = covered * 2 > high and CHINESE_UTF8.search(line) is not None
    return LineKind.GB18030 if _decodes(line, "gb18030") and not mostly_utf8 else LineKind.BROKEN_UTF8


def decoded(line: bytes, encoding: Encoding) -> str:
    """The line as text; what cannot be read becomes U+FFFD."""
    if encoding is Encoding.MIXED:
        gb_kinds = (LineKind.GB18030, LineKind.WEAK_UTF8)
        encoding = Encoding.GB18030 if line_kind(line) in gb_kinds else Encoding.UTF8
    return line.decode(encoding.value, "replace")


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
