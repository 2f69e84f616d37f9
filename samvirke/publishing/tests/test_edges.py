"""Builds for the next edge: made ahead, switched on time; a worker that slept catches up."""

from datetime import timedelta

import pytest

from samvirke import jobs
from samvirke.jobs.worker import run_waiting
from samvirke.kit.hours import OSLO
from samvirke.publishing import actions, build
from samvirke.publishing.schedule import Span, Step, due, window
from samvirke.publishing.store import Store
from samvirke.publishing.tests.conftest import MORNING

THREE = MORNING.replace(hour=15, minute=0)
SECOND = timedelta(seconds=1)


def day(root, slug="oslo"):
    return (root / "www" / slug / "index.html").read_text().split(": ring")[0].rpartition("<p>")[2]


@pytest.mark.parametrize(
    ("minutes_before", "ahead", "step"),
    [
        (60, None, Step.NOTHING),
        (15, None, Step.AHEAD),
        (1, None, Step.AHEAD),
        (1, Span(THREE, THREE + timedelta(hours=9)), Step.NOTHING),
        (1, Span(THREE - timedelta(days=1), THREE), Step.AHEAD),
        (0, Span(THREE, THREE + timedelta(hours=9)), Step.SWITCH),
        (-1, Span(THREE, THREE + timedelta(hours=9)), Step.SWITCH),
        (0, None, Step.BUILD),
        (-600, Span(THREE, THREE + timedelta(hours=9)), Step.BUILD),  # the build made ahead is old too
    ],
)
def test_what_is_due(minutes_before, ahead, step):
    assert due(THREE - timedelta(minutes=minutes_before), Span(MORNING, THREE), ahead) is step


def test_a_site_without_edges_is_never_due():
    assert due(MORNING + timedelta(days=400), Span(MORNING, None), None) is Step.NOTHING


def test_midnight_is_begun_earlier_also_on_the_days_the_clocks_change():
    assert window(THREE) == timedelta(minutes=15)
    for date in ((2026, 3, 29), (2026, 10, 25), (2026, 3, 30), (2026, 12, 25)):
        midnight = MORNING.replace(year=date[0], month=date[1], day=date[2], hour=0, minute=0)
        assert window(midnight) == timedelta(minutes=60)
        assert window(midnight.astimezone(OSLO)) == timedelta(minutes=60)


def test_a_day_goes_by_second_by_second_around_the_edges(publish, root):
    publish()
    actions.make_due(THREE - timedelta(minutes=16), root)
    assert Store(root).slugs(root / "next") == []
    assert actions.make_due(THREE - timedelta(minutes=15), root) == 4
    assert Store(root).slugs(root / "next") == ["_national", "bergen", "oslo", "trondheim"]
    before = (root / "www/oslo").readlink()
    assert actions.switch_due(THREE - SECOND, root) == 0
    assert (root / "www/oslo").readlink() == before
    actions.switch_due(THREE, root)
    assert Store(root).linked(root / "www", "oslo").valid_from == THREE
    midnight = THREE.replace(hour=0) + timedelta(days=1)
    actions.make_due(midnight - timedelta(minutes=59), root)
    assert day(root) == "mandag 23. november"
    actions.switch_due(midnight - SECOND, root)
    assert day(root) == "mandag 23. november"
    assert actions.switch_due(midnight, root) == 4
    assert day(root) == "tirsdag 24. november"
    assert actions.make_due(midnight, root) == 0


def test_an_edit_after_the_build_ahead_is_in_both(publish, root, source):
    publish()
    midnight = MORNING.replace(hour=0, minute=0) + timedelta(days=1)
    actions.refresh("0301", midnight - timedelta(hours=2), root)
    actions.make_due(midnight - timedelta(minutes=50), root)
    source.FACTS["0301"] = "+4700000009"
    actions.refresh("0301", midnight - timedelta(minutes=30), root)
    assert "+4700000009" in (root / "www/oslo/index.html").read_text()
    actions.make_due(midnight - timedelta(minutes=29), root)
    actions.switch_due(midnight, root)
    assert day(root) == "tirsdag 24. november"
    assert "+4700000009" in (root / "www/oslo/index.html").read_text()


