"""Messages: to whom (kind and id), which template, about which ids, and how far each has come.

Address and words are asked for when a message is sent and never stored. The one exception is `Recorded`, where a
demonstration keeps what it did not send, and an exercise the words alone; the database takes it nowhere else.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.messaging.rules import CHANNELS, ENDED, HELD, State

STATES = [one.value for one in State]
ARE_HELD, HAVE_ENDED = sorted(one.value for one in HELD), sorted(one.value for one in ENDED)


class Message(models.Model):
    """One message to one recipient. `id` is also its Message-ID and its reference at the SMS gateway."""

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=5)
    recipient_kind = models.SlugField(max_length=40)
    recipient_id = models.CharField(max_length=64)
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=3, blank=True)  # the one it was last written in
    about = models.JSONField(default=dict, blank=True)  # ids that the template needs
    exercise = models.BooleanField(default=False)  # written down, never sent
    state = models.CharField(max_length=12, default=State.QUEUED.value)
    reason = models.CharField(max_length=20, blank=True)  # a code of rules.Reason
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not tried before
    give_up_at = models.DateTimeField()  # not tried again after
    asked_at = models.DateTimeField(null=True)  # when a job was last written for it; null: it wants one
    claim = models.UUIDField(
        null=True
    )  # whose try it is; a worker that comes late cannot write over a newer one
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    parts = models.PositiveSmallIntegerField(null=True)  # of an SMS
    reference = models.CharField(max_length=100, blank=True)  # the gateway's own id

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="message_channel_is_known", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="message_that_is_held_is_held_by_one",
                condition=~Q(state__in=ARE_HELD) | Q(claim__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_ends_when_it_has_ended",
                condition=Q(state__in=HAVE_ENDED, ended_at__isnull=False)
                | Q(~Q(state__in=HAVE_ENDED), ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_is_tried_before_we_give_up", condition=Q(give_up_at__gt=F("created_at"))
            ),
        ]
        indexes = [
            models.Index(name="message_by_place", fields=["municipality", "-created_at", "-id"]),
            models.Index(name="message_that_waits", fields=["due_at"], condition=Q(state=State.QUEUED.value)),
            models.Index(name="message_that_is_held", fields=["claimed_at"], condition=Q(state__in=ARE_HELD)),
            models.Index(name="message_by_age", fields=["created_at"]),
        ]


class Recorded(models.Model):
    """What a demonstration or an exercise would have sent. A policy lets it be written there and nowhere else.

    An exercise in a real installation leaves no address.
    """

    holds = "PERSONAL"
    tenant = "municipality"
    personal = Personal(
        what="meldinger som en demonstrasjon eller en øvelse ikke har sendt: emne og tekst; i demonstrasjoner også adresse",
        erased_by="slettes av seg selv",
        kept="12 måneder",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.OneToOneField(Message, models.CASCADE, null=True, related_name="recorded")
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=5)
    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="recorded_channel_is_known", condition=Q(channel__in=CHANNELS))
        ]
