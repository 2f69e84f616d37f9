"""What the database says when it is asked directly, as the application's role."""

import pytest
from django.db import IntegrityError, connection, transaction

from samvirke.access.scope import opened, system_scope
from samvirke.followup.models import Attempt
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, NOW

BROKEN = {
    "no step": "UPDATE followup_followup SET next_step_id = NULL",
    "no municipality": "UPDATE followup_followup SET municipality_id = NULL",
    "nobody and no queue": "UPDATE followup_followup SET contact_id = NULL, deputy_id = NULL",
    "no deputy": "UPDATE followup_followup SET deputy_id = NULL",
    "a step of nobody": "UPDATE followup_followup SET next_step_id = gen_random_uuid()",
    "the only step done": "UPDATE followup_step SET state = 'done', settled_at = now() WHERE id IN "
    "(SELECT next_step_id FROM followup_followup)",
    "a deadline moved alone": "UPDATE followup_step SET closes = closes + interval '1 day'",
    "closed without signature": "UPDATE followup_followup SET state = 'closed'",
    "a contact person of nobody": "UPDATE followup_followup SET contact_id = gen_random_uuid()",
    "a contact person who left": "UPDATE accounts_membership SET active = false, ended_at = now() WHERE role = 'contact-person'",
    "another municipality": "UPDATE followup_followup SET municipality_id = '0301'",
    "own deputy": "UPDATE followup_followup SET deputy_id = contact_id",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_session_of_the_applications_role_cannot_lose_anybody(at_work, how):
    at_work.assigned()
    with pytest.raises(IntegrityError), opened(system_scope("prøve")), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BROKEN[how])
            assert cursor.rowcount
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "table", ["person", "followup", "step", "attempt", "closing", "tip", "block", "personkey"]
)
def test_the_applications_role_deletes_nobody(at_work, table):
    with (
        opened(system_scope("prøve")),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM followup_{table}")


def test_an_attempt_is_never_rewritten(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NO_ANSWER, NOW + DAY)
    with (
        opened(system_scope("prøve")) as scope,
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        Attempt.objects.visible_to(scope).update(outcome="accepts")
