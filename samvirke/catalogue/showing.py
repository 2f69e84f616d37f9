"""What residents see of a service, from what a writer gave and the pieces somebody has confirmed. Pure.

The published pages and the editor's preview both come through here: a preview can show nothing else than what
will stand on the page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from samvirke.catalogue import rules
from samvirke.catalogue.finnhjelp.site import (
    Access,
    ChannelKind,
    ChannelView,
    Group,
    Level,
    Notice,
    PhoneView,
    ServiceView,
    Text,
)
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput

_CHANNELS = {"chat": ChannelKind.CHAT, "sms": ChannelKind.SMS, "email": ChannelKind.EMAIL}
_VIDEO: Text = {"nb": "Videosamtale", "nn": "Videosamtale", "en": "Video call"}


@dataclass(frozen=True)
class Beside:
    """What a page tells of a service beside its own content. `slug`: its address on the site."""

    id: str
    slug: str
    checked: date
    checked_by: str
    phone_checked: date | None = None
    notice: Notice | None = None
    not_applicable: Mapping[str, Text] = field(default_factory=dict)
    outdated_languages: tuple[str, ...] = ()
    by_area: bool = False


def show(
    given: ServiceInput, sure: Collection[str], place_names: Mapping[str, str], beside: Beside
) -> ServiceView:
    """Return a service as residents see it. `sure`: the pieces somebody has confirmed; the others are left out.

    `place_names`: postal code → place.
    """
    for_whom = rules.TARGET_GROUPS in sure
    return ServiceView(
        id=beside.id,
        slug=beside.slug,
        actor=given.kind,
        level=Level(given.level),
        name=_text(given, "name"),
        description=_text(given, "description"),
        what_happens=_text(given, "what_happens"),
        audience=_text(given, "who") if for_whom else {},
        groups=tuple(Group(group) for group in given.groups) if for_whom else (),
        age_min=given.age_min if for_whom else None,
        age_max=given.age_max if for_whom else None,
        owner=given.owner,
        access=Access(given.access),
        access_text=_text(given, "how"),
        access_verified=rules.ACCESS in sure,
        phones=_phones(given.phones, beside.phone_checked, sure),
        opening_hours=(given.opening_hours or None) if rules.OPENING_HOURS in sure else None,
        address=_address(given, place_names) if rules.ADDRESS in sure else "",
        channels=tuple(map(_channel, given.channels)) if rules.CHANNELS in sure else (),
        url=given.url,
        languages=tuple(given.languages),
        interpreter=given.interpreter,
        price=_text(given, "price"),
        confidentiality=_text(given, "confidentiality"),
        premises=_text(given, "premises"),
        how_professionals_alert=_text(given, "alert"),
        notice=beside.notice,
        checked=beside.checked,
        checked_by=beside.checked_by,
        not_applicable=beside.not_applicable,
        outdated_languages=beside.outdated_languages,
        by_area=beside.by_area,
    )


def _phones(
    phones: Collection[PhoneInput], checked: date | None, sure: Collection[str]
) -> tuple[PhoneView, ...]:
    if rules.PHONE not in sure:
        return ()
    return tuple(
        PhoneView(
            e164=phone.number,
            label=phone.label,
            for_residents=phone.for_residents,
            verified_at=checked,
            hours=(phone.hours or None) if rules.PHONE_HOURS in sure else None,
        )
        for phone in phones
    )


def _channel(channel: ChannelInput) -> ChannelView:
    label = channel.label or (_VIDEO if channel.kind == "video" else {})
    return ChannelView(
        _CHANNELS.get(channel.kind, ChannelKind.WEB), channel.address, label, channel.hours or None
    )


def _text(given: ServiceInput, piece: str) -> dict[str, str]:
    found = {language: getattr(text, piece) for language, text in given.texts.items()}
    return {language: text for language, text in found.items() if text}


def _address(given: ServiceInput, place_names: Mapping[str, str]) -> str:
    place = " ".join(filter(None, (given.postal_code, place_names.get(given.postal_code, ""))))
    return ", ".join(filter(None, (given.street_address, place if given.street_address else "")))
