"""Who steps outside the scope of a person: every such place is known, with the reason. A new one is a decision."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house_rules import parsed

PROJECT = Path(__file__).parent.parent
WORDS = {"across_tenants", "system_scope"}

# "file:function word" → why it is right. Twice in one function: "× 2" after the word.
CALLERS = {
    "samvirke/access/chain.py:seal_rows system_scope": "the sweep that seals the logs of all municipalities",
    "samvirke/accounts/actions/members.py:_active_elsewhere system_scope": "an account closes with its last role anywhere",
    "samvirke/accounts/actions/tidying.py:tidy system_scope": "the sweep that blanks old invitations",
    "samvirke/accounts/letters.py:invitation system_scope": "the worker writes a letter about one invitation",
    "samvirke/accounts/management/commands/create_administrator.py:invited system_scope": "whoever is on the machine",
    "samvirke/accounts/post.py:_to_account system_scope": "a letter about one's own account belongs to no municipality",
    "samvirke/accounts/queries.py:held across_tenants": "somebody's own roles, which the database shows them",
    "samvirke/accounts/queries.py:invitation_by_token system_scope": "whoever has the signed link is not anybody yet",
    "samvirke/accounts/queries.py:invitations_for system_scope": "whoever comes with an identity provider is not anybody yet",
    "samvirke/accounts/recipients.py:invitation system_scope": "the worker finds one invitation's address",
    "samvirke/catalogue/actions/versions.py:add across_tenants": "versions of services that were opened, many at a time",
    "samvirke/catalogue/management/commands/import_services.py:read_in system_scope": "whoever is on the machine",
    "samvirke/catalogue/queries.py:whole across_tenants × 5": "parts of services that were opened, in one query each",
    "samvirke/catalogue/queries_verification.py:_standing across_tenants": "a condition on rows of the scope's",
    "samvirke/catalogue/reminding.py:_in_one system_scope": "the sweep that reminds, for one municipality",
    "samvirke/catalogue/reminding.py:_waiting system_scope": "the sweep that finds who is to be reminded",
    "samvirke/catalogue/tasks.py:carry_import system_scope": "the worker goes on with what somebody has begun, in their name",
    "samvirke/catalogue/tasks.py:erase_imports system_scope": "the sweep that erases what old files held",
    "samvirke/config/management/commands/simulate.py:act system_scope": "figures of a simulation, in a database of its own",
    "samvirke/config/management/commands/simulate.py:check system_scope": "the promise in a simulation's own database",
    "samvirke/followup/management/commands/import_affected.py:act system_scope": "whoever is on the machine",
    "samvirke/followup/management/commands/import_affected.py:incident system_scope": "whoever is on the machine",
    "samvirke/followup/views/public.py:_answer system_scope": "whoever writes on the public page is not anybody here",
    "samvirke/followup/tasks.py:tidy system_scope": "the sweep that empties old messages and closes pages of incidents that are over",
    "samvirke/followup/simulation/course.py:begin system_scope": "a simulation, in a database of its own",
    "samvirke/followup/simulation/course.py:hire system_scope": "a simulation, in a database of its own",
    "samvirke/followup/simulation/course.py:home system_scope": "a simulation, in a database of its own",
    "samvirke/followup/simulation/course.py:shift system_scope": "a simulation, in a database of its own",
    "samvirke/incidents/feeds.py:of system_scope": "a calendar programme with a secret address is not anybody yet",
    "samvirke/incidents/queries.py:_shared across_tenants": "those who take part see it too: the database's policy decides",
    "samvirke/demo/drill.py:_come_to_work system_scope": "the drill of the invented municipality, by the owner",
    "samvirke/demo/drill.py:_incident system_scope": "the drill of the invented municipality, by the owner",
    "samvirke/demo/drill.py:_join system_scope": "the drill of the invented municipality, by the owner",
    "samvirke/demo/drill.py:load_drill system_scope": "the drill of the invented municipality, by the owner",
    "samvirke/demo/team.py:load_team system_scope": "the crisis team of the invented municipality, by the owner",
    "samvirke/demo/actions.py:fill system_scope": "the invented municipality, by the owner",
    "samvirke/incidents/callout/queries.py:call_by_token system_scope": "whoever has the secret link is not anybody yet",
    "samvirke/incidents/callout/queries.py:member_by_token system_scope": "whoever has the secret link is not anybody yet",
    "samvirke/incidents/callout/running.py:_each system_scope": "the sweep, for one municipality's alert or member",
    "samvirke/incidents/callout/running.py:ask_due system_scope": "the sweep that finds numbers to be confirmed",
    "samvirke/incidents/callout/running.py:escalate_due system_scope": "the sweep that finds alerts in which something is due",
    "samvirke/incidents/callout/views/answering.py:answer system_scope": "who was called answers by a link, without login",
    "samvirke/incidents/callout/views/answering.py:own system_scope": "a member answers by a link, without login",
    "samvirke/messaging/delivery.py:_everywhere system_scope": "the worker that sends what has been queued",
    "samvirke/messaging/delivery.py:_packed system_scope": "the worker, for one message's municipality",
    "samvirke/messaging/management/commands/message_status.py:act system_scope": "the operator counts, and sees no content",
    "samvirke/messaging/transports/recording.py:_record system_scope": "a demonstration keeps what it did not send",
}


def calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the function that each call stands in, and the word."""
    inside = {
        id(node): function.name  # the innermost comes last
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WORDS:
                yield inside.get(id(node), ""), name


def test_every_step_outside_a_persons_scope_is_known():
    found = Counter(
        f"{path.relative_to(PROJECT).as_posix()}:{function} {word}"
        for path in sorted((PROJECT / "samvirke").rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
        for function, word in calls(parsed(path))
    )
    named = {name if times == 1 else f"{name} × {times}" for name, times in found.items()}
    assert named == set(CALLERS), "say in CALLERS why it must be so, or pass the person's own scope"


def test_a_planted_call_is_found():
    tree = ast.parse(
        "def f():\n    def g():\n        return Row.objects.across_tenants(why='')\nsystem_scope('')"
    )
    assert sorted(calls(tree)) == [("", "system_scope"), ("g", "across_tenants")]
