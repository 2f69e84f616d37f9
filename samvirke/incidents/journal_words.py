"""The journal's rows about incidents and call-out, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Said
from samvirke.access.telling import Teller, tells, worded
from samvirke.incidents import words
from samvirke.incidents.callout import words as callout

FIELDS = {
    "state": _("Tilstand"),
    "function": _("Funksjon"),
    "position": _("Plass i rekken"),
    "away_from": _("Borte fra og med"),
    "away_to": _("Borte til og med"),
    "active": _("På listen"),
    "verified_at": _("Bekreftet"),
    "answer": _("Svar"),
    "ended_at": _("Avsluttet"),
    "municipality": _("Kommune"),
    "answer_within": _("Minutter før neste kalles ut"),
    "nobody_within": _("Minutter før legevakt og kriseledelse varsles om at ingen kommer"),
}
VALUES: Mapping[str, Mapping[Any, Said]] = {
    "state": words.STATES,
    "function": callout.FUNCTIONS,
    "answer": callout.ANSWERS,
}

tells("incidents", Teller(worded(FIELDS, VALUES)))
