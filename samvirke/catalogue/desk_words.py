"""What the desk says of each thing to mend, and what the person can press. Call inside the screen's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samvirke.catalogue import labels, rules, wording
from samvirke.catalogue.desk import Line, Urgency, What
from samvirke.catalogue.desk_queries import Whole
from samvirke.catalogue.finnhjelp.words import join, pick
from samvirke.catalogue.models import Service

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

Link = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line of the desk: what is the matter, and how to mend it with one click.

    `values`: what is confirmed by the button, so that nobody confirms what they have not seen.
    """

    title: str
    text: str
    url: str = ""
    links: tuple[Link, ...] = ()
    values: tuple[Link, ...] = ()
    confirm: str = ""
    button: str = ""
    pieces: tuple[str, ...] = ()
    by: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """The lines of one urgency."""

    code: str
    title: str
    rows: tuple[Row, ...]


def groups(
    found: Whole, place_names: Mapping[str, str], confirmers: Callable[[Service | None], str]
) -> list[Group]:
    """Return the desk's lines with their words. `confirmers`: who confirms a service, to be offered again."""
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
        told.setdefault(line.urgency, []).append(writer.row(line))
    return [Group(one.name.lower(), names[one], tuple(told[one])) for one in Urgency if one in told]


class _Writer:
    def __init__(
        self, found: Whole, place_names: Mapping[str, str], confirmers: Callable[[Service | None], str]
    ) -> None:
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
            tuple(
                (_("Endre %(piece)s") % {"piece": labels.piece(piece)}, self.address(line, piece))
                for piece in line.pieces
            ),
            tuple((labels.piece(piece), self.said(service, piece)) for piece in line.pieces),
            confirm=reverse("catalogue-confirm", args=[self.code, line.service]),
            button=_("Bekreft") if line.what is What.HIDDEN else _("Stemmer fortsatt"),
            pieces=line.pieces,
            by=self.confirmers(service),
        )

    def said(self, service: Service, piece: str) -> str:
        for row in service.verifications.all():
            if row.piece == piece and row.state == rules.NOT_APPLICABLE:
                return _("gjelder ikke: %(reason)s") % {"reason": self.reason(row.reason)}
        return wording.piece(self.found.given[str(service.id)], piece, self.language, self.places)

    def reason(self, texts: Mapping[str, str]) -> str:
        return pick(texts, self.language, self.found.place.default_language)

    @property
    def language(self) -> str:
        return self.found.place.default_language

    def kind_again(self, line: Line) -> Row:
        """The answer that the municipality has no service of a kind."""
        url = reverse("catalogue-lacking", args=[self.code, line.kind])
        text = _("Dere har svart at dere ikke har dette. Se om det stemmer. Frist: %(day)s.") % {
            "day": _day(line)
        }
        return Row(self.kind(line), text, url, ((_("Se svaret"), url),))

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
                    "Siden sier det slik, og sier også at de som er på besøk har rett til det. Bekreft at det stemmer."
                ),
                values=((_("på siden"), _("Fastlegen skal gi øyeblikkelig hjelp i kontortiden.")),),
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
    return date_format(localtime(line.since), "j. F Y") if line.since else ""
