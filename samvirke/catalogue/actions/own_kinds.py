"""Kinds of services that the guideline lacks and a municipality needs."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.finnhjelp.site import Level
from samvirke.catalogue.models import Draft, OwnKind
from samvirke.catalogue.queries import kind_words, own_kinds, siblings
from samvirke.kit.errors import BadInput
from samvirke.reference.rules import slugify

LONGEST_KEY = 60


@action("catalogue.kind.added", needs=Need.SERVICE_EDIT, says=_("la til en egen type tjeneste"))
def add_own_kind(
    scope: Scope,
    municipality: str,
    names: Mapping[str, str],
    level: str,
    *,
    now: datetime,  # noqa: ARG001
) -> Done:
    """Let a municipality's services be of a kind that the guideline lacks; `Done.target` is its key.

    `names`: per language, at least one. Raises BadInput, also when there is a kind of that name.
    """
    scope.require_sight(municipality)
    writing.must_have_joined(municipality)
    if level not in [one.value for one in Level]:
        raise BadInput(gettext("Velg et nivå."), field="level")
    cleaned = {language: _name(text) for language, text in writing.texts(names, values.LONGEST_NAME).items()}
    if not cleaned:
        raise BadInput(gettext("Skriv hva typen heter."), field="names")
    taken = kind_words(own_kinds(scope, municipality))
    for name in cleaned.values():
        if name.casefold() in taken:
            raise BadInput(
                gettext("Typen «{name}» finnes fra før.").format(name=values.shown(name)), field="names"
            )
    key = slugify(cleaned.get("nb") or next(iter(cleaned.values())))[:LONGEST_KEY].strip("-")
    if not key or key in taken:
        raise BadInput(gettext("Velg et annet navn på typen."), field="names")
    OwnKind.objects.create(municipality_id=municipality, key=key, names=cleaned, level=level)
    return Done(municipality, key, {"names": (None, cleaned), "level": (None, level)})


@action("catalogue.kind.removed", needs=Need.SERVICE_EDIT, says=_("tok bort en egen type tjeneste"))
def remove_own_kind(scope: Scope, municipality: str, key: str, *, now: datetime) -> Done:  # noqa: ARG001
    """Take a municipality's own kind away. Raises BadInput while a service or a draft is of it, and NotYours."""
    scope.require_sight(municipality)
    own = OwnKind.objects.visible_to(scope).filter(municipality=municipality)
    kind = next((one for one in own if one.key == key), None)  # a key from a form may be anything
    if kind is None:
        raise NotYours(key)
    drafts = Draft.objects.visible_to(scope).filter(municipality=municipality, content__kind=key)
    if siblings(scope, municipality).filter(own_kind=key).exists() or drafts.exists():
        raise BadInput(gettext("Typen er i bruk. Gi tjenestene en annen type først."), field="key")
    kind.delete()
    return Done(municipality, key, {"names": (kind.names, None), "level": (kind.level, None)})


def _name(text: str) -> str:
    try:
        return values.name(text)
    except values.Refused as error:
        raise BadInput(str(error), field="names") from error
