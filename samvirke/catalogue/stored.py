"""A stored service, fetched whole, in the form writers give it and in the form its versions keep it. No queries."""

from datetime import UTC
from typing import Any

from samvirke.catalogue import contents, inputs
from samvirke.catalogue.inputs import TEXT_FIELDS, ChannelInput, PhoneInput, ServiceInput, TextInput
from samvirke.catalogue.models import Service, ServiceText

SIMPLE_FIELDS = (
    "external_id owner level language groups age_min age_max access street_address postal_code opening_hours url "
    "languages interpreter"
).split()


def source_text(service: Service) -> ServiceText:
    """Return the text in the language the service is written in. Every service has one."""
    return next(text for text in service.texts.all() if text.language == service.language)


def as_input(service: Service) -> ServiceInput:
    """Return a stored service in the form writers give it."""
    phones = sorted(service.phones.all(), key=lambda row: row.order)
    channels = sorted(service.channels.all(), key=lambda row: row.order)
    simple = {name: getattr(service, name) for name in SIMPLE_FIELDS}
    return ServiceInput(
        **simple,
        kind=service.kind,
        through=service.through_actor_id or "",
        texts={
            row.language: TextInput(row.name, **{name: getattr(row, name) for name in TEXT_FIELDS})
            for row in service.texts.all()
        },
        phones=tuple(PhoneInput(row.number, row.phone_hours, row.label, row.for_residents) for row in phones),
        channels=tuple(ChannelInput(row.kind, row.address, row.hours, row.label) for row in channels),
    )


def snapshot(service: Service) -> dict[str, Any]:
    """Return a service whole, as its versions keep it: what it tells, its state, who has answered what, its notice."""
    source, notice = source_text(service), getattr(service, "notice", None)
    return {
        "service": contents.to_json(as_input(service)),
        "state": service.state,
        "answers": {
            row.piece: {
                "state": row.state,
                "reason": dict(row.reason),
                "by": row.verified_by,
                "at": row.verified_at.astimezone(UTC).isoformat(),
                "due": row.due_at.astimezone(UTC).isoformat(),
            }
            for row in sorted(service.verifications.all(), key=lambda row: row.piece)
        },
        "notice": notice
        and {
            "texts": dict(notice.texts),
            "starts": notice.starts.isoformat(),
            "ends": notice.ends.isoformat(),
        },
        "outdated": sorted(
            text.language
            for text in service.texts.all()
            if text.language != service.language and text.source_version < source.version
        ),
    }


def told(service: Service) -> frozenset[str]:
    """Return the codes of the pieces that have a value, confirmed or not."""
    return inputs.told(as_input(service))
