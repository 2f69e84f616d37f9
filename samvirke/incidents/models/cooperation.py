"""Other municipalities' part in an incident, meetings, calendars, and what is learned afterwards."""

import uuid

from django.db import models
from django.db.models import F, Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.incidents.models.incident import Incident


class Takeover(models.Model):
    """An offer to another municipality's team to lead. The lead stays until somebody there has accepted."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    to = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)  # null: not answered
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="takeover_is_by_another", condition=~Q(to=F("municipality"))),
            models.UniqueConstraint(
                name="one_takeover_is_offered_at_a_time",
                fields=["incident"],
                condition=Q(accepted__isnull=True),
            ),
            models.CheckConstraint(
                name="takeover_answer_has_a_time",
                condition=Q(accepted__isnull=True, answered_at__isnull=True)
                | Q(accepted__isnull=False, answered_at__isnull=False),
            ),
        ]


class Guest(models.Model):
    """A named member of another municipality who may work on this one incident, from their own, until a moment."""

    holds = "PERSONAL"
    personal = Personal(
        what="hvilke ansatte fra andre kommuner som arbeider med en hendelse",
        erased_by="systemeier når hendelsen er avsluttet og evaluert",
        kept="så lenge hendelsen oppbevares",
    )
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    home = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    until = models.DateTimeField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="guest_stands_once", fields=["incident", "account", "home"])
        ]


class Meeting(models.Model):
    """A meeting about an incident: words about who comes, never a person who was hit."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=300)
    invited = models.CharField(max_length=400)
    minutes_in = models.CharField(max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="meeting_ends_after_it_starts", condition=Q(ends__gt=F("starts")))
        ]
        indexes = [models.Index(name="meetings_of_an_incident", fields=["incident", "starts"])]


class CalendarKey(models.Model):
    """The digest of a member's secret calendar address in a municipality. Made anew, the old one opens nothing."""

    holds = "PERSONAL"
    personal = Personal(
        what="nøkkelen til kalenderen for dem som abonnerer på møter (bare som avtrykk)",
        erased_by="den det gjelder",
        kept="til den byttes eller slettes",
    )
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    account = models.UUIDField()
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_calendar_per_member_and_municipality", fields=["municipality", "account"]
            )
        ]


class Lesson(models.Model):
    """The answer to one question of the evaluation, with what is to be better, by whom, and when."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    sealed = models.BinaryField()  # the answer, what is to be done, and who does it
    deadline = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="lessons_of_an_incident", fields=["incident", "at"])]
