"""How somebody wants to be contacted, and what they have said about sharing. The plan follows the wish."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import plans, queries, words
from samvirke.followup.actions import pointing
from samvirke.followup.models import Consent, Followup, Person, Step
from samvirke.followup.models.contact import ACTIVE, CANCELLED, OPEN
from samvirke.followup.rules.plan import Owner
from samvirke.followup.rules.wishes import Ahead, left_out
from samvirke.kit.errors import BadInput

FEWER = "fewer"


@action("followup.wishes.recorded", needs=Need.PERSON_EDIT, says=_("førte hvordan en person ønsker kontakt"))
def record_wishes(
    scope: Scope, followup_id: UUID, *, fewer: bool, only: str, through_parents: bool, now: datetime
) -> Done:
    """Write how somebody wants to be contacted, and let the plan follow: fewer contacts, letter or SMS only.

    `through_parents`: it is safe to reach a young person through the parents. Raises BadInput.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if only not in words.ONLY:
        raise BadInput(gettext("Velg hvordan personen vil kontaktes."), field="only")
    fields = {"fewer": (one.fewer, fewer), "only": (one.only, only)}
    one.fewer, one.only = fewer, only
    one.save(update_fields=["fewer", "only"])
    person = queries.person(scope, one.person_id)
    fields["through_parents"] = (person.through_parents, through_parents)
    Person.objects.visible_to(scope).filter(id=person.id).update(through_parents=through_parents)
    if one.state == ACTIVE:
        follow_wish(scope, one, now)
        pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, fields)


@action(
    "followup.consent.recorded",
    needs=Need.PERSON_EDIT,
    says=_("førte hva en person har sagt om deling av opplysninger"),
)
def record_consent(  # noqa: PLR0913  (the parts of a consent, domain.md § 3.5 I)
    scope: Scope,
    followup_id: UUID,
    *,
    purpose: str,
    recipient: str,
    state: str,
    given_by: str,
    how: str,
    said_at: datetime,
    now: datetime,
) -> Done:
    """Write a consent, an objection or a withdrawal for one purpose and one recipient. The newest counts; all stay."""
    one = queries.followup(scope, followup_id, lock=True)
    known = {"purpose": words.PURPOSES, "recipient": words.RECIPIENTS, "state": words.CONSENT_STATES,
             "given_by": words.GIVEN_BY, "how": words.HOW}  # fmt: skip
    told = {"purpose": purpose, "recipient": recipient, "state": state, "given_by": given_by, "how": how}
    for field, value in told.items():
        if value not in known[field]:
            raise BadInput(gettext("Velg ett av alternativene."), field=field)
    if said_at > now:
        raise BadInput(gettext("Datoen kan ikke ligge i framtiden."), field="said_on")
    row = Consent(
        id=uuid4(), municipality_id=one.municipality_id, person_id=one.person_id, said_at=said_at,
        recorded_by=scope.account, **told,
    )  # fmt: skip
    row.save(force_insert=True)
    return Done(
        one.municipality_id, one.id, about={"purpose": purpose, "recipient": recipient, "state": state}
    )


def follow_wish(scope: Scope, one: Followup, now: datetime) -> None:
    """Let the plan follow the wish, inside another act that points afterwards."""
    mine = Step.objects.visible_to(scope).filter(followup=one.id, owner=Owner.CONTACT.value)
    if one.fewer:
        ahead = [
            Ahead(step.id, step.code, step.aim, step.health)
            for step in mine.filter(state=OPEN).exclude(template="")
        ]
        out = left_out(ahead, now)
        mine.filter(id__in=out).update(state=CANCELLED, settled_at=now, settled_because=FEWER)
    else:
        mine.filter(state=CANCELLED, settled_because=FEWER, closes__gt=now).update(
            state=OPEN, settled_at=None, settled_because=""
        )
    if one.only:
        mine.filter(state=OPEN).update(channel=one.only)
        return
    usual = {step.code: step.channel for step in plans.template_of(scope, one).steps}
    for step in mine.filter(state=OPEN, channel__in=("letter", "sms")):
        step.channel = usual.get(step.code, "phone")
        step.save(update_fields=["channel"])
