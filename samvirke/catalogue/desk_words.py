"""What the desk says of each thing to mend, and what the person can press. Call inside the screen's language."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samvirke.catalogue import desk, labels, rules, wording
from samvirke.catalogue.desk import Line, Seen, Urgency, What
from samvirke.catalogue.desk_queries import Whole
from samvirke.catalogue.finnhjelp.words import join, pick
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import source_text
from samvirke.catalogue.rules import Facts
from samvirke.ui.hours_words import language

FIELD_OF = {
    rules.SERVICES: "id_name",
    rules.TARGET_GROUPS: "id_groups_0",
    rules.OPENING_HOURS: "id_opening_hours_d0-from1",
    rules.PHONE: "id_phones-0-number",
    rules.PHONE_HOURS: "id_phones-0-hours_d0-from1",
    rules.ADDRESS: "id_street_address",
    rules.ACCESS: "id_access_0",
    rules.CHANNELS: "kanaler",
}
"""The input of the service form where a piece is told; the part of the form for the channels, of which there may be none."""

TAGS = {"draft": "draft", "confirmed": "ok", "withdrawn": "off"}
"""State of a service → how its tag looks (ui/staff/_tag.html)."""

Link = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line of the desk: what is the matter, and how to mend it with one click.

    `values`: what is confirmed by the button (its name, what it says, where to change it), so that nobody confirms
    what they have not seen.
    """

    title: str
    text: str
    url: str = ""
    links: tuple[Link, ...] = ()
    values: tuple[tuple[str, str, str], ...] = ()
    confirm: str = ""
    button: str = ""
    pieces: tuple[str, ...] = ()
    by: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    who: str = ""  # the one who answers for the service


@dataclass(frozen=True)
class Group:
    """The lines of one urgency."""

    code: str
    title: str
    rows: tuple[Row, ...]


Confirmers = Callable[[Service | None], str]
"""Who confirms a service, to be offered again; None: the municipality itself."""


def groups(
    found: Whole,
    place_names: Mapping[str, str],
    confirmers: Confirmers,
    responsible: Mapping[str, str],
    only: Collection[str] | None = None,
) -> list[Group]:
    """Return the desk's lines with their words. `responsible`: who answers for each service, by id.

    `only`: the services whose lines are wanted; None: all lines.
    """
    names = {
        Urgency.WRONG: _("Feil på siden"),
        Urgency.DUE: _("Må bekreftes på nytt"),
        Urgency.MISSING: _("Mangler på siden"),
        Urgency.SOON: _("Må snart bekreftes på nytt"),
        Urgency.TIDY: _("Rydd opp"),
    }
    writer = _Writer(found, place_names, confirmers)
    told: dict[Urgency, list[Row]] = {}
    for line in found.lines:
        if only is None or line.service in only:
            row = replace(writer.row(line), who=responsible.get(line.service or "", ""))
            told.setdefault(line.urgency, []).append(row)
    return [Group(one.name.lower(), names[one], tuple(told[one])) for one in Urgency if one in told]


