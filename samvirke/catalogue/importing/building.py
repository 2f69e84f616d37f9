"""A service put together from a file, piece by piece. What cannot be read is gathered, so that all is told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.finnhjelp.site import LANGUAGES
from samvirke.catalogue.inputs import TEXT_FIELDS

KIND = "actor"
TEXTS = ("name", *TEXT_FIELDS)


@dataclass(frozen=True)
class Rejected:
    """A value that cannot be used. `row` 1 is a sheet's heading, or the first service of a JSON file."""

    row: int
    field: str
    error: str


@dataclass(frozen=True)
class ImportRow:
    """One service of a file. Only what the file tells is here; the rest of a service is left alone.

    `fields`: fields of ServiceInput. `text`: fields of TextInput in the service's own language; `translations`: in
    others. `draft`: the file says that it is not in use, so nobody confirms it. `remarks`: what the file has that
    is not taken along. `asked`: words for its kind that we do not know; somebody has to choose the kind.
    `assured`: the day the source last checked it. `notice`: texts, starts and ends of its temporary notice.
    """

    number: int
    external_id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    draft: bool = False
    remarks: tuple[str, ...] = ()
    asked: str | None = None
    assured: str = ""
    notice: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class PhoneTold:
    """A number of a file. None: the file does not say, and what is known stays.

    `label`: by language; "" stands for the service's own language and leaves the others alone.
    """

    number: str
    hours: str | None = None
    label: Mapping[str, str] | None = None
    for_residents: bool | None = None


@dataclass(frozen=True)
class ChannelTold:
    """A digital way in of a file. See PhoneTold."""

    kind: str
    address: str
    hours: str = ""
    label: Mapping[str, str] | None = None


class Builder:
    """Gathers a row's values and what is wrong with them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.fields: dict[str, Any] = {}
        self.text: dict[str, str] = {}
        self.translations: dict[str, dict[str, str]] = {}
        self.wrong: list[Rejected] = []
        self.remarks: list[str] = []
        self.draft = False
        self.asked: str | None = None
        self.assured = ""
        self.notice: dict[str, Any] | None = None

    def refuse(self, column: str, error: str) -> None:
        """Write down that a value cannot be used; the same is said once."""
        one = Rejected(self.number, column, error)
        if one not in self.wrong:
            self.wrong.append(one)

    def put(self, column: str, make: Callable[[Any], Mapping[str, Any]], given: object) -> None:
        """Add the fields that `make` makes of what was given, or what is wrong with the column."""
        try:
            self.fields.update(make(given))
        except values.Refused as error:
            self.refuse(column, str(error))

    def write(self, column: str, name: str, text: str, language: str = "") -> None:
        """Add a text, in the service's own language or as a translation."""
        if language and language not in LANGUAGES:
            self.refuse(
                column,
                _("«{value}» er ikke et språk på sidene. Bruk {known}.").format(
                    value=values.shown(language), known=", ".join(LANGUAGES)
                ),
            )
            return
        into = self.translations.setdefault(language, {}) if language else self.text
        try:
            into[name] = values.name(text) if name == "name" and not language else _text(name, text)
        except values.Refused as error:
            self.refuse(column, str(error))

    def row(self) -> ImportRow:
        """Return what was gathered. To be used only when nothing was wrong."""
        told = {language: texts for language, texts in self.translations.items() if any(texts.values())}
        return ImportRow(
            self.number,
            self.fields.get("external_id", ""),
            self.fields,
            self.text,
            told,
            self.draft,
            tuple(self.remarks),
            self.asked,
            self.assured,
            self.notice,
        )


def _text(name: str, text: str) -> str:
    return values.line(text) if name == "name" else values.prose(text)
