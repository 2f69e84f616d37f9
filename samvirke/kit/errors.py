"""Errors that a person has to read."""

from dataclasses import dataclass


@dataclass
class BadInput(Exception):
    """Something a person gave us cannot be used. Becomes one line on stderr and exit code 2.

    `text` is a whole sentence that says what to do; `file`, `row` (1 is the heading) and `field`
    say where.
    """

    text: str
    file: str = ""
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        where = [part for part in (self.file, f"rad {self.row}" if self.row else "", self.field) if part]
        return f"{', '.join(where)}: {self.text}" if where else self.text