class _Writer:
    def __init__(self, found: Whole, place_names: Mapping[str, str], confirmers: Confirmers) -> None:
        self.found, self.places, self.confirmers = found, place_names, confirmers
        self.code = found.place.code

    def row(self, line: Line) -> Row:
        say: Mapping[What, Callable[[Line], Row]] = {
            What.NO_WAY_IN: self.broken,
            What.NO_THROUGH: self.broken,
            What.UNREADABLE: self.broken,
            What.HIDDEN: self.again,
            What.DUE: self.again,
            What.SOON: self.again,
            What.LACKING: self.lacking,
            What.DRAFT: self.draft,
            What.MISSING: self.missing,
            What.DUTY: self.duty,
            What.OUTDATED: self.outdated,
            What.NOTICE_OVER: self.notice_over,
        }
        return say[line.what](line)

    def address(self, line: Line, piece: str = "") -> str:
        """The service's form, at the field of a piece."""
        found = reverse("catalogue-service", args=[self.code, line.service])
        return f"{found}#{FIELD_OF[piece]}" if piece in FIELD_OF else found

    def broken(self, line: Line) -> Row:
        texts = {
            What.NO_WAY_IN: (
                _("Innbyggerne kan ta kontakt selv, men siden sier ikke hvordan."),
                _("Skriv telefonnummeret"),
            ),
            What.NO_THROUGH: (
                _("Siden sier at man må gå gjennom en annen tjeneste, men ikke hvilken."),
                _("Velg tjenesten"),
            ),
            What.UNREADABLE: (_("Tidene kan ikke leses og vises ikke."), _("Skriv tidene på nytt")),
        }
        text, link = texts[line.what]
        return Row(line.name, text, self.address(line), ((link, self.address(line, line.pieces[0])),))

    def again(self, line: Line) -> Row:
        """A button that confirms, beside what it confirms."""
        service = self.found.service(line.service)
        if service is None:
            return self.kind_again(line)
        texts = {
            What.HIDDEN: _("Ingen har bekreftet dette, så det vises ikke på siden: %(pieces)s."),
            What.DUE: _("Fristen var %(day)s."),
            What.SOON: _("Fristen er %(day)s."),
        }
        text = texts[line.what] % {"pieces": labels.pieces(line.pieces), "day": _day(line)}
        return Row(
            line.name,
            text,
            self.address(line),
            values=tuple(
                (labels.piece(piece), self.said(service, piece), self.address(line, piece))
                for piece in line.pieces
            ),
            confirm=reverse("catalogue-confirm", args=[self.code, line.service]),
            button=_("Bekreft") if line.what is What.HIDDEN else _("Stemmer fortsatt"),
            pieces=line.pieces,
            by=self.confirmers(service),
        )

    def said(self, service: Service, piece: str) -> str:
        for row in service.verifications.all():
            if row.piece == piece and row.state == rules.NOT_APPLICABLE:
                return _("gjelder ikke: %(reason)s") % {"reason": self.reason(row.reason)}
        return wording.piece(self.found.given[str(service.id)], piece, language(), self.places)

    def reason(self, texts: Mapping[str, str]) -> str:
        return pick(texts, self.language, self.found.place.default_language)

    @property
    def language(self) -> str:
        return self.found.place.default_language

    def kind_again(self, line: Line) -> Row:
        """The answer that the municipality has no service of a kind."""
        url = reverse("catalogue-lacking", args=[self.code, line.kind])
        answer = self.found.kind_answers.get(line.kind)
        return Row(
            self.kind(line),
            _("Dere har svart at dere ikke har dette. Frist: %(day)s.") % {"day": _day(line)},
            url,
            values=((_("svaret"), self.reason(answer.reason) if answer else "", url),),
            confirm=url,
            button=_("Stemmer fortsatt"),
            by=answer.verified_by if answer else "",
            hidden={"gjor": "stemmer"},
        )

    def lacking(self, line: Line) -> Row:
        links = []
        if line.kind in rules.MAY_LACK:
            links.append((_("Vi har ikke dette"), reverse("catalogue-lacking", args=[self.code, line.kind])))
        return Row(
            self.kind(line),
            _("Siden forteller ikke om dette."),
            links=tuple(links),
            confirm=reverse("catalogue-templates", args=[self.code]),
            button=_("Hent malen"),
            hidden={"kinds": line.kind},
        )

    def draft(self, line: Line) -> Row:
        text = (
            _("Utkast. Fyll ut: %(pieces)s.") % {"pieces": labels.pieces(line.pieces)}
            if line.pieces
            else _("Utkastet er fylt ut. Se over, bekreft og publiser.")
        )
        field_ = line.pieces[0] if line.pieces else rules.SERVICES
        return Row(line.name, text, self.address(line), ((_("Fyll ut"), self.address(line, field_)),))

    def missing(self, line: Line) -> Row:
        links = [
            (_("Skriv %(piece)s") % {"piece": labels.piece(one)}, self.address(line, one))
            for one in line.pieces
        ]
        may = [one for one in line.pieces if one in rules.MAY_BE_NOT_APPLICABLE]
        if may:
            answer = reverse("catalogue-answer", args=[self.code, line.service])
            links.append((_("Gjelder ikke"), f"{answer}?opplysning={may[0]}"))
        return Row(line.name, _("Siden sier ikke dette."), self.address(line), tuple(links))

    def duty(self, line: Line) -> Row:
        [rule] = line.pieces
        title = str(labels.DUTIES[rule])
        if rule == rules.GP_SAME_DAY:
            return Row(
                title,
                _(
                    "Dette står på siden. Der står det også at de som er på besøk, har samme rett. Bekreft at det stemmer."
                ),
                values=((_("på siden"), _("Fastlegen skal gi øyeblikkelig hjelp i kontortiden."), ""),),
                confirm=reverse("catalogue-duty", args=[self.code]),
                button=_("Stemmer") if line.urgency is Urgency.MISSING else _("Stemmer fortsatt"),
                by=self.confirmers(None),
            )
        if rule == rules.ACUTE_SPECIALIST:
            new = reverse("catalogue-new", args=[self.code])
            text = _("Sykehuset har ikke lagt inn akuttmottaket sitt. Skriv hva det heter.")
            return Row(title, text, links=((_("Legg inn akuttmottaket"), f"{new}?type={rules.ACUTE_WARD}"),))
        own = next(
            (one for one in self.found.services if one.kind == rules.LEGEVAKT and one.state != "withdrawn"),
            None,
        )
        text = _("116 117 alene er ikke nok. Skriv også nummeret på åtte sifre.")
        if own is None:
            return Row(
                title,
                _(
                    "Legevakten er felles for flere kommuner. Be dem som har lagt den inn, om å skrive nummeret."
                ),
            )
        url = reverse("catalogue-service", args=[self.code, own.id])
        return Row(title, text, url, ((_("Skriv nummeret"), f"{url}#{FIELD_OF[rules.PHONE]}"),))

    def outdated(self, line: Line) -> Row:
        languages = [str(labels.LANGUAGES.get(code, code)) for code in line.languages]
        links = [
            (
                _("Oppdater %(language)s") % {"language": name},
                reverse("catalogue-translate", args=[self.code, line.service, code]),
            )
            for code, name in zip(line.languages, languages, strict=True)
        ]
        text = _("Teksten er endret etter at den ble oversatt: %(languages)s.") % {
            "languages": join(languages)
        }
        return Row(line.name, text, self.address(line), tuple(links))

    def notice_over(self, line: Line) -> Row:
        url = reverse("catalogue-notice", args=[self.code, line.service])
        text = _("Den midlertidige meldingen gjelder ikke lenger, og vises ikke.")
        return Row(
            line.name,
            text,
            self.address(line),
            confirm=url,
            button=_("Ta den bort"),
            hidden={"gjor": "fjern"},
        )

    def kind(self, line: Line) -> str:
        return self.found.names.get(line.kind, line.kind)


