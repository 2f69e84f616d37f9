"""Follow-up: who has the responsibility, what is next, what was tried, and how it ended.

The promise that no one is lost is held here by pointers, not by counting: an active follow-up points at an open step of
its own, at its contact person's and deputy's active memberships or at the moment it was queued, and a closed one at a
signed closing. The composite foreign keys are in migration 0002.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Case, Value, When

from samvirke.access.tenancy import TenantQuerySet
from samvirke.followup.models.people import SEALED, SOURCES, TRACE, Person
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.interpreting import Kind
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import REFERENCE, Part
from samvirke.followup.rules.plan import Owner

OPEN, DONE, CANCELLED, PAUSED = "open", "done", "cancelled", "paused"
ACTIVE, CLOSED = "active", "closed"
CHANNELS = ("phone", "meeting", "visit", "sms", "letter", "video", "e-mail", "other")


class Household(models.Model):
    """People who are visited together. Everyone keeps a plan of their own."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    closed_view = models.BooleanField(
        default=False
    )  # the family view is closed: unsafe to show them together

    objects = TenantQuerySet.as_manager()


class Followup(models.Model):
    """One person's follow-up after one incident."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=20)
    source = models.CharField(max_length=12)
    as_child = models.BooleanField(default=False, db_default=False)  # a child when they became known
    state = models.CharField(max_length=6, default=ACTIVE)
    live = models.GeneratedField(
        expression=Case(When(state=ACTIVE, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    stopped = models.BooleanField(default=False)  # never again: holds from the moment it was said
    fewer = models.BooleanField(default=False)  # wants fewer contacts: the plan leaves out those in between
    only = models.CharField(max_length=6, blank=True)  # "letter" or "sms": wants nothing else
    waits_for_message = models.BooleanField(default=False)  # the death message is not delivered: no contact
    priority = models.PositiveSmallIntegerField()
    event_at = models.DateTimeField()
    known_at = models.DateTimeField()
    first_reached_at = models.DateTimeField(null=True)
    queued_since = models.DateTimeField(null=True)
    contact_id = models.UUIDField(null=True)
    deputy_id = models.UUIDField(null=True)
    next_step_id = models.UUIDField(null=True)
    next_opens = models.DateTimeField(null=True)
    next_closes = models.DateTimeField(null=True)
    next_owner = models.CharField(max_length=15, null=True)
    closing_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_is_followed_up_once_per_incident", fields=["person", "incident"]
            ),
            models.UniqueConstraint(name="followup_is_in_one_municipality", fields=["id", "municipality"]),
            models.CheckConstraint(name="followup_state_is_known", condition=Q(state__in=(ACTIVE, CLOSED))),
            models.CheckConstraint(
                name="followup_part_is_known",
                condition=Q(part__in=[one.value for one in Part if one not in REFERENCE]),
            ),
            models.CheckConstraint(
                name="followup_wish_is_known", condition=Q(only__in=("", "letter", "sms"))
            ),
            models.CheckConstraint(name="followup_source_is_known", condition=Q(source__in=SOURCES)),
            models.CheckConstraint(
                name="active_followup_has_a_next_step",
                condition=Q(state=CLOSED)
                | Q(
                    next_step_id__isnull=False,
                    next_opens__isnull=False,
                    next_closes__isnull=False,
                    next_owner__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="active_followup_has_a_contact_or_waits_in_the_queue",
                condition=Q(state=CLOSED)
                | Q(contact_id__isnull=False, queued_since__isnull=True)
                | Q(contact_id__isnull=True, queued_since__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_person_has_a_deputy",
                condition=Q(state=CLOSED)
                | Q(contact_id__isnull=True, deputy_id__isnull=True)
                | (Q(contact_id__isnull=False, deputy_id__isnull=False) & ~Q(contact_id=F("deputy_id"))),
            ),
            models.CheckConstraint(
                name="who_must_not_be_contacted_waits_with_the_leader",
                condition=Q(state=CLOSED)
                | Q(stopped=False, waits_for_message=False)
                | Q(next_owner=Owner.LEADER.value),
            ),
            models.CheckConstraint(
                name="closed_followup_is_signed",
                condition=Q(state=ACTIVE, closing_id__isnull=True)
                | Q(state=CLOSED, closing_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="followups_of_a_contact",
                fields=["contact_id", "priority", "next_closes", "id"],
                condition=Q(live=True),
            ),
            models.Index(
                name="followups_of_a_deputy",
                fields=["deputy_id", "priority", "next_closes", "id"],
                condition=Q(live=True),
            ),
            models.Index(
                name="followups_of_a_team",
                fields=["municipality", "priority", "next_closes", "id"],
                condition=Q(live=True),
            ),
            models.Index(
                name="followups_by_deadline",
                fields=["municipality", "next_closes", "id"],
                condition=Q(live=True),
            ),
            models.Index(
                name="followups_in_the_queue",
                fields=["municipality", "priority", "queued_since", "id"],
                condition=Q(queued_since__isnull=False),
            ),
            models.Index(name="followups_of_an_incident", fields=["incident", "id"]),
        ]


class Step(models.Model):
    """One planned contact, or one thing the leader must decide. Over its deadline is computed, never stored.

    `reason`, `source` and `settled_because` are codes of words.py, or a template's own words. What somebody wrote
    about this person is sealed. Follow-up and municipality are held by one foreign key (people.py).
    """

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "reference.Municipality", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    followup = models.ForeignKey(
        Followup, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField(default=1)
    opens = models.DateTimeField()  # not before; after an unanswered call it may lie behind the deadline
    aim = models.DateTimeField()
    closes = models.DateTimeField()  # late after this
    owner = models.CharField(max_length=15, default=Owner.CONTACT.value)
    channel = models.CharField(max_length=7, default="phone")
    health = models.BooleanField(default=False)
    state = models.CharField(max_length=9, default=OPEN)
    is_open = models.GeneratedField(
        expression=Case(When(state=OPEN, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    template = models.CharField(
        max_length=60, blank=True
    )  # "direct 1"; empty: added by hand or by an outcome
    settled_at = models.DateTimeField(null=True)
    settled_because = models.CharField(max_length=300, blank=True)
    interpreter = models.CharField(
        max_length=7, blank=True, default="", db_default=""
    )  # booked: of which kind
    interpreter_language = models.CharField(max_length=8, blank=True, default="", db_default="")
    interpreter_at = models.DateTimeField(null=True)  # for when
    interpreter_gone = models.BooleanField(default=False, db_default=False)  # they cannot come
    own_interpreter = models.BinaryField(null=True)  # who was asked, or their reference, sealed
    own_reason = models.BinaryField(null=True)  # in somebody's own words, sealed: why it is planned
    own_ending = models.BinaryField(null=True)  # and why it was left out, or what the leader decided

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="step_stands_once_in_a_followup", fields=["followup", "code", "number"]
            ),
            models.CheckConstraint(
                name="step_state_is_known", condition=Q(state__in=(OPEN, DONE, CANCELLED, PAUSED))
            ),
            models.CheckConstraint(
                name="step_is_aimed_at_before_it_is_late", condition=Q(aim__lte=F("closes"))
            ),
            models.CheckConstraint(
                name="step_owner_is_known", condition=Q(owner__in=[one.value for one in Owner])
            ),
            models.CheckConstraint(
                name="settled_step_says_when",
                condition=Q(state__in=(OPEN, PAUSED)) | Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="booked_interpreter_says_which_and_when",
                condition=Q(interpreter="", interpreter_at__isnull=True, interpreter_gone=False)
                | Q(interpreter__in=[one.value for one in Kind], interpreter_at__isnull=False),
            ),
            models.CheckConstraint(
                name="skipped_step_says_why",
                condition=~Q(state__in=(CANCELLED, PAUSED)) | ~Q(settled_because=""),
            ),
        ]
        indexes = [
            models.Index(
                name="steps_that_wait_for_the_leader",
                fields=["municipality", "closes", "id"],
                condition=Q(state=OPEN, owner=Owner.LEADER.value),
            ),
            models.Index(
                name="renewed_offers",
                fields=["municipality", "state"],
                condition=Q(code__startswith="offer-"),
            ),
        ]


class Attempt(models.Model):
    """One try at reaching somebody. Rows are only added. Clinical content belongs in the journal system."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    followup = models.ForeignKey(Followup, models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    channel = models.CharField(max_length=7)
    outcome = models.CharField(max_length=17)
    sealed = models.BinaryField(
        null=True
    )  # the neutral note, and after acute danger what was done and by whom
    minutes = models.PositiveSmallIntegerField(null=True)
    chosen = models.DateTimeField(null=True)  # the moment the person chose

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attempt_outcome_is_known", condition=Q(outcome__in=[one.value for one in Outcome])
            ),
            models.CheckConstraint(name="attempt_channel_is_known", condition=Q(channel__in=CHANNELS)),
        ]
        indexes = [
            models.Index(name="attempts_of_a_followup", fields=["followup", "-at"]),
            models.Index(
                name="refusals", fields=["municipality", "at"], condition=Q(outcome=Outcome.NO_THANKS.value)
            ),
        ]


