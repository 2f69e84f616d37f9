"""What a service becomes by a row of a file: what the file tells replaces, the rest stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from samvirke.catalogue import rules, values
from samvirke.catalogue.importing.building import ChannelTold, ImportRow, PhoneTold, Rejected
from samvirke.catalogue.inputs import ChannelInput, Known, PhoneInput, ServiceInput, TextInput, clean, told

# A field of ServiceInput → the column of the sheet it comes from, for messages.
COLUMN_OF = {
    "kind": "actor",
    "groups": "target_groups",
    "street_address": "address",
    "postal_code": "address",
    "through": "access",
    "texts": "name",
}


def blank(language: str) -> ServiceInput:
    """Return a service that nothing is told of yet."""
    return ServiceInput(kind="", texts={language: TextInput("")}, language=language)


def merged(before: ServiceInput, row: ImportRow) -> ServiceInput:
    """Return the service as the row makes it, not cleaned. Raises values.Refused when the file says a text twice."""
    changes = dict(row.fields)
    language = changes.get("language", before.language)
    if language in row.translations:
        raise values.Refused(
            _("Teksten på tjenestens eget språk ({language}) står to ganger.").format(language=language),
            f"name_{language}",
        )
    texts = {one: text for one, text in before.texts.items() if text.name}
    for one, told_texts in {language: row.text, **row.translations}.items():
        texts[one] = replace(texts.get(one, TextInput("")), **told_texts)
    if changes.get("kind", before.kind) != before.kind:
        changes.setdefault("level", "")  # the new kind's own
    if "phones" in changes:
        changes["phones"] = _phones(before.phones, changes["phones"], language)
    if "channels" in changes:
        changes["channels"] = _channels(before.channels, changes["channels"], language)
    return replace(before, **changes, texts=texts)


def confirmable(after: ServiceInput, row: ImportRow) -> frozenset[str]:
    """Return the pieces that the file tells. What it does not say, nobody has confirmed with it."""
    silent = {
        piece
        for piece, field in ((rules.ACCESS, "access"), (rules.CHANNELS, "channels"))
        if field not in row.fields
    }
    return told(after) - silent


def result_of(
    before: ServiceInput, row: ImportRow, municipality: str, known: Known
) -> tuple[ServiceInput, list[Rejected]]:
    """Return the service as the row makes it, in the form it is kept in, and what is wrong with the row."""
    try:
        after, problems = clean(merged(before, row), municipality, known)
    except values.Refused as error:
        return before, [Rejected(row.number, error.field, str(error))]
    return after, [Rejected(row.number, COLUMN_OF.get(one.field, one.field), one.text) for one in problems]


def _phones(known: Sequence[PhoneInput], given: Sequence[PhoneTold], language: str) -> tuple[PhoneInput, ...]:
    """A number that stays keeps what the file does not say of it."""
    old = {_digits(phone.number): phone for phone in known}
    found = []
    for phone in given:
        before = old.get(_digits(phone.number), PhoneInput(phone.number))
        found.append(
            PhoneInput(
                phone.number,
                before.hours if phone.hours is None else phone.hours,
                _label(before.label, phone.label, language),
                before.for_residents if phone.for_residents is None else phone.for_residents,
            )
        )
    return tuple(found)


def _channels(
    known: Sequence[ChannelInput], given: Sequence[ChannelTold], language: str
) -> tuple[ChannelInput, ...]:
    old = {(one.kind, _address(one.kind, one.address)): one for one in known}
    found = []
    for one in given:
        before = old.get((one.kind, _address(one.kind, one.address)), ChannelInput(one.kind, one.address))
        found.append(
            ChannelInput(one.kind, one.address, one.hours, _label(before.label, one.label, language))
        )
    return tuple(found)


def _label(before: Mapping[str, str], given: Mapping[str, str] | None, language: str) -> Mapping[str, str]:
    if given is None:
        return before
    if "" not in given:
        return given
    return {**before, language: given[""]}


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())[-8:]


def _address(kind: str, address: str) -> str:
    return _digits(address) if kind == "sms" else address
