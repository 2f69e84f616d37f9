"""The inventory of personal data: every table that holds some says what, who erases it, and how long it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Personal:
    """Stands as `personal` on every model that holds PERSONAL. Norwegian words: the inventory is a screen."""

    what: str
    erased_by: str
    kept: str
