"""The inventory of personal data: what each table holds, who erases it, how long it is kept. Read from the models."""

from dataclasses import dataclass

from django.apps import apps

from samvirke.access.inventory import Personal

# The library's tables, which cannot say it themselves.
OF_THE_LIBRARY = {
    "account.EmailAddress": Personal("e-postadressen til dem som logger inn", "med kontoen", "som kontoen"),
    "account.EmailConfirmation": Personal("brukes ikke; tabellen er tom", "–", "–"),
    "mfa.Authenticator": Personal(
        "passnøkler, apper og reservekoder til dem som logger inn; hemmelighetene er forseglet",
        "den det gjelder, eller administratoren",
        "til de fjernes",
    ),
    "usersessions.UserSession": Personal(
        "IP-adresse og nettleser til dem som er logget inn, og når de sist gjorde noe",
        "den det gjelder; ellers ryddingen",
        "til økten slutter, høyst ti timer",
    ),
    "sessions.Session": Personal(
        "hvem som er logget inn; innholdet er forseglet", "ryddingen", "høyst ti timer"
    ),
    "socialaccount.SocialAccount": Personal(
        "kommunens kjennetegn for dem som logger inn med identitetstjeneste; ingen andre opplysninger",
        "med kontoen",
        "som kontoen",
    ),
    "socialaccount.SocialToken": Personal("brukes ikke; tabellen er tom", "–", "–"),
}


@dataclass(frozen=True)
class Holding:
    """One table with personal data."""

    room: str
    table: str
    personal: Personal


def holdings() -> list[Holding]:
    """Return every table with personal data, ours by room and then the library's."""
    told = [(model, getattr(model, "personal", None)) for model in apps.get_models()]
    found = [
        Holding(model.__module__.split(".")[1], model.__name__, personal)
        for model, personal in told
        if isinstance(personal, Personal)
    ]
    library = [Holding("allauth", label, personal) for label, personal in OF_THE_LIBRARY.items()]
    return sorted(found, key=lambda one: (one.room, one.table)) + library
