"""What is due of services that belong to no municipality, in words, beside what it says now."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from samvirke.access.scope import Scope
from samvirke.catalogue import desk_queries, labels, queries, queries_verification, rules, verifying, wording
from samvirke.catalogue.desk_words import Row
from samvirke.catalogue.finnhjelp.words import pick, say_date
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries_verification import DueItem

IN_ORDER = {piece: number for number, piece in enumerate(labels.PIECES)}  # the name first, as in the form


def due(scope: Scope, now: datetime, language: str) -> dict[str, Row]:
    """Return the shared services with something that has run out or does so soon, the first due first, by id."""
    by_service: dict[str, list[DueItem]] = {}
    for item in queries_verification.due_items(scope, None, now):
        by_service.setdefault(str(item.service), []).append(item)
    there = queries.whole(queries.siblings(scope, None).filter(id__in=by_service))
    services = {str(one.id): one for one in there}
    places = desk_queries.place_names([queries.as_input(one) for one in services.values()])
    return {
        id_: _row(services[id_], items, places, language)
        for id_, items in by_service.items()
        if id_ in services
    }


def confirmer(rows: Mapping[str, Row]) -> str:
    """Who confirmed the first of them last, to be offered again."""
    return next((row.by for row in rows.values()), "")


def _row(service: Service, items: list[DueItem], places: Mapping[str, str], language: str) -> Row:
    day = say_date(verifying.day_of(items[0].due), language)
    late = items[0].state == rules.OVERDUE
    answers = {row.piece: row for row in service.verifications.all()}
    values = []
    for item in sorted(items, key=lambda one: IN_ORDER.get(one.piece, len(IN_ORDER))):
        answer = answers[item.piece]
        said = (
            _("gjelder ikke: %(reason)s") % {"reason": pick(answer.reason, language, service.language)}
            if answer.state == rules.NOT_APPLICABLE
            else wording.piece(queries.as_input(service), item.piece, language, places)
        )
        values.append((labels.piece(item.piece), said, ""))
    return Row(
        items[0].name,
        (_("Fristen var %(day)s.") if late else _("Fristen er %(day)s.")) % {"day": day},
        values=tuple(values),
        pieces=tuple(item.piece for item in items),
        by=max(answers.values(), key=lambda row: row.verified_at).verified_by,
    )