def test_a_worker_that_slept_builds_for_now(publish, root):
    publish()
    actions.make_due(THREE - timedelta(minutes=5), root)
    woke = MORNING + timedelta(days=3, hours=2)
    assert actions.switch_due(woke, root) == 0
    assert actions.make_due(woke, root) == 4
    assert day(root) == "torsdag 26. november"
    assert Store(root).slugs(root / "next") == []
    assert Store(root).linked(root / "www", "oslo").valid_from == woke


def test_many_sites_are_built_in_a_process_of_their_own(publish, root, monkeypatch):
    publish()
    called = []
    monkeypatch.setattr(actions, "FEW", 2)
    monkeypatch.setattr(actions.subprocess, "run", lambda command, **_: called.append(command))
    actions.make_due(THREE - timedelta(minutes=5), root)
    (command,) = called
    assert "--ahead" in command
    assert command[command.index("--at") + 1] == THREE.isoformat()
    assert set(command[command.index("--municipality") + 1 :]) == {"national", "0301", "4601", "5001"}


def test_missing_posters_are_made_a_few_at_a_time(publish, root):
    publish(documents=False)
    assert [actions.make_missing_documents(root, at_most=2) for _ in range(3)] == [2, 1, 0]
    assert (root / "www/trondheim/plakat.pdf").exists()


def test_an_edit_is_in_view_before_its_poster_is_drawn(publish, root, source):
    publish()
    source.DRAWN.clear()
    source.FACTS["0301"] = "+4700000009"
    actions.refresh("0301", MORNING + timedelta(minutes=1), root)
    assert "+4700000009" in (root / "www/oslo/index.html").read_text()
    assert source.DRAWN == []
    assert not (root / "www/oslo/plakat.pdf").exists(), "the old number must not be on the poster"
    assert actions.make_missing_documents(root) == 1
    assert (root / "www/oslo/plakat.pdf").read_bytes() == b"%PDF-1.7 +4700000009"
    assert source.DRAWN == ["+4700000009"]


def test_a_poster_that_says_the_same_is_not_drawn_again(publish, root, source):
    publish()
    source.DRAWN.clear()
    source.LOADED.clear()
    actions.refresh("0301", MORNING + timedelta(days=1), root)
    assert (root / "www/oslo/plakat.pdf").exists()
    assert actions.make_missing_documents(root) == 0
    assert source.DRAWN == []
    assert source.LOADED == [("0301",)], "the posters' sweep asked the database in vain"


def test_a_poster_drawn_while_its_site_was_built_is_linked(publish, root, monkeypatch):
    """The build has looked for the poster before it was there, and the poster went into the build before."""
    with monkeypatch.context() as patch:
        patch.setattr(build, "attach_documents", lambda *_: [])
        publish()
    assert not (root / "www/oslo/plakat.pdf").exists()
    assert list((root / "posters").iterdir())
    actions.make_missing_documents(root, at_most=3)
    assert (root / "www/oslo/plakat.pdf").exists()


def test_a_poster_that_comes_late_does_not_make_half_a_build(publish, root, source, monkeypatch):
    """Two edits while a poster is drawn take its build away; undoing them must give all the pages back."""
    publish(documents=False)

    def two_edits(phone: str) -> bytes:
        monkeypatch.undo()
        for number in (8, 9):
            source.FACTS["0301"] = f"+470000000{number}"
            actions.refresh("0301", MORNING, root)
        return b"%PDF-1.7 " + phone.encode()

    monkeypatch.setattr(source, "poster", two_edits)
    Store(root).withdraw("bergen")
    actions.make_missing_documents(root, at_most=1)
    source.FACTS["0301"] = "+4700000001"
    actions.refresh("0301", MORNING, root)
    assert "+4700000001" in (root / "www/oslo/index.html").read_text()


def test_a_hundred_edits_give_one_build(committed_db, publish, root, source):
    publish()
    source.LOADED.clear()
    source.FACTS["0301"] = "+4700000009"
    for _ in range(100):
        jobs.later("publishing.build", municipality="0301")
    run_waiting()
    assert source.LOADED == [("0301",)]
    assert "+4700000009" in (root / "www/oslo/index.html").read_text()
