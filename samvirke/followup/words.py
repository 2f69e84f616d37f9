"""What parts, outcomes, steps and endings are called."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.interpreting import Kind
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection, Source

PARTS = {
    Part.BEREAVED: _("Etterlatt"),
    Part.RELATIVE_OF_MISSING: _("Pårørende til en savnet"),
    Part.INJURED: _("Skadd"),
    Part.CLOSE_TO_INJURED: _("Nær en som er skadd"),
    Part.WITNESS: _("Vitne"),
    Part.CLOSE_TO_WITNESS: _("Nær et vitne"),
    Part.OTHER: _("Annen rammet"),
    Part.HELPER: _("Hjelper"),
    Part.DEAD: _("Død (kontaktes aldri)"),
    Part.MISSING: _("Savnet (kontaktes aldri)"),
}
SOURCES = {
    Source.POLICE: _("Politiet"),
    Source.EPS: _("Evakuerte- og pårørendesenteret"),
    Source.LEGEVAKT: _("Legevakten"),
    Source.HOSPITAL: _("Sykehuset"),
    Source.SCHOOL: _("Skolen"),
    Source.SELF: _("Personen selv"),
    Source.TIP: _("Tips"),
    Source.MUNICIPALITY: _("Kommunen"),
}
PROTECTIONS = {
    Protection.NONE: _("Ingen adressesperre"),
    Protection.CONFIDENTIAL: _("Fortrolig adresse"),
    Protection.STRICTLY_CONFIDENTIAL: _("Strengt fortrolig adresse"),
}
OUTCOMES = {
    Outcome.ACUTE_DANGER: _("Fare for liv"),
    Outcome.ACCEPTS: _("Nådd, vil ha kontakt"),
    Outcome.NOT_NOW: _("Nådd, ønsker ikke nå"),
    Outcome.UNABLE: _("Nådd, klarer ikke å ta imot hjelp nå"),
    Outcome.NO_THANKS: _("Nådd, takker nei"),
    Outcome.NEEDS_INTERPRETER: _("Trenger tolk"),
    Outcome.ANOTHER_ANSWERED: _("En annen svarte"),
    Outcome.NO_ANSWER: _("Ikke svar"),
    Outcome.WRONG_NUMBER: _("Feil nummer"),
    Outcome.MOVED: _("Har flyttet"),
    Outcome.ABROAD: _("Er i utlandet"),
    Outcome.NEVER_AGAIN: _("Vil aldri kontaktes"),
    Outcome.DECEASED: _("Er død"),
}
CHANNELS = {
    "phone": _("Telefon"),
    "meeting": _("Møte"),
    "visit": _("Besøk"),
    "sms": _("SMS"),
    "letter": _("Brev"),
    "video": _("Video"),
    "e-mail": _("E-post"),
    "other": _("Annet"),
}
ENDINGS = {
    Ending.OFFERED_A_YEAR: _("Tilbudt i minst tolv måneder"),
    Ending.OWN_WISH: _("Personen ønsker å avslutte"),
    Ending.DECEASED: _("Personen er død"),
    Ending.NOT_AFFECTED: _("Var ikke rammet"),
}
KEEP_TAIL = _("Den første tiden er over. Behold kontaktene etter 18, 24 og 36 måneder")
STEPS = {
    "first": _("Første kontakt"),
    "day-3": _("Dag 3"),
    "day-7": _("Dag 7"),
    "week-2": _("Uke 2"),
    "week-3": _("Uke 3"),
    "week-5": _("Uke 5"),
    "month-1": _("Etter en måned"),
    "mapping-1": _("Kartlegging etter en måned"),
    "month-3": _("Etter tre måneder"),
    "month-6": _("Etter et halvt år"),
    "year-1": _("Før årsdagen"),
    "month-18": _("Etter halvannet år"),
    "year-2": _("Etter to år"),
    "year-3": _("Etter tre år"),
    "agreed": _("Avtalt kontakt"),
    "ask-again": _("Spør igjen"),
    "from-abroad": _("Kontakt i utlandet"),
    "after-danger": _("Etter fare for liv"),
    "after-pause": _("Etter pausen"),
    "death-message": _("Dødsbudskapet"),
    "confirm-stop": _("Bekreft at personen ikke vil kontaktes"),
    "confirm-death": _("Bekreft dødsfallet"),
    "review-unanswered": _("Tre forsøk uten svar"),
    "review-closing": _("Avgjør om oppfølgingen skal avsluttes"),
    "find-number": _("Finn riktig nummer"),
    "find-person": _("Finn personen"),
    "transfer": _("Ring den nye kommunen"),
    "week-4": _("Uke 4"),
    "month-2": _("Etter to måneder"),
    "month-4": _("Etter fire måneder"),
    "month-9": _("Etter ni måneder"),
    "mapping-2": _("Ny kartlegging"),
    "group": _("Gruppe eller samling"),
    "school": _("Samtale med skolen"),
    "child-talk": _("Egen samtale med barnet"),
    "child-talk-again": _("Ny samtale med barnet"),
    "trial": _("Rettssak"),
    "anniversary": _("Årsdag"),
    "media": _("Omtale i mediene"),
    "report": _("Granskingsrapport"),
    "autopsy": _("Svar på obduksjon"),
    "move": _("Flytting"),
    "new-contact": _("Fortell om ny kontaktperson"),
    "other": _("Annet"),
}


TELL_NOTHING = {
    *(code for code in STEPS if code.startswith(("day-", "week-", "month-", "year-", "mapping-"))),
    "first", "agreed",
}  # fmt: skip
"""Steps that everybody may have: what they are called tells nothing of whom they are for."""


def step_name(code: str) -> object:
    """Return what a step is called. Renewed offers are numbered in their codes."""
    return _("Tilby kontakt på nytt") if code.startswith("offer-") else STEPS.get(code, code)


CHANGES = {
    "assigned": _("Fikk kontaktperson"),
    "left": _("Kontaktperson eller stedfortreder sluttet"),
    "changed": _("Byttet kontaktperson"),
    "barred": _("Kontaktperson eller stedfortreder kan ikke følge opp personen"),
    "apart": _("Fulgte opp noen personen skal holdes atskilt fra"),
}
SHIELDED = _("Skjermet person")
CLOSED = _("Oppfølgingen ble avsluttet")
REASONS = {
    "first-contact": _("Ta den første kontakten, og gi navn og nummer."),
    "first-caregivers": _(
        "Avklar først om det er trygt å gå gjennom foreldrene. Ta den første kontakten med dem som har omsorgen, "
        "og gi navn og nummer. Er det ikke trygt, så snakk med lederen om barnevernet."
    ),
    "caregivers": _("Hør hvordan det går med barnet, og med dem som har omsorgen: søvn, skole og barnehage."),
    "caregivers-adjust": _(
        "Juster hjelpen til barnet og til dem som har omsorgen. Barnet og omsorgspersonene bør være sammen."
    ),
    "child-talk": _(
        "Snakk med barnet selv, ikke bare med foreldrene. Gi sann informasjon som passer alderen, og hør barnets egen historie. "
        "Spør om barnet var alene, ble passet av fremmede eller så noen i familien bli skadd."
    ),
    "child-talk-again": _("Snakk med barnet selv på nytt. Barn trenger tilbudet flere ganger."),
    "school": _(
        "Avtal det med hjemmet først. Snakk så med skolen eller barnehagen og helsesykepleier: hva vet de, hva gjør de, "
        "og hvem følger med på barnet? Vurder PPT."
    ),
    "mapping-child": _("Kartlegg hjelpebehovet. Foresatte må ha samtykket først."),
    "mapping-child-again": _(
        "Kartlegg på nytt. Foresatte må ha samtykket. For etterlatte: kartlegg sorgen tidligst nå."
    ),
    "half-a-year-child": _(
        "Spør barnet og hjemmet om skole, konsentrasjon, flytting og om hjelpen er nyttig."
    ),
    "how-it-goes": _("Hør hvordan det går med søvn, skole og arbeid."),
    "meet": _("Møt personen, og vurder behovet sammen."),
    "adjust": _("Juster hjelpen etter behovet."),
    "mapping": _("Kartlegg hjelpebehovet."),
    "mapping-again": _("Kartlegg på nytt. For etterlatte: kartlegg sorgen tidligst nå."),
    "half-a-year": _("Spør om arbeid, skole, flytting og om hjelpen er nyttig."),
    "before-the-day": _("Ta kontakt før årsdagen, og avgjør om oppfølgingen fortsetter."),
    "long-tail": _("Hør om noe nytt trengs."),
    "inform": _("Gi informasjon, og si hvordan hjelpen kan nås."),
    "anything-needed": _("Hør om noe trengs."),
    "talk-within-72": _("Tilby samtale innen 72 timer."),
    "after-the-effort": _("Hør hvordan det går etter innsatsen."),
    "within-a-day": _("Ta kontakt igjen innen et døgn."),
    "agreed": _("Avtalt med personen."),
    "chosen": _("Personen valgte tidspunktet."),
    "not-now": _("Ønsket ikke kontakt nå. Spør igjen."),
    "unable": _("Klarte ikke å ta imot hjelp nå. Spør igjen."),
    "no-every-time": _("Har takket nei hver gang. Avgjør hva som skjer."),
    "said-no": _("Takket nei. Tilby kontakt på nytt (kommunens forslag til tidspunkt)."),
    "three-tries": _("Tre forsøk uten svar. Vurder brev, besøk eller andre veier."),
    "find-number": _("Finn riktig nummer."),
    "find-person": _("Personen er kjent, men ikke funnet. Finn ut hvor de er, og hvordan de nås."),
    "moved": _(
        "Har flyttet. Følg opp personen som før. Kommunen har ansvaret til den nye kommunen har sagt ja. "
        "Spør personen om dere kan gi beskjed. Ring så den nye kommunen, og skriv hvem som har sagt hva."
    ),
    "abroad": _("Er i utlandet. Hendelseskommunen følger opp."),
    "never-again": _("Ønsker aldri mer kontakt. Bekreft ut fra notatet, uten å ringe."),
    "deceased": _("Er meldt død. Bekreft, og vurder de nærmeste."),
    "known-block": _("Har sagt at de aldri vil kontaktes. Bekreft uten å ringe."),
    "ask-the-police": _("Spør politiet om dødsbudskapet er levert. Ta ikke kontakt før det er bekreftet."),
    "came-back": _("Personen kom tilbake. Ta kontakt."),
    "nothing-planned": _("Ingenting er planlagt. Avgjør hva som skjer."),
    "pause-over": _("Pausen er over. Ta kontakt."),
    "leader-decided": _("Lederen har bestemt det."),
    "tell-new-contact": _("Personen har fått ny kontaktperson. Ta kontakt, og si hvem du er."),
    "own-words": _("Lagt til for hånd."),
}
"""Why a step is planned: the codes of the rules."""
ENDED = {
    "same-person": _("Samme person som en annen på listen."),
    "reached": _("Personen er nådd."),
    "given-up": _("Tre forsøk uten svar. Lederen vurderer."),
    "rests-after-no": _("Personen takket nei. Planen hviler."),
    "said-no": _("Personen takket nei."),
    "stopped": _("Personen vil ikke kontaktes."),
    "waits-for-message": _("Venter på at dødsbudskapet er levert."),
    "message-delivered": _("Dødsbudskapet er levert."),
    "closed": _("Oppfølgingen er avsluttet."),
    "time-passed": _("Tiden gikk mens planen hvilte."),
    "left-out": _("Hoppet over."),
    "pause": _("Planen har pause."),
    "decided": _("Lederen har avgjort det."),
    "fewer": _("Personen ønsker færre kontakter."),
    "template-changed": _("Kommunen har endret kontaktplanen."),
    "let-apart": _("De to registreringene er skilt igjen."),
    "long-tail-only": _("Den første tiden er over. Bare kontaktene etter 18, 24 og 36 måneder står igjen."),
}
"""Why a step was done, rests or falls away."""
BASIS = {
    "letter-2022": _("Helsedirektoratets brev 30.06.2022"),
    "practice": _("kommunal praksis"),
    "guideline-early": _("Helsedirektoratets veileder: tidlig, oppsøkende hjelp"),
    "one-month": _("Senter for krisepsykologi: kartlegging etter om lag en måned"),
    "one-year": _("etter 22. juli: kontaktperson i minst ett år"),
    "three-years": _("NKVTS (Dyb 2017): kontaktperson i minst tre år"),
    "grief": _("kriser.no: komplisert sorg vurderes tidligst etter 2–4 måneder"),
    "own-account": _("kurs for kriseteam (helsekompetanse.no): barn og unge"),
    "schools": _("Helsedirektoratets veileder: skolen gir psykososial støtte etter kriser"),
    "school-results": _("Helsedirektoratets veileder: sorg kan gå ut over skolen lenge"),
    "guardians-consent": _(
        "Senter for krisepsykologi: etter om lag en måned. Gjerdrum kommune: foresatte samtykket først"
    ),
    "proposal": _("forslag til kommunen"),
}
"""Where a step of the plan comes from."""
OBSTACLES = {
    "less-than-a-year": _("Oppfølgingen er tilbudt i mindre enn tolv måneder."),
    "nobody-reached": _("Ingen har vært i kontakt med personen ennå."),
    "not-asked": _("Personen har ikke bedt om å avslutte."),
    "child": _("Et barn kan ikke avsluttes etter ønske alene. Lederen må vurdere barnet for seg."),
    "not-stopped": _("Personen har ikke sagt at de aldri vil kontaktes."),
    "not-dead": _("Personen er ikke meldt død."),
    "way-back": _("Personen må få vite hvordan de kan komme tilbake."),
    "referral": _("En henvisning er ikke besvart."),
}


def reason(code: str) -> object:
    """Return why a step is planned; what a municipality wrote in its own plan stands as it is."""
    return REASONS.get(code, code)


def ended(code: str) -> object:
    """Return why a step was done, rests or falls away. A block that holds the plan back is told by its own reason."""
    return ENDED.get(code) or REASONS.get(code, code)


def basis(code: str) -> object:
    """Return where a step comes from."""
    return BASIS.get(code, code)


ALERTED = _("Lederne fikk varsel")
MESSAGE = _("Melding sendt")
ALL_ENDINGS = {
    **{one.value: name for one, name in ENDINGS.items()},
    Ending.NEVER_AGAIN.value: _("Vil aldri kontaktes"),
    Ending.TRANSFERRED.value: _("Overført til en annen kommune"),
    Ending.SAME_PERSON.value: _("Samme person som en annen på listen"),
}
PURPOSES = {
    "contact": _("Ta kontakt og følge opp"),
    "share": _("Dele opplysninger"),
    "transfer": _("Overføre oppfølgingen"),
    "mapping": _("Kartlegge behov"),
    "group": _("Invitere til gruppe eller samling"),
    "research": _("Spørre om forskning"),
}
RECIPIENTS = {
    "team": _("Kriseteamet"),
    "gp": _("Fastlegen"),
    "mental-health": _("Psykisk helse og rus"),
    "specialist": _("Spesialisthelsetjenesten"),
    "school": _("Skole eller barnehage"),
    "school-health": _("Helsesykepleier"),
    "barnevern": _("Barnevernet"),
    "nav": _("Nav"),
    "home-municipality": _("Hjemkommunen"),
    "support-group": _("Støttegruppe eller frivillige"),
    "employer": _("Arbeidsgiver"),
    "family": _("Familien"),
    "police": _("Politiet"),
    "researchers": _("Forskere"),
}
CONSENT_STATES = {
    "given": _("Samtykker"),
    "objected": _("Sier nei"),
    "withdrawn": _("Trekker samtykket tilbake"),
}
GIVEN_BY = {"self": _("Personen selv"), "guardian": _("Forelder eller verge")}
HOW = {"oral": _("Muntlig"), "written": _("Skriftlig")}
RELATIONS = {
    "spouse": _("Ektefelle eller samboer"),
    "parent": _("Forelder"),
    "child": _("Barn"),
    "sibling": _("Søsken"),
    "grandparent": _("Besteforelder"),
    "friend": _("Venn"),
    "guardian": _("Verge"),
    "barnevern": _("Barnevernet har omsorgen"),
    "colleague": _("Kollega eller medelev"),
    "close-to-dead": _("Nær en som er død"),
    "close-to-missing": _("Nær en som er savnet"),
    "close-to-injured": _("Nær en som er skadd"),
    "other": _("Annet"),
}
"""What the other is to the person."""
THE_OTHER_WAY = {"parent": "child", "child": "parent"}
OF_THE_OTHER = {
    "grandparent": _("Barnebarn"),
    "guardian": _("Er verge for"),
    "close-to-dead": _("Døde, og den andre sto nær"),
    "close-to-missing": _("Savnet, og den andre står nær"),
    "close-to-injured": _("Skadd, og den andre står nær"),
}
ONLY = {"": _("Alle måter"), "letter": _("Bare brev"), "sms": _("Bare SMS")}
WHY_READ = {
    "person": _("åpnet saken"),
    "ring": _("viste telefonnummeret"),
    "act": _("åpnet et skjema i saken"),
    "edit": _("så alle opplysningene, for å endre dem"),
    "closing": _("vurderte å avslutte"),
    "same?": _("så etter om en ny person var den samme"),
    "merge": _("så etter om to registreringer er samme person"),
    "declare": _("ble spurt om inhabilitet"),
    "family": _("så familien"),
    "household": _("førte et besøk hos husstanden"),
    "queue": _("så køen av personer uten kontaktperson"),
    "relate": _("søkte etter en i familien"),
}
"""Why somebody was read, as the access log keeps it."""
LANGUAGES = {
    "nb": _("norsk (bokmål)"), "nn": _("norsk (nynorsk)"), "en": _("engelsk"), "se": _("nordsamisk"), "ar": _("arabisk"),
    "so": _("somali"), "pl": _("polsk"), "uk": _("ukrainsk"), "ru": _("russisk"), "ti": _("tigrinja"), "fa": _("persisk"),
    "prs": _("dari"), "ur": _("urdu"), "tr": _("tyrkisk"), "ku": _("kurdisk"), "lt": _("litauisk"), "th": _("thai"),
    "vi": _("vietnamesisk"), "es": _("spansk"), "fr": _("fransk"), "de": _("tysk"), "nsl": _("norsk tegnspråk"),
}  # fmt: skip


INTERPRETERS = {
    Kind.PHONE: _("Telefontolk"),
    Kind.SCREEN: _("Skjermtolk"),
    Kind.ON_SITE: _("Tolk som møter opp"),
    Kind.SIGN: _("Tegnspråktolk"),
}


def inverse(kind: str) -> object:
    """Return what the person is to the other."""
    return OF_THE_OTHER.get(kind) or RELATIONS[THE_OTHER_WAY.get(kind, kind)]


def language(code: str) -> object:
    """Return what a language is called; an unknown code stands as it is."""
    return LANGUAGES.get(code, code)


def why_read(why: str) -> object:
    """Return why somebody was read, in words."""
    if why.startswith("worklist:"):
        return gettext("så arbeidslisten")
    return WHY_READ.get(why, why)


def minutes(number: int) -> str:
    """Return how long an attempt took."""
    return ngettext("{n} minutt", "{n} minutter", number).format(n=number)


def journalled(system: str, day: date) -> str:
    """Return where and when health help was journalled."""
    return gettext("journalført i {system} {day}").format(system=system, day=day.strftime("%d.%m.%Y"))


BLOCKED = {
    "stopped": _("Ikke ta kontakt. Personen vil ikke kontaktes."),
    "message": _("Ikke ta kontakt. Dødsbudskapet er ikke levert."),
}
SYSTEM = _("Systemet selv")
NOT_SHOWN = _("En person du ikke følger opp")
