"""Which kind of service, and for whom: our own fields, else the terms of whatever taxonomy the file uses."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.finnhjelp.site import Group
from samvirke.catalogue.importing import reading
from samvirke.catalogue.importing.building import KIND, Builder
from samvirke.catalogue.importing.objects import Service, listed, objects, plain
from samvirke.catalogue.importing.words import GROUP_WORDS

LOS = "https://psi.norge.no/los/ord/"
LOS_KINDS = {
    "legevakt": "legevakt",
    "krisesenter": "krisesenter",
    "psykisk-helse": "psykisk-helse-rus",
    "hjelp-ved-rusavhengighet": "psykisk-helse-rus",
    "legehjelp": "fastlege",
    "helsestasjon": "helsestasjon",
    "helsestasjon-for-ungdom": "helsestasjon",
    "skolehelsetjeneste": "skolehelsetjeneste",
    "barnevern": "barnevern",
    "pedagogisk-psykologisk-tjeneste": "ppt",
    "stotte-til-familier": "familievern",
    "tolketjeneste": "tolk",
}
"""Words of LOS, the public sector's vocabulary, that mean one of our kinds."""


def put_kind(found: Builder, service: Service, kinds: Mapping[str, str]) -> None:
    """Add the kind that the file names: by our own field, by its terms, or by the service's name. Else ask for it."""
    if service.get(KIND):
        reading.put_kind(found, str(service[KIND]), kinds)
        return
    terms = [term for one in objects(found, service, "attributes") for term in _words(one)]
    meant = dict.fromkeys(key for term in terms if (key := _kind(term, kinds)))
    if not meant:
        names = [str(service.get(name) or "") for name in ("name", "alternate_name")]
        meant = dict.fromkeys(
            kinds[name.strip().casefold()] for name in names if name.strip().casefold() in kinds
        )
    if len(meant) == 1:
        found.fields["kind"] = next(iter(meant))
    elif meant:
        found.refuse(
            KIND,
            _("Kategoriene peker på flere typer tjenester: {kinds}. Velg én av dem.").format(
                kinds=", ".join(meant)
            ),
        )
        found.asked = listed(list(meant))
    else:
        reading.put_kind(found, terms[0] if terms else "", kinds)
        found.asked = listed(list(dict.fromkeys(terms)), 3)


def put_groups(found: Builder, service: Service) -> None:
    """Add the target groups that the file names by our own field, or by terms we know."""
    given = service.get("target_groups")
    if given is not None:
        words = given if isinstance(given, list) else [given]
        found.put(
            "target_groups",
            lambda all_words: {"groups": reading.groups(";".join(map(plain, all_words)))},
            words,
        )
        return
    terms = [term.casefold() for one in objects(found, service, "attributes") for term in _words(one)]
    codes = {GROUP_WORDS.get(term, term) for term in terms} & {group.value for group in Group}
    if codes:
        found.fields["groups"] = values.groups(codes)


def _kind(term: str, kinds: Mapping[str, str]) -> str | None:
    if term.startswith(LOS):
        return LOS_KINDS.get(term.removeprefix(LOS))
    return kinds.get(term.strip().casefold())


def _words(attribute: Service) -> Iterator[str]:
    """The ways an attribute names its term: the term's code, name and address, or the value alone."""
    term = attribute.get("taxonomy_term")
    if isinstance(term, Mapping):
        for key in ("term_uri", "code", "name"):
            if isinstance(term.get(key), str) and term[key]:
                yield term[key]
    elif isinstance(attribute.get("value"), str) and attribute["value"]:
        yield attribute["value"]
