"""The crisis team's register, and the call-outs: who was called, what they answered, who was told.

Names, phones and addresses are sealed under the municipality's key. Of a link only a digest is kept.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samvirke.access.inventory import Personal
from samvirke.access.tenancy import TenantQuerySet
from samvirke.incidents.callout.rules import (
    ANSWER_WITHIN,
    LONGEST_WAIT,
    MOST_MINUTES,
    NOBODY_WITHIN,
    Answer,
    Because,
    Function,
)

FUNCTIONS = [one.value for one in Function]
LANGUAGES = ("nb", "nn", "en")
VERIFIED_HOW = ("desk", "link")
ANSWERED_HOW = ("link", "by-hand")
TEXTS = ("meet", "ready", "ring")


class TeamMember(models.Model):
    """Somebody in the team's register, or a contact who is told when nobody comes (legevakt, crisis leadership).

    `sealed`: name, phones and e-mail. Who has left keeps only the name, for the call-outs they took part in.
    """

    holds = "PERSONAL"
    personal = Personal(
        what="navn, telefon og e-post til kriseteamet og dem som skal varsles; forseglet med kommunens nøkkel",
        erased_by="lederen tar personen ut av listen: telefon og e-post slettes da",
        kept="så lenge personen er i teamet; navnet så lenge varslingene",
    )
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    function = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=1)  # in the function: who is called first
    sealed = models.BinaryField()
    language = models.CharField(max_length=2, default="nb")
    deputy = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    account = models.UUIDField(null=True)
    away_from = models.DateField(null=True)
    away_to = models.DateField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.UUIDField(null=True)  # null: the member, by link
    verified_how = models.CharField(max_length=4, blank=True)
    asked_at = models.DateTimeField(null=True)
    ask = models.UUIDField(null=True)  # which asking the link is of
    link_hash = models.BinaryField(null=True, unique=True)
    link_expires_at = models.DateTimeField(null=True)
    says_wrong_at = models.DateTimeField(null=True)  # the member said by link that something is wrong
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="team_member_in_one_municipality", fields=["id", "municipality"]),
            models.CheckConstraint(name="team_function_is_known", condition=Q(function__in=FUNCTIONS)),
            models.CheckConstraint(name="team_language_is_known", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(
                name="nobody_is_their_own_deputy", condition=Q(deputy=None) | ~Q(deputy=F("id"))
            ),
            models.CheckConstraint(
                name="team_member_is_away_from_before_to",
                condition=Q(away_from=None) | Q(away_to=None) | Q(away_to__gte=F("away_from")),
            ),
            models.CheckConstraint(
                name="team_verification_says_how",
                condition=Q(verified_at=None, verified_how="")
                | Q(verified_at__isnull=False, verified_how__in=VERIFIED_HOW),
            ),
            models.CheckConstraint(
                name="team_member_is_active_until_leaving",
                condition=Q(active=True, left_at=None) | Q(active=False, left_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="team_of_a_municipality", fields=["municipality", "active"])]


class CalloutTimes(models.Model):
    """How long a municipality waits: before the next is called, and before others are told that nobody comes."""

    holds = "TENANT"
    tenant = "municipality"

    municipality = models.OneToOneField(
        "reference.Municipality", models.PROTECT, primary_key=True, related_name="+"
    )
    answer_within = models.PositiveSmallIntegerField(default=ANSWER_WITHIN)
    nobody_within = models.PositiveSmallIntegerField(default=NOBODY_WITHIN)
    changed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="callout_waits_at_most_an_hour",
                condition=Q(answer_within__range=(1, LONGEST_WAIT), nobody_within__range=(1, LONGEST_WAIT)),
            ),
        ]


class Callout(models.Model):
    """One alert to the team: of an incident, or a test. `tell_at`: when others are told unless somebody comes.

    `functions` empty: everybody. `on_paper`: nothing was sent; what happened was written down afterwards.
    """

    holds = "TENANT"
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    incident = models.ForeignKey("incidents.Incident", models.PROTECT, null=True, related_name="+")
    test = models.BooleanField(default=False)
    exercise = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)
    functions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    unfilled = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    text = models.CharField(max_length=5, default="meet")
    place = models.BinaryField(null=True)  # where to meet, sealed
    answer_within = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told = models.PositiveSmallIntegerField(default=0)  # how many contacts
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="callout_in_one_municipality", fields=["id", "municipality"]),
            models.CheckConstraint(
                name="callout_is_of_an_incident_or_a_test",
                condition=Q(test=True, incident=None, exercise=False) | Q(test=False, incident__isnull=False),
            ),
            models.CheckConstraint(name="callout_text_is_known", condition=Q(text__in=TEXTS)),
            models.CheckConstraint(
                name="callout_tells_after_it_began", condition=Q(tell_at__gt=F("begun_at"))
            ),
            models.CheckConstraint(
                name="callout_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
            ),
        ]
        indexes = [
            models.Index(name="callouts_of_a_municipality", fields=["municipality", "-begun_at"]),
            models.Index(
                name="callout_that_may_tell",
                fields=["tell_at"],
                condition=Q(told_at=None, ended_at=None, on_paper=False),
            ),
        ]


class Call(models.Model):
    """One person who was called in one alert, and what they answered. `moved_on_at`: when the next was called instead."""

    holds = "PERSONAL"
    personal = Personal(
        what="hvem i kriseteamet som ble kalt ut, når, og hva de svarte; navnet står forseglet i teamets liste",
        erased_by="slettes sammen med hendelsen",
        kept="som kommunens plan for bevaring sier",
    )
    tenant = "municipality"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("reference.Municipality", models.PROTECT, related_name="+")
    callout = models.ForeignKey(Callout, models.PROTECT, related_name="calls")
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="+")
    function = models.CharField(max_length=20)  # which one is to be filled
    because = models.CharField(max_length=7)
    called_at = models.DateTimeField()
    due_at = models.DateTimeField()
    link_hash = models.BinaryField(null=True, unique=True)
    link_expires_at = models.DateTimeField(null=True)
    messages = ArrayField(models.UUIDField(), default=list, blank=True)
    answer = models.CharField(max_length=6, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=7, blank=True, default="")
    entered_by = models.UUIDField(null=True)  # who wrote it down by hand
    moved_on_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="nobody_is_called_twice_in_an_alert", fields=["callout", "member"]),
            models.CheckConstraint(name="call_is_for_a_known_function", condition=Q(function__in=FUNCTIONS)),
            models.CheckConstraint(
                name="call_says_why", condition=Q(because__in=[one.value for one in Because])
            ),
            models.CheckConstraint(
                name="call_answer_says_when_and_how",
                condition=Q(answer="", answered_at=None, answered_how="", minutes=None)
                | Q(answer=Answer.COMING.value, answered_at__isnull=False, answered_how__in=ANSWERED_HOW)
                | Q(
                    answer=Answer.CANNOT.value,
                    answered_at__isnull=False,
                    answered_how__in=ANSWERED_HOW,
                    minutes=None,
                ),
            ),
            models.CheckConstraint(
                name="call_minutes_are_few", condition=Q(minutes=None) | Q(minutes__lte=MOST_MINUTES)
            ),
        ]
        indexes = [
            models.Index(
                name="call_that_waits_for_an_answer",
                fields=["due_at"],
                condition=Q(answer="", moved_on_at=None),
            )
        ]
