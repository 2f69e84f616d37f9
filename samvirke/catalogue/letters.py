"""What letters from this room say (settings.MESSAGE_TEMPLATES), in the recipient's language. Names are read when sending."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.scope import Scope, current
from samvirke.catalogue import labels, queries_verification, rules, verifying
from samvirke.catalogue.finnhjelp.words import join, say_date
from samvirke.catalogue.models import Reminder
from samvirke.catalogue.verifying import Round
from samvirke.messaging.letters import Letter, Recipient, labelled

MOST = 40  # services that a letter names
MANY = 4  # pieces; fewer are named although they are all that a service has


@labelled(_("Påminnelse om å bekrefte opplysninger"))
def reminder(recipient: Recipient, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """Remind somebody of what is to be confirmed. None when all of it is confirmed, changed or withdrawn by now."""
    scope = current()
    rows = queries_verification.letter(scope, UUID(str(about["letter"]))) if scope else []
    if scope is None or not rows:
        return None
    place = rows[0].municipality.name_unique if rows[0].municipality else ""
    first = say_date(verifying.day_of(rows[0].due_at), recipient.language)
    subject, opening, why = _words(Round(rows[0].round)) if place else _shared_words(Round(rows[0].round))
    lines = _lines(scope, rows, recipient.language)
    if len(lines) > MOST:
        rest = len(lines) - MOST
        more = ngettext("og {n} tjeneste til", "og {n} tjenester til", rest).format(n=rest)
        lines = [*lines[:MOST], f"– {more}"]
    parts = [
        gettext("Hei."),
        opening,
        "\n".join(lines),
        gettext("Stemmer opplysningene fortsatt? Bekreft dem her:") + f"\n{desk(rows[0].municipality_id)}",
        gettext("Stemmer noe ikke? Rett det på samme side."),
        why.format(place=place),
    ]
    return Letter(subject.format(place=place, date=first), "\n\n".join(parts))


def desk(municipality: str | None) -> str:
    """Return the address of a municipality's desk; None: where shared services are confirmed."""
    if municipality is None:
        return f"{settings.STAFF_URL}{reverse('catalogue-shared')}"
    return f"{settings.STAFF_URL}/arbeid/{municipality}/"


def _shared_words(round_: Round) -> tuple[str, str, str]:
    """The same of services that are shared by several municipalities."""
    openings = {
        Round.SOON: gettext("Disse opplysningene skal bekreftes på nytt:"),
        Round.DUE: gettext("Fristen for å bekrefte disse opplysningene er nådd:"),
        Round.LATE: gettext(
            "Fristen gikk ut for en uke siden eller mer, og ingen har bekreftet disse opplysningene:"
        ),
    }
    subjects = {
        Round.SOON: gettext("Bekreft opplysninger om felles tjenester innen {date}"),
        Round.DUE: gettext("Opplysninger om felles tjenester må bekreftes på nytt"),
        Round.LATE: gettext("Opplysninger om felles tjenester er ikke bekreftet"),
    }
    why = gettext("Du får denne e-posten fordi du har ansvar for tjenester som er felles for flere kommuner.")
    return subjects[round_], openings[round_], why


def _words(round_: Round) -> tuple[str, str, str]:
    """Return subject, first sentence and reason of a round's letter."""
    mine = gettext("Du får denne e-posten fordi du har ansvar for opplysninger om tjenester i {place}.")
    if round_ is Round.SOON:
        return (
            gettext("Bekreft opplysninger for {place} innen {date}"),
            gettext("Disse opplysningene skal bekreftes på nytt:"),
            mine,
        )
    if round_ is Round.DUE:
        return (
            gettext("Opplysninger for {place} må bekreftes på nytt"),
            gettext("Fristen for å bekrefte disse opplysningene er nådd:"),
            mine,
        )
    return (
        gettext("Opplysninger for {place} er ikke bekreftet"),
        gettext("Fristen gikk ut for en uke siden eller mer, og ingen har bekreftet disse opplysningene:"),
        gettext("Du får denne e-posten fordi du er godkjenner eller administrator i {place}."),
    )


def _lines(scope: Scope, rows: Sequence[Reminder], language: str) -> list[str]:
    """Return one line for each service, and for each of the municipality's own answers; the first due first."""
    services = {row.service_id for row in rows if row.service_id}
    names = queries_verification.service_names(scope, services, language)
    answered = queries_verification.answered(scope, services)
    together: dict[UUID | str, list[Reminder]] = defaultdict(list)
    for row in rows:
        together[row.service_id or row.piece].append(row)
    lines = []
    for key, mine in together.items():
        if isinstance(key, UUID):
            what = f"{names.get(key, '')}: {_pieces(mine, answered.get(key, 0))}"
        else:
            what = _own_answer(key, language)
        until = say_date(verifying.day_of(mine[0].due_at), language)
        lines.append(gettext("– {what}. Frist: {date}.").format(what=what, date=until))
    return lines


def _pieces(rows: Sequence[Reminder], answered: int) -> str:
    """Name the pieces, unless they are all there is."""
    pieces = sorted({row.piece for row in rows}, key=_in_order)
    if len(pieces) == answered and answered >= MANY:
        return gettext("alle opplysningene")
    return join([labels.piece(piece) for piece in pieces])


def _own_answer(code: str, language: str) -> str:
    if code.startswith(rules.of_kind("")):
        kind = queries_verification.kind_name(code.removeprefix(rules.of_kind("")), language)
        return gettext("{kind}: svaret om at kommunen ikke har tjenesten").format(kind=kind)
    return labels.piece(code)


def _in_order(piece: str) -> int:
    return rules.SERVICE_PIECES.index(piece) if piece in rules.SERVICE_PIECES else len(rules.SERVICE_PIECES)