class Journalled(models.Model):
    """That health help was written in the approved journal system, when, and in which. Missing ones reach the leader."""

    holds = "PERSONAL"
    personal = TRACE
    tenant = "municipality"

    attempt = models.OneToOneField(Attempt, models.PROTECT, primary_key=True, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    system = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True)
    recorded_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="journalled_says_where_and_when",
                condition=Q(system="", on__isnull=True) | (~Q(system="") & Q(on__isnull=False)),
            )
        ]
        indexes = [
            models.Index(
                name="journal_notes_that_lack", fields=["municipality"], condition=Q(on__isnull=True)
            )
        ]


class Closing(models.Model):
    """The signed end of a follow-up. Rows are only added; who comes back gets a new beginning in the same follow-up."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    followup = models.ForeignKey(Followup, models.PROTECT, related_name="+")
    ending = models.CharField(max_length=15)
    sealed = models.BinaryField(null=True)
    signed_by = models.UUIDField()
    at = models.DateTimeField()
    way_back_told = models.BooleanField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closing_ending_is_known", condition=Q(ending__in=[one.value for one in Ending])
            )
        ]


class ContactChange(models.Model):
    """Who handed a person over to whom, with the hand-over note. Rows are only added."""

    holds = "PERSONAL"
    personal = SEALED
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    followup = models.ForeignKey(Followup, models.PROTECT, related_name="+")
    before_id = models.UUIDField(null=True)
    after_id = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    why = models.CharField(max_length=20)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="contact_changes", fields=["followup", "-at"])]


class PlanTemplate(models.Model):
    """A municipality's own version of a contact plan. Rows are only added; the newest version of a name counts."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    name = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    parts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    steps = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="template_version_stands_once", fields=["municipality", "name", "version"]
            )
        ]
