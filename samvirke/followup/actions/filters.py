"""Choices in the worklist that somebody keeps for themselves."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.followup.models import SavedFilter
from samvirke.kit.errors import BadInput

NOBODY = UUID(int=0)
MOST = 20
"""Filters per person and municipality: more is not a short way any longer."""


@action("followup.filter.kept", needs=Need.PERSON_READ, says=_("lagret et utvalg i listene sine"))
def keep_filter(
    scope: Scope,
    municipality: str,
    name: str,
    choices: Mapping[str, str],
    *,
    now: datetime,  # noqa: ARG001  (the journal's moment)
) -> Done:
    """Keep a choice in the worklist under a name of one's own; the same name again replaces it. Raises BadInput."""
    scope.require_sight(municipality)
    if scope.account is None:
        raise NotYours(municipality)
    if not choices:
        raise BadInput(gettext("Velg minst ett filter før du lagrer."), field="name")
    own = SavedFilter.objects.visible_to(scope).filter(municipality=municipality, account=scope.account)
    called = name.strip()[:40]
    there = own.filter(name=called).first()
    if there is None and own.count() >= MOST:
        raise BadInput(gettext("Du har 20 utvalg. Fjern ett først."), field="name")
    row = there or SavedFilter(id=uuid4(), municipality_id=municipality, account=scope.account, name=called)
    row.choices = dict(choices)
    row.save(force_insert=there is None, force_update=there is not None)
    return Done(municipality, row.id)


@action("followup.filter.dropped", needs=Need.PERSON_READ, says=_("fjernet et utvalg i listene sine"))
def drop_filter(scope: Scope, filter_id: UUID, *, now: datetime) -> Done:  # noqa: ARG001  (the journal's moment)
    """Take away one of one's own choices. Raises NotYours, also for a colleague's."""
    row = SavedFilter.objects.visible_to(scope).filter(id=filter_id, account=scope.account or NOBODY).first()
    if row is None:
        raise NotYours(filter_id)
    row.delete()
    return Done(row.municipality_id, filter_id)
