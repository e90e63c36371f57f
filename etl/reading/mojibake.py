"""Tells text that was once decoded in the wrong encoding."""

from __future__ import annotations

import re
from functools import cache

LOST = re.compile("锟斤拷|锟斤|烫烫烫|屯屯屯")
HIGH_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4,}"
)
CHINESE = re.compile("[\u4e00-\u9fff]")


def may_be_mojibake(text: str) -> bool:
    """A quick look that spares whole rows the closer one."""
    return any(pattern.search(text) is not None for pattern in (LOST, HIGH_RUN, _telltale_signs()))


def is_mojibake(text: str) -> bool:
    """UTF-8 once read as GBK or Latin-1, GBK once read as Latin-1, or the marks that such a loss leaves."""
    if text.isascii():
        return False
    return LOST.search(text) is not None or _was_latin(text) or _was_gbk(text)


def _was_latin(text: str) -> bool:
    return any(_reads_as_chinese(run) for run in HIGH_RUN.findall(text))


def _reads_as_chinese(run: str) -> bool:
    raw = b"".join(_latin_bytes(sign) for sign in run)
    utf8 = CHINESE.findall(raw.decode("utf-8", "ignore"))
    if utf8 and len(utf8) * 3 >= 0.7 * len(raw):
        return True
    gb2312 = CHINESE.findall(raw.decode("gb2312", "ignore"))
    return len(gb2312) >= 2 and len(gb2312) * 2 == len(raw)


def _latin_bytes(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1", "ignore")


def _was_gbk(text: str) -> bool:
    """Chinese whose GB18030 bytes spell Chinese in UTF-8; the odd byte at the end was lost on the way."""
    if _telltale_signs().search(text) is None:
        return False
    raw = bytes(byte for byte in text.encode("gb18030", "ignore") if byte >= 0x80)
    fitting = CHINESE.findall(raw.decode("utf-8", "ignore"))
    return len(fitting) >= 2 and len(fitting) * 3 >= 0.75 * len(raw)


@cache
def _telltale_signs() -> re.Pattern[str]:
    """Every character whose GBK bytes begin as a Chinese character does in UTF-8."""
    pairs = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    signs = "".join(pair.decode("gbk", "ignore") for pair in pairs)
    return re.compile(f"[{re.escape(signs)}]")
