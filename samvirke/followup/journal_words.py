"""The journal's rows about follow-up, in words. Persons are never named here: the journal holds ids only."""

from django.utils.translation import gettext_lazy as _

from samvirke.access.telling import Teller, tells, worded

FIELDS = {"state": _("Tilstand"), "waits_for_message": _("Venter på dødsbudskap")}
VALUES = {"state": {"active": _("Følges opp"), "closed": _("Avsluttet")}}

tells("followup", Teller(worded(FIELDS, VALUES)))
