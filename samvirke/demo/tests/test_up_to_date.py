"""Loading again brings up to date what nobody has touched, and leaves the rest; something is always left to be done."""

import copy
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.catalogue import actions, pages, queries, sites
from samvirke.catalogue.queries_verification import due_items
from samvirke.demo.actions import DATA, fill
from samvirke.demo.personas import PERSONAS, account_of
from samvirke.demo.tests.test_personas import EXAMPLE, make
from tests.postgres_plugin import databases

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SYSTEM = system_scope("prøve", EXAMPLE, NATIONAL)
DEMO = json.loads(DATA.read_text(encoding="utf-8"))
PLACE = {
    **dict.fromkeys(
        "sami_category centre orgnr website website_status name_se name_sma name_smj name_fkv".split(), ""
    ),
    "sami_area": False,
    **DEMO["municipality"],
}


@pytest.fixture(scope="module")
def example(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The invented municipality, loaded once, as the application's role."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as own:
        names, marks = ", ".join(PLACE), ", ".join(["%s"] * len(PLACE))
        own.execute(f"INSERT INTO reference_municipality ({names}) VALUES ({marks})", list(PLACE.values()))
    make("demo")
    with django_db_blocker.unblock():
        fill(DEMO, NOW)
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.clone()


@pytest.fixture
def demo(example: None, db: None) -> None:
    """A demonstration that was loaded at NOW."""


def persona(role: Role) -> Scope:
    account = account_of(next(one for one in PERSONAS if one.role is role))
    assert account
    return Scope(account.id, frozenset({EXAMPLE}), ROLES[role].needs, municipality=EXAMPLE)


def service(key: str):
    with opened(SYSTEM):
        return next(one for one in queries.services_of(SYSTEM, EXAMPLE) if one.external_id == key)


def changed(key: str, **fields) -> dict:
    data = copy.deepcopy(DEMO)
    next(one for one in data["services"] if one["external_id"] == key).update(fields)
    return data


def test_something_is_left_to_be_done(demo):
    editor, approver = persona(Role.EDITOR), persona(Role.APPROVER)
    with opened(editor):
        states = {copy_.service.external_id: copy_.state for copy_ in queries.drafts_of(editor, EXAMPLE)}
        due = {item.state for item in due_items(editor, EXAMPLE, NOW)}
    assert states == {"demo-barnevern": "open", "demo-nav": "sent"}
    assert due == {"overdue", "soon"}
    assert service("demo-sorggruppe").state == "draft"
    (site,) = pages.load([EXAMPLE])
    shown = {view.slug: view for view in sites.at(site, NOW).services}
    assert shown["nav-eksempel"].opening_hours == "Mo-Fr 10:00-14:00; PH off"
    assert not [slug for slug in shown if "sorggruppe" in slug]
    with opened(approver):
        (waiting,) = queries.waiting_drafts(approver, EXAMPLE)
    actions.approve(approver, waiting.id, now=NOW)
    assert service("demo-nav").opening_hours.startswith("Mo-We")


def test_loading_again_the_same_day_does_nothing(demo):
    assert (fill(DEMO, NOW).updated, fill(DEMO, NOW + timedelta(hours=5)).updated) == (0, 0)
    assert service("demo-politi").version == 1


def test_what_the_data_says_anew_comes_into_the_service_and_only_there(demo):
    before = service("demo-politi")
    done = fill(changed("demo-politi", street_address="Politigata 2, Eksempel"), NOW)
    assert (done.created, done.updated) == (0, 1)
    assert service("demo-politi").street_address == "Politigata 2, Eksempel"
    assert service("demo-politi").version == before.version + 1
    assert service("demo-brann").version == 1
    assert fill(changed("demo-politi", street_address="Politigata 2, Eksempel"), NOW).updated == 0


def test_what_somebody_has_changed_or_begun_on_is_left_alone(demo):
    actions.confirm(persona(Role.EDITOR), service("demo-politi").id, "Politiet", now=NOW)
    assert fill(changed("demo-politi", street_address="Politigata 2"), NOW).updated == 0
    assert fill(changed("demo-barnevern", street_address="Torget 5"), NOW).updated == 0
    actions.withdraw(persona(Role.EDITOR), service("demo-brann").id, now=NOW)
    assert fill(changed("demo-brann", street_address="Brannveien 2"), NOW).updated == 0


def test_a_month_later_it_is_as_fresh_as_the_first_day(demo):
    later = NOW + 30 * DAY
    assert fill(DEMO, later).updated > 30
    with opened(SYSTEM):
        due = [item for item in due_items(SYSTEM, EXAMPLE, later) if item.service]
    assert {item.state for item in due} == {"overdue", "soon"}
    assert len(due) < 20


def test_a_draft_that_was_thrown_away_does_not_come_again(demo):
    editor = persona(Role.EDITOR)
    actions.drop_draft(editor, service("demo-barnevern").id, now=NOW)
    fill(DEMO, NOW)
    with opened(editor):
        assert queries.draft_of(editor, service("demo-barnevern").id) is None
