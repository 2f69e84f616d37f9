"""The journal tells of services as people speak: which one, what was changed, in the reader's language."""

import pytest
from django.utils import timezone, translation

from samvirke.catalogue import actions, journal_words
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM
from samvirke.catalogue.tests.desk import join, serve, text
from tests.cast import login


def test_the_journal_names_the_service_and_what_was_changed(client, cast):
    join(timezone.now())
    service = serve()
    with_saturday = {"opening_hours": "Mo-Fr 08:00-15:30; Sa 10:00-12:00"}
    actions.edit_service(SYSTEM, service, with_saturday, now=timezone.now(), confirmed_by="Lederen")
    login(client, cast["administrator"])
    page = text(client.get(f"/arbeid/{HALDEN}/journal/"))
    assert "laget en tjeneste: Nav Halden" in page
    assert "lørdag kl. 10.00–12.00" in page
    assert "Åpningstid: " in page
    for raw in ("texts.nb", "opening_hours", "answers.", "Sa 10:00", "{&#x27;"):
        assert raw not in page, raw


@pytest.mark.parametrize(
    ("name", "value", "label", "said"),
    [
        ("draft.state", "sent", "Tilstand", "Sendt til godkjenning"),
        ("texts.nn.name", "Kriseteamet", "Navn (nynorsk)", "Kriseteamet"),
        ("outdated", ["en", "nn"], "Oversettelser som må oppdateres", "engelsk og nynorsk"),
        ("notice", {"texts": {"nb": "Stengt i dag.", "en": "Closed."}, "ends": "2026-12-02"}, "Midlertidig melding", "Stengt i dag."),
        ("answers.phone", {"state": "confirmed", "by": "Lederen"}, "Telefonnummer", "Bekreftet av Lederen"),
        ("phones", [{"number": "+4769174500", "hours": "Mo 08:00-15:00", "label": {}, "for_residents": True}], "Telefoner", "69 17 45 00, telefontid mandag kl. 08.00–15.00"),
        ("groups", ["no-such-group"], "Målgrupper", "no-such-group"),
        ("phones", "not a list", "Telefoner", "not a list"),
        ("elsewhere", True, "elsewhere", "ja"),
        ("url", "", "Nettside", ""),
    ],
)  # fmt: skip
def test_a_field_is_told_in_words(name: str, value: object, label: str, said: str) -> None:
    with translation.override("nb"):
        told = journal_words.change("catalogue.service.edited", name, None, value)
    assert (told.field, told.before, told.after) == (label, "", said)
