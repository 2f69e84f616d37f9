"""Texts in cells of a sheet that no spreadsheet takes for a formula, and the way back.

A text that begins with = + - @ (or their wide forms), a tab or a line break gets an apostrophe in front. So does what
follows a separator inside a text, when it begins with = or @: a sheet that is opened with another separator has a cell
there. One apostrophe more on the way out, one fewer on the way in: every text comes back as it was.
"""

import re

_WIDE = "\uff1d\uff20"  # = and @
_STARTS = rf"[=+\-@\t\r\n\uff0b\uff0d\u2212{_WIDE}]"
_OUT = re.compile(rf"(?:\A|(?<=[;,|\t\r\n])(?='*[=@{_WIDE}]))(?='*{_STARTS})")
_IN = re.compile(rf"(?:\A|(?<=[;,|\t\r\n]))'(?='*{_STARTS})")
_INNER = re.compile(rf"'*[=@{_WIDE}]")


def defused(text: str) -> str:
    """Return the text as it may stand in a cell."""
    return _OUT.sub("'", text)


def restored(cell: str) -> str:
    """Return the text that `defused` was given. It may look like a formula: check it as any text from outside."""
    return _IN.sub(lambda found: "" if _is_ours(found, cell) else found[0], cell)


def _is_ours(found: re.Match[str], cell: str) -> bool:
    return found.start() == 0 or bool(_INNER.match(cell, found.end()))
