"""Reminders: found by sweeping, one letter per person, municipality and round, never twice; counted over a hundred days."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from samvirke.access.models import Journal
from samvirke.access.scope import opened
from samvirke.catalogue import actions, letters, reminding, rules
from samvirke.catalogue.inputs import PhoneInput
from samvirke.catalogue.models import Reminder, Verification
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput
from samvirke.messaging.letters import Letter, Recipient
from samvirke.messaging.models import Message
from tests.cast import CAST, OSLO, move_in

EDITOR, APPROVER, ADMINISTRATOR, BOTH = (
    CAST[key].id for key in ("editor", "approver", "administrator", "both")
)
BY = "Redaktøren i Halden"
PIECES = 7  # of `whole`: all that it tells


@pytest.fixture
def cast(halden: str) -> None:
    """Halden with its people; the editor Eli answers for services that name nobody."""
    move_in()
    actions.set_default_verifier(CAST["administrator"].scope(HALDEN), HALDEN, EDITOR, now=NOW)


def confirmed(
    name: str = "Psykisk helse og rus", kind: str = "psykisk-helse-rus", at: datetime = NOW
) -> UUID:
    return actions.create_service(SYSTEM, HALDEN, whole(kind, name), now=at, confirmed_by=BY).service


def sent(round_: str = "") -> list[tuple[UUID, str]]:
    """Return who got which round, one entry for each letter."""
    rows = every(Reminder, **({"round": round_} if round_ else {}))
    return sorted(
        (account, one) for _, account, one in {(row.letter, row.account, row.round) for row in rows}
    )


def sweep(day: float) -> None:
    reminding.remind(NOW + timedelta(days=day))


def read(round_: str, account: UUID = EDITOR, language: str = "nb") -> Letter | None:
    """Return the newest letter of a round as it would be sent now."""
    row = max(every(Reminder, round=round_, account=account), key=lambda one: one.sent_at)
    with opened(SYSTEM), translation.override(language):
        return letters.reminder(Recipient(language=language), {"letter": row.letter}, NOW)


def test_day_by_day_through_a_hundred_days_there_are_three_letters(cast):
    confirmed()
    seen = []
    for day in range(101):
        before = len(every(Message))
        sweep(day)
        seen += [day] * (len(every(Message)) - before)
    assert seen == [76, 90, 97]
    assert sent() == sorted([(EDITOR, "soon"), (EDITOR, "due"), (APPROVER, "late")])
    assert len(every(Reminder)) == 3 * PIECES


def test_in_one_jump_of_a_hundred_days_there_are_two_letters(cast):
    confirmed()
    sweep(100)
    assert sent() == sorted([(EDITOR, "due"), (APPROVER, "late")])
    sweep(100)
    sweep(101)
    assert len(every(Message)) == 2


def test_a_letter_lists_all_services_of_the_person(cast):
    confirmed("Kriseteamet", "kriseteam")
    confirmed("Krisesenteret i Ås", "krisesenter")
    actions.set_verifier(CAST["editor"].scope(HALDEN), confirmed("PPT", "ppt"), BOTH, now=NOW)
    sweep(90)
    assert sent() == sorted([(EDITOR, "due"), (BOTH, "due")])
    letter = read("due")
    assert letter.subject == "Opplysninger for Halden må bekreftes på nytt"
    assert "– Krisesenteret i Ås: " in letter.text
    assert "– Kriseteamet: alle opplysningene. Frist: 18. februar 2027.\n" in letter.text
    assert "\nhttp://localhost:8000/arbeid/3101/\n" in letter.text
    assert "PPT" not in letter.text
    assert "PPT" in read("due", BOTH).text


def test_a_letter_names_the_pieces_when_they_are_not_all(cast):
    service = confirmed("Kriseteamet", "kriseteam")
    actions.confirm(SYSTEM, service, BY, now=NOW + timedelta(days=1), pieces=[rules.SERVICES, rules.ADDRESS])
    sweep(90)
    assert (
        "– Kriseteamet: målgruppe, åpningstid, telefonnummer, telefontid og hvordan folk får kontakt. Frist"
        in read("due").text
    )


def test_nobody_in_particular_means_all_editors(cast):
    actions.set_default_verifier(CAST["administrator"].scope(HALDEN), HALDEN, None, now=NOW)
    confirmed()
    sweep(90)
    assert sent() == sorted([(EDITOR, "due"), (BOTH, "due")])


def test_a_confirmation_starts_anew(cast):
    service = confirmed()
    sweep(80)
    actions.confirm(SYSTEM, service, BY, now=NOW + timedelta(days=82))
    sweep(100)
    assert sent() == [(EDITOR, "soon")]
    sweep(82 + 76)
    assert sent() == [(EDITOR, "soon"), (EDITOR, "soon")]


def test_a_piece_that_was_edited_is_missing_and_is_not_reminded_of(cast):
    service = confirmed()
    actions.edit_service(SYSTEM, service, {"phones": (PhoneInput("69174501", "24/7"),)}, now=NOW)
    sweep(90)
    assert {row.piece for row in every(Reminder)}.isdisjoint({rules.PHONE, rules.PHONE_HOURS})
    assert len(every(Reminder)) == PIECES - 2


def test_drafts_withdrawn_services_and_other_municipalities_are_left_alone(cast):
    actions.create_service(SYSTEM, HALDEN, whole("ppt", "Et utkast"), now=NOW)
    actions.withdraw(SYSTEM, confirmed(), now=NOW)
    actions.create_service(SYSTEM, OSLO, whole(), now=NOW, confirmed_by="Oslo")  # has not joined
    sweep(100)
    assert every(Message) == []
    assert every(Reminder) == []


def test_the_municipalitys_own_answers_are_reminded_of_too(cast):
    actions.confirm_duty(SYSTEM, HALDEN, rules.GP_SAME_DAY, BY, now=NOW)
    actions.answer_lacking(
        SYSTEM, HALDEN, "krisesenter", {"nb": "Vi samarbeider med Sarpsborg om krisesenter."}, BY, now=NOW
    )
    sweep(90)
    assert sent() == [(EDITOR, "due")]
    text = read("due").text
    assert "– Fastlegen skal gi øyeblikkelig hjelp på dagtid. Frist: 18. februar 2027." in text
    assert "– Krisesenter: svaret om at kommunen ikke har tjenesten. Frist" in text


def test_a_letter_leaves_out_what_was_done_since_and_is_dropped_when_nothing_is_left(cast):
    first, second = confirmed("Kriseteamet", "kriseteam"), confirmed("Barnevernet", "barnevern")
    sweep(90)
    actions.confirm(SYSTEM, first, BY, now=NOW + timedelta(days=90))
    assert "Kriseteamet" not in read("due").text
    assert "Barnevernet" in read("due").text
    actions.withdraw(SYSTEM, second, now=NOW + timedelta(days=90))
    assert read("due") is None


@pytest.mark.parametrize(
    ("language", "subject", "says"),
    [
        ("nb", "Bekreft opplysninger for Halden innen 18. februar 2027", "alle opplysningene"),
        ("nn", "Stadfest opplysningar for Halden innan 18. februar 2027", "alle opplysningane"),
        ("en", "Confirm information for Halden by 18 February 2027", "all information"),
    ],
)
def test_a_letter_is_in_the_recipients_language(cast, language, subject, says):
    confirmed()
    sweep(80)
    letter = read("soon", language=language)
    assert letter.subject == subject
    assert says in letter.text


def test_the_approver_is_told_what_did_not_help(cast):
    confirmed()
    sweep(97)
    letter = read("late", APPROVER)
    assert letter.subject == "Opplysninger for Halden er ikke bekreftet"
    assert "ingen har bekreftet" in letter.text
    assert "godkjenner eller administrator i Halden" in letter.text


def test_what_was_sent_stands_in_the_journal(cast):
    confirmed()
    sweep(100)
    (row,) = every(Journal, code="catalogue.reminder.sent")
    assert row.payload["about"] == {"letters": {"soon": 0, "due": 1, "late": 1}, "pieces": 2 * PIECES}
    assert row.municipality_id == HALDEN


def test_a_sweep_asks_few_questions_when_nothing_is_due(cast, django_assert_max_num_queries):
    confirmed()
    with django_assert_max_num_queries(8):
        sweep(1)


def test_where_there_is_nobody_to_remind_it_waits_for_somebody(halden):
    confirmed()
    tally = reminding.remind(NOW + timedelta(days=90))
    assert (tally.municipalities, tally.unreached) == (0, [HALDEN])
    move_in()
    tally = reminding.remind(NOW + timedelta(days=91))
    assert (tally.municipalities, sum(tally.letters.values())) == (1, 2)


def test_trying_it_out_changes_nothing(cast):
    confirmed()
    tally = reminding.remind(NOW, as_of=NOW + timedelta(days=100), dry_run=True)
    assert Counter({"due": 1, "late": 1}) == Counter({k.value: n for k, n in tally.letters.items()})
    assert tally.pieces == 2 * PIECES
    assert every(Message) == []


def test_a_municipality_that_fails_does_not_hold_up_the_others(cast, monkeypatch):
    confirmed()
    actions.join_municipality(SYSTEM, OSLO, now=NOW)
    actions.create_service(SYSTEM, OSLO, whole(phones=()), now=NOW, confirmed_by="Oslo")
    real = actions.verification.messaging.send

    def send(scope: Any, **given: Any) -> UUID:
        if given["municipality"] == OSLO:
            raise RuntimeError("borte")
        return real(scope, **given)

    monkeypatch.setattr(actions.verification.messaging, "send", send)
    with pytest.raises(RuntimeError, match="borte"):
        sweep(90)
    assert {row.municipality_id for row in every(Reminder)} == {HALDEN}
    monkeypatch.undo()
    sweep(90)
    assert {row.municipality_id for row in every(Reminder)} == {HALDEN, OSLO}
    assert sent("due").count((EDITOR, "due")) == 1


def test_an_answer_that_does_not_apply_is_still_right_in_one_click(cast):
    given = whole("kriseteam", "Kriseteamet", street_address="", postal_code="")
    service = actions.create_service(SYSTEM, HALDEN, given, now=NOW, confirmed_by=BY).service
    actions.answer_not_applicable(SYSTEM, service, rules.ADDRESS, {"nb": "Ingen lokaler"}, BY, now=NOW)
    sweep(90)
    assert rules.ADDRESS in {row.piece for row in every(Reminder)}
    later = NOW + timedelta(days=90)
    actions.confirm_many(SYSTEM, [(service, [rules.ADDRESS, rules.PHONE])], BY, now=later)
    renewed = {row.piece: (row.state, row.verified_at) for row in every(Verification, service=service)}
    assert renewed[rules.ADDRESS] == ("not-applicable", later)
    assert renewed[rules.PHONE] == ("confirmed", later)
    assert renewed[rules.SERVICES] == ("confirmed", NOW)
    with pytest.raises(BadInput, match="ikke fylt ut"):
        actions.confirm(SYSTEM, service, BY, now=later, pieces=[rules.CHANNELS])
