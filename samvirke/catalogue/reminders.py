"""Tables of verification: what was sent as reminders, and times in which confirmations count for fewer days."""

import uuid

from django.db import models
from django.db.models import F, Q

from samvirke.access.tenancy import TenantQuerySet
from samvirke.catalogue.verifying import LONGEST, Round


class Reminder(models.Model):
    """One piece in a letter to one person. Rows with the same `letter` went in the same e-mail.

    `municipality` None: of a service that belongs to none. Which confirmation it was stands in `confirmed_at`: a new confirmation has no reminders. Account and message stand
    without foreign keys, so that the row outlives them.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    letter = models.UUIDField()
    message = models.UUIDField()
    account = models.UUIDField()
    round = models.CharField(max_length=4)
    service = models.ForeignKey("catalogue.Service", models.CASCADE, null=True, related_name="+")
    piece = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    day = models.DateField()  # in Norway, as the sweep saw it
    sent_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="nobody_is_reminded_twice",
                fields=["municipality", "service", "piece", "confirmed_at", "round", "account", "due_at"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reminder_round_is_known", condition=Q(round__in=[one.value for one in Round])
            ),
            models.CheckConstraint(
                name="reminder_is_of_a_confirmation_that_runs_out", condition=Q(due_at__gt=F("confirmed_at"))
            ),
        ]
        indexes = [models.Index(name="reminders_of_a_letter", fields=["letter"])]


class Shortening(models.Model):
    """A time in which a municipality's confirmations count for fewer days than usual, and why.

    What counts now also stands in `Joined.shortened`, which public pages are made from; `reason` is for those who
    work there.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    begun_by = models.UUIDField(null=True)  # null: the system
    ended_at = models.DateTimeField(null=True)  # before its time
    ended_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shortening_is_between_a_day_and_a_year", condition=Q(days__range=(1, LONGEST))
            ),
            models.CheckConstraint(name="shortening_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="shortening_has_a_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(name="shortenings_of_a_place", fields=["municipality", "until"])]
