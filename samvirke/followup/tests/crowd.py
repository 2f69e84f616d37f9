"""Many at once on the same people: random acts in processes of their own, for the second tier.

    python -m samvirke.followup.tests.crowd together --processes 8 --seconds 15 --seed 1 --told FILE
    python -m samvirke.followup.tests.crowd killed --times 30 --seed 1 --told FILE

Each act that has returned is told as a line in FILE, with its code; each exception that is no refusal as "! …". The
parent imports Django once and forks, before any connection is made.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvirke.config.settings")
    django.setup()

from django.db.models import Count  # noqa: E402  (needs Django)

from samvirke.access.scope import Denied, NotYours, Scope, opened, system_scope  # noqa: E402
from samvirke.accounts.actions.members import end_membership  # noqa: E402
from samvirke.accounts.models import Membership  # noqa: E402
from samvirke.accounts.queries import holders  # noqa: E402
from samvirke.followup import actions  # noqa: E402
from samvirke.followup.actions.assigning import MAY_BE_CONTACT  # noqa: E402
from samvirke.followup.actions.attempts import Tried  # noqa: E402
from samvirke.followup.identity import Identity  # noqa: E402
from samvirke.followup.models import Followup, Step  # noqa: E402
from samvirke.followup.rules.closing import Ending  # noqa: E402
from samvirke.followup.rules.outcomes import Outcome  # noqa: E402
from samvirke.followup.rules.people import Part, Source  # noqa: E402
from samvirke.incidents.models import Incident  # noqa: E402
from samvirke.kit.errors import BadInput  # noqa: E402
from tests.cast import CAST, HALDEN  # noqa: E402

REFUSALS = (BadInput, NotYours, Denied)
FIRST_DAY = datetime.fromisoformat("2026-11-20T11:00:00+00:00")
DAY = timedelta(days=1)
LEAST, PATIENCE = 80, 45  # each tries so many acts, and takes so many seconds more when the machine is busy


@dataclass
class Actor:
    """Somebody who does whatever comes to mind, to people that all the others work with too."""

    random: Random
    told: Path

    def __post_init__(self) -> None:
        self.leader: Scope = CAST["team-leader"].scope(HALDEN)
        self.administrator: Scope = CAST["administrator"].scope(HALDEN)
        self.now, self.count = FIRST_DAY, 0
        self.handle = os.open(self.told, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.acts: Sequence[tuple[str, Callable[[], object], int]] = (
            ("followup.attempt.recorded", self.attempt, 8),
            ("followup.household.visited", self.visit, 1),
            ("followup.contact.assigned", self.assign, 4),
            ("followup.contact.changed", self.hand_over, 4),
            ("followup.step.settled", self.settle, 4),
            ("followup.step.skipped", self.skip, 2),
            ("followup.step.added", self.add, 1),
            ("followup.plan.paused", self.pause, 1),
            ("followup.followup.closed", self.close, 3),
            ("followup.stop.confirmed", self.confirm_stop, 2),
            ("followup.followup.reopened", self.reopen, 3),
            ("followup.message.delivered", self.deliver, 2),
            ("followup.person.registered", self.register, 1),
            ("accounts.membership.ended", self.leave, 1),
        )

    def act(self) -> None:
        """Do one thing, and tell when it is done. A refusal is an answer; anything else is told as it is."""
        (code, act, _weight), *_ = self.random.choices(self.acts, [one[2] for one in self.acts])
        self.now += timedelta(hours=self.random.randint(1, 9))
        self.count += 1
        try:
            act()
        except REFUSALS:
            return
        except Exception as error:  # noqa: BLE001  (what it was is what the test wants to know)
            code = f"! {code}: {type(error).__name__} {' '.join(str(error).split())}"
        os.write(self.handle, f"{code}\n".encode())

    def pick(self) -> Followup:
        with opened(system_scope("prøve")) as scope:
            rows = Followup.objects.visible_to(scope).filter(municipality=HALDEN).order_by("id")
            return self.random.choice(list(rows[:25]))

    def staff(self) -> tuple[UUID, UUID]:
        with opened(system_scope("prøve")) as scope:
            able = holders(scope, HALDEN, MAY_BE_CONTACT)
        return self.random.choice(able), self.random.choice(able)

    def tried(self) -> Tried:
        chosen = self.now + DAY * self.random.randint(1, 40) if self.random.random() < 0.2 else None
        outcome = self.random.choice(list(Outcome))
        return Tried("phone", outcome, note="Sagt klart.", chosen=chosen, done_what="113", by_whom="Kari")

    def attempt(self) -> object:
        return actions.record_attempt(self.leader, self.pick().id, self.tried(), now=self.now)

    def visit(self) -> object:
        with opened(system_scope("prøve")) as scope:
            rows = Followup.objects.visible_to(scope).filter(household__isnull=False)
            ids = list(rows.order_by("?").values_list("id", flat=True))
        return actions.record_household_visit(self.leader, {one: self.tried() for one in ids}, now=self.now)

    def assign(self) -> object:
        ids = list({self.pick().id for _ in range(self.random.randint(1, 3))})
        return actions.assign(self.leader, HALDEN, ids, *self.staff(), now=self.now, over_limit=True)

    def hand_over(self) -> object:
        return actions.hand_over(
            self.leader, self.pick().id, *self.staff(), "Ring kl. 16.", person_told="phone", now=self.now
        )

    def step(self, **wanted: str) -> UUID:
        with opened(system_scope("prøve")) as scope:
            rows = Step.objects.visible_to(scope).filter(state="open", municipality=HALDEN, **wanted)
            found = list(rows.order_by("closes", "id").values_list("id", flat=True)[:6])
        if not found:
            raise BadInput("Ingenting å gjøre.")
        return self.random.choice(found)

    def settle(self) -> object:
        again = self.now + DAY * self.random.randint(1, 30) if self.random.random() < 0.5 else None
        return actions.settle(
            self.leader, self.step(owner="team-leader"), "Avgjort.", contact_again=again, now=self.now
        )

    def skip(self) -> object:
        return actions.skip(self.leader, self.step(owner="contact-person"), "Prøve.", now=self.now)

    def add(self) -> object:
        aim = self.now + 20 * DAY
        return actions.add_step(self.leader, self.pick().id, "trial", aim, "Prøve.", now=self.now)

    def pause(self) -> object:
        return actions.pause(self.leader, self.pick().id, self.now + 20 * DAY, "Prøve.", now=self.now)

    def close(self) -> object:
        one, ending = self.pick(), self.random.choice(list(Ending))
        return actions.close(self.leader, one.id, ending, "Prøve.", way_back_told=True, now=self.now)

    def confirm_stop(self) -> object:
        return actions.confirm_stop(self.leader, self.pick().id, "Prøve.", now=self.now)

    def reopen(self) -> object:
        return actions.reopen(self.leader, self.pick().id, "Ringte selv.", now=self.now)

    def deliver(self) -> object:
        return actions.message_delivered(self.leader, self.pick().id, "Politiet", now=self.now)

    def register(self) -> object:
        with opened(system_scope("prøve")) as scope:
            incident = Incident.objects.visible_to(scope).values_list("id", flat=True)[0]
        who = Identity(first="Ny", last=f"Prøve{self.random.randint(0, 10**9)}", birth="1990")
        return actions.register(
            self.leader, incident, who, municipality=HALDEN, part=self.random.choice(list(Part)),
            source=Source.SELF, now=self.now,
        )  # fmt: skip

    def leave(self) -> object:
        """Let somebody with a role and people leave: never the cast, whose rights the others act with."""
        with opened(system_scope("prøve")) as scope:
            rows = Membership.objects.visible_to(scope).filter(active=True, municipality=HALDEN)
            able = rows.exclude(account_id__in=[one.id for one in CAST.values()]).annotate(n=Count("id"))
            found = list(able.values_list("account_id", flat=True))
        if len(found) <= 3:
            raise BadInput("Noen må bli igjen.")
        return end_membership(self.administrator, HALDEN, self.random.choice(found), now=self.now)


def together(processes: int, seconds: float, seed: int, told: Path) -> None:
    """Let the processes act until the time is up, and on a busy machine until each has done its part."""
    end = time.monotonic() + seconds
    children = [_begun(seed + number, told, end) for number in range(processes)]
    for child in children:
        os.waitpid(child, 0)


def killed(times: int, seed: int, told: Path) -> None:
    """Kill a process in the middle of its acts, again and again: somewhat after its first, however long that took."""
    random = Random(seed)
    for number in range(times):
        before = told.stat().st_size if told.exists() else 0
        child = _begun(seed + number, told, time.monotonic() + 60)
        latest = time.monotonic() + 20
        while time.monotonic() < latest and not (told.exists() and told.stat().st_size > before):
            time.sleep(0.01)
        time.sleep(random.random() * 0.25)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _begun(seed: int, told: Path, end: float) -> int:
    if child := os.fork():
        return child
    actor = Actor(Random(seed), told)
    while time.monotonic() < end or (actor.count < LEAST and time.monotonic() < end + PATIENCE):
        actor.act()
    os._exit(0)


def main(given: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("how", choices=["together", "killed"])
    parser.add_argument("--told", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args(given)
    if options.how == "together":
        together(options.processes, options.seconds, options.seed, options.told)
    else:
        killed(options.times, options.seed, options.told)


if __name__ == "__main__":
    main(sys.argv[1:])
