"""The journal's rows about services, in words: which service, and what was changed."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samvirke.access.scope import Scope
from samvirke.access.telling import Change, Teller, plain, tells
from samvirke.catalogue import contents, labels, queries, rules
from samvirke.catalogue.finnhjelp.words import join, pick
from samvirke.catalogue.inputs import ChannelInput, PhoneInput
from samvirke.catalogue.wording import said
from samvirke.ui.hours_words import language

JOINED = ("catalogue.municipality.joined", "languages")  # of the pages, not of those who work there
MANY = {"phones": PhoneInput, "channels": ChannelInput}
WORDS = {"state": labels.STATES, "draft.state": labels.DRAFT_STATES}


def change(code: str, name: str, before: object, after: object) -> Change:
    """Tell one field of a service, or of a municipality's set-up."""
    label = _("Språk på siden") if (code, name) == JOINED else _label(name)
    return Change(label, _value(name, before), _value(name, after))


def names(scope: Scope, targets: Collection[str]) -> Mapping[str, str]:
    """Return the names of the services that rows were about."""
    ids = [UUID(one) for one in targets if _is_id(one)]
    found = queries.names_of(scope, ids)
    return {str(id_): name for id_, name in found.items()}


def answered(answer: Any) -> str:
    """Say how a piece is answered for; an answer that is gone too."""
    if not isinstance(answer, Mapping):
        return _("Ikke lenger bekreftet")
    if answer.get("state") == rules.NOT_APPLICABLE:
        return _("Gjelder ikke")
    return _("Bekreftet av %(by)s") % {"by": answer.get("by", "")}


def _label(name: str) -> str:
    if name.startswith("answers."):
        return labels.piece(name.partition(".")[2]).capitalize()
    return labels.field(name)


def _value(name: str, value: Any) -> str:
    """Say a value; one of a shape that is no longer written stands as it is, for the journal is kept for ever."""
    try:
        return "" if value in (None, "", [], {}) else _said(name, value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return plain(value)


def _said(name: str, value: Any) -> str:
    if name.startswith("answers."):
        return answered(value)
    if name in WORDS:
        return str(WORDS[name].get(value, value))
    if name == "notice":
        return pick(value.get("texts", {}), language(), "nb")
    if name == "outdated":
        return join([str(labels.LANGUAGES.get(one, one)) for one in value])
    if name in MANY:
        value = tuple(contents.made(MANY[name], one) for one in value)
    known = name.rsplit(".", maxsplit=1)[-1] in labels.FIELDS
    return said(name, value, language()) if known else plain(value)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


tells("catalogue", Teller(change, names))
