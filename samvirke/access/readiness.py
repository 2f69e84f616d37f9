"""Before the first real person: the municipality's assessment, agreement and legal basis are recorded, or the system says no.

Sources: GDPR articles 6 and 9 (legal basis), 28 (processor agreement) and 35 (impact assessment).
"""

from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.models import DOCUMENTS, Readiness
from samvirke.access.permissions import Need
from samvirke.access.queries import is_invented, readiness_of
from samvirke.access.scope import Scope
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

NAMES = {
    "dpia": _("vurdering av personvernkonsekvenser"),
    "processor-agreement": _("databehandleravtale"),
    "legal-basis": _("rettslig grunnlag"),
}


def lacking(scope: Scope, municipality: str, today: date) -> list[str]:
    """Return which of the three documents a municipality lacks, or has outlived, on a day. The invented one lacks none."""
    if is_invented(municipality):
        return []
    there = {
        row.document
        for row in readiness_of(scope, municipality)
        if row.decided <= today and (row.valid_until is None or row.valid_until >= today)
    }
    return [document for document in DOCUMENTS if document not in there]


def require_readiness(scope: Scope, municipality: str, today: date) -> None:
    """Raise BadInput, naming what is lacking, unless a municipality may hold persons' data."""
    missing = lacking(scope, municipality, today)
    if missing:
        names = ", ".join(str(NAMES[document]) for document in missing)
        raise BadInput(
            gettext(
                "Kommunen kan ikke registrere personer ennå. Dette mangler: {names}. Administratoren registrerer det."
            ).format(names=names)
        )


@action(
    "access.readiness.recorded",
    needs=Need.READINESS_EDIT,
    says=_("registrerte et dokument som må være på plass før personopplysninger"),
)
def record(
    scope: Scope,
    municipality: str,
    document: str,
    reference: str,
    decided: date,
    *,
    now: datetime,
    valid_until: date | None = None,
) -> Done:
    """Record where one of the three documents is and since when it counts. Raises BadInput naming the field."""
    scope.require_sight(municipality)
    if document not in DOCUMENTS:
        raise BadInput(gettext("Velg hvilket dokument det gjelder."), field="document")
    if not reference.strip():
        raise BadInput(gettext("Skriv saksnummeret eller adressen til dokumentet."), field="reference")
    if decided > now.astimezone(OSLO).date():
        raise BadInput(gettext("Dokumentet kan ikke være vedtatt i framtiden."), field="decided")
    if valid_until is not None and valid_until < decided:
        raise BadInput(
            gettext("Dokumentet kan ikke slutte å gjelde før det er vedtatt."), field="valid_until"
        )
    before = {row.document: row for row in readiness_of(scope, municipality)}.get(document)
    values = {"reference": reference.strip(), "decided": decided, "valid_until": valid_until}
    Readiness.objects.bulk_create(
        [
            Readiness(
                municipality_id=municipality,
                document=document,
                recorded_by=scope.account,
                recorded_at=now,
                **values,
            )
        ],
        update_conflicts=True,
        update_fields=[*values, "recorded_by", "recorded_at"],
        unique_fields=["municipality", "document"],
    )
    fields = {name: (getattr(before, name, None), value) for name, value in values.items()}
    return Done(municipality, document, fields)
