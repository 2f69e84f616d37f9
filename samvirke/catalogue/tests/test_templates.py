"""The starting set is a set of drafts in three languages, and nothing else."""

import pytest

from samvirke.catalogue import actions, pages, rules, starters
from samvirke.catalogue.models import Service, Verification
from samvirke.catalogue.tests.conftest import NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput


def test_every_required_kind_has_a_template_in_three_languages():
    kinds = [template.kind for template in starters.templates()]
    assert len(kinds) == len(set(kinds))
    assert {need.kind for need in rules.REQUIRED} <= set(kinds)
    for template in starters.templates():
        assert set(template.texts) == {"nb", "nn", "en"}
        assert all(
            text.name and text.description and text.what_happens and text.who
            for text in template.texts.values()
        )


def test_a_template_tells_no_number_hours_or_address():
    for template in starters.templates():
        assert [template.phones, template.opening_hours, template.street_address] == [(), "", ""]
        assert not any(sign.isdigit() for text in template.texts.values() for sign in text.description)


def test_adopting_gives_drafts_that_are_never_shown(halden):
    made = actions.adopt_templates(SYSTEM, halden, now=NOW)
    assert len(made) == len(starters.templates())
    assert {service.state for service in every(Service)} == {"draft"}
    assert not every(Verification)
    assert pages.load([halden])[0].services == ()


def test_adopting_again_adds_only_what_is_lacking(halden):
    actions.create_service(SYSTEM, halden, whole("nav", "Vårt Nav-kontor"), now=NOW)
    made = actions.adopt_templates(SYSTEM, halden, now=NOW)
    assert len(made) == len(starters.templates()) - 1
    assert actions.adopt_templates(SYSTEM, halden, now=NOW) == []


def test_a_nynorsk_municipality_writes_in_nynorsk(db):
    actions.join_municipality(SYSTEM, "4602", now=NOW)
    actions.adopt_templates(SYSTEM, "4602", now=NOW)
    assert {service.language for service in every(Service)} == {"nn"}


def test_only_a_municipality_that_has_joined_gets_them(db):
    with pytest.raises(BadInput, match="ikke med"):
        actions.adopt_templates(SYSTEM, "3101", now=NOW)