def tally(found: Whole) -> list[tuple[str, int, int]]:
    """How much of the letter is told, rule by rule: its name, how many are told, of how many."""
    counted: dict[str, list[str]] = {}
    for item in found.completeness.items:
        if item.state != rules.NOT_APPLICABLE:
            counted.setdefault(item.rule, []).append(item.state)
    return [
        (labels.piece(rule), states.count(rules.PRESENT), len(states))
        for rule in rules.RULES
        if (states := counted.get(rule))
    ]


def share(found: Whole) -> tuple[int, int]:
    """How many of the letter's points are told, of how many that count."""
    states = [item.state for item in found.completeness.items if item.state != rules.NOT_APPLICABLE]
    return states.count(rules.PRESENT), len(states)


def _day(line: Line) -> str:
    return date_format(localtime(line.since), "DATE_FORMAT") if line.since else ""


@dataclass(frozen=True)
class Listed:
    """A service in a list: its name, state, what is the matter, and when it was last confirmed."""

    name: str
    url: str
    kind: str
    state: str
    state_name: str
    tag: str
    problem: str
    checked: str
    owner: str


def listed(service: Service, names: Mapping[str, str], code: str, due: Mapping[str, str]) -> Listed:
    """Return a service as a line of the list. `due`: what is the matter with each service, by id."""
    days = [row.verified_at for row in service.verifications.all() if row.state == rules.CONFIRMED]
    return Listed(
        source_text(service).name,
        reverse("catalogue-service", args=[code, service.id]),
        names.get(service.kind, service.kind),
        service.state,
        str(labels.STATES[service.state]),
        TAGS[service.state],
        due.get(str(service.id), ""),
        date_format(localtime(min(days)), "DATE_FORMAT") if days and service.state == "confirmed" else "",
        service.owner,
    )


def problems(seen: Seen, facts: Facts, now: datetime) -> str:
    """Say in a few words what is the matter with a service; "" when nothing is."""
    said = {
        Urgency.WRONG: _("feil på siden"),
        Urgency.DUE: _("må bekreftes"),
        Urgency.MISSING: _("mangler noe"),
        Urgency.SOON: _("må snart bekreftes"),
        Urgency.TIDY: "",
    }
    found = [line for line in desk.lines([seen], facts, now) if line.service == seen.id]
    return said[found[0].urgency] if found else ""


@dataclass(frozen=True)
class Offered:
    """A template, before it is adopted."""

    kind: str
    name: str
    description: str
    url: str = ""


def offered(template: ServiceInput, found: Whole) -> Offered:
    """Return a template with its words; `url`: where to answer that the municipality has no such service."""
    text = template.texts.get(found.place.default_language) or template.texts["nb"]
    lacking = template.kind in rules.MAY_LACK and rules.of_kind(template.kind) not in found.facts.answers
    url = reverse("catalogue-lacking", args=[found.place.code, template.kind]) if lacking else ""
    return Offered(template.kind, found.names.get(template.kind, text.name), text.description, url)


def confirmable(found: Whole, place_names: Mapping[str, str], confirmers: Confirmers) -> dict[str, Row]:
    """Return what can be confirmed at once, by service: what is due, soon due, or not confirmed since it was changed."""
    writer = _Writer(found, place_names, confirmers)
    rows: dict[str, Row] = {}
    for line in found.lines:
        if line.service and line.what in (What.HIDDEN, What.DUE, What.SOON):
            row, before = writer.again(line), rows.get(line.service)
            rows[line.service] = (
                row
                if before is None
                else replace(row, pieces=(*before.pieces, *row.pieces), values=(*before.values, *row.values))
            )
    return rows


def next_draft(found: Whole, besides: str = "") -> Line | None:
    """Return the draft to fill in next, in the order of the page; None when there is none."""
    return next((line for line in found.lines if line.what is What.DRAFT and line.service != besides), None)


def field_of(line: Line) -> str:
    """Return the input where a draft goes on: that of the first piece it lacks, else where it is confirmed."""
    return FIELD_OF[line.pieces[0]] if line.pieces else "lagre"
