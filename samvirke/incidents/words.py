"""What kinds, answers, criteria, states and ways of telling are called. Words only; what they mean is in rules.py."""

from django.utils.translation import gettext_lazy as _

from samvirke.incidents.rules import State, Weight

KINDS = {
    "accident": _("Ulykke"),
    "traffic": _("Trafikkulykke"),
    "drowning": _("Drukning"),
    "fire": _("Brann"),
    "homicide": _("Drap"),
    "suicide": _("Selvmord"),
    "child-death": _("Plutselig og uventet barnedød"),
    "overdose": _("Dødsfall etter overdose"),
    "violence": _("Vold"),
    "sexual-assault": _("Voldtekt eller andre seksuelle overgrep"),
    "robbery": _("Ran eller gisselsituasjon"),
    "shooting": _("Skyting eller annet angrep på mange"),
    "missing": _("Savnet person"),
    "nature": _("Skred, flom eller annen naturhendelse"),
    "evacuation": _("Evakuering"),
    "abroad": _("Hendelse i utlandet"),
    "exercise": _("Øvelse"),
    "other": _("Annet"),
}
SOURCES = {
    "politi": _("Politiet"),
    "amk": _("AMK"),
    "legevakt": _("Legevakten"),
    "brann": _("Brannvesenet"),
    "crisis-management": _("Kommunens kriseledelse"),
    "school": _("Skole eller barnehage"),
    "hospital": _("Sykehuset"),
    "municipality": _("En annen kommune"),
    "resident": _("En innbygger"),
    "other": _("Andre"),
}
DANGERS = {
    "unknown": _("Vet ikke"),
    "yes": _("Ja, det kan være farlig på stedet"),
    "no": _("Nei"),
}
ANSWERS = {
    "yes": _("Ja, teamet skal i gang"),
    "partly": _("Delvis, noen få fra teamet"),
    "no": _("Nei, teamet skal ikke i gang"),
}
ANSWERED = {"yes": _("Ja"), "partly": _("Delvis"), "no": _("Nei")}
STATES = {
    State.REPORTED: _("Venter på avgjørelse"),
    State.ACTIVE: _("Aktiv"),
    State.REFUSED: _("Teamet ble ikke satt i gang"),
    State.CLOSED: _("Avsluttet"),
}
TAGS = {State.REPORTED: "due", State.ACTIVE: "ok", State.REFUSED: "off", State.CLOSED: "off"}

WEIGHTS = {
    Weight.OFTEN: _("Da blir teamet ofte satt i gang"),
    Weight.CONSIDER: _("Da må du vurdere det"),
    Weight.SELDOM: _("Da hjelper som regel andre tjenester"),
}
CRITERIA = {
    "fatal-accident": _("Noen er døde i en ulykke"),
    "homicide": _("Noen er drept"),
    "suicide": _("Noen har tatt livet sitt"),
    "child-death": _("Et barn er dødt, plutselig og uventet"),
    "nature": _("Skred, flom eller annen naturkatastrofe"),
    "disaster": _("Mange er rammet"),
    "domestic-violence": _("Vold i nære relasjoner"),
    "sexual-assault": _("Seksuelle overgrep"),
    "serious-child": _("Noe alvorlig og uventet, særlig når barn er rammet"),
    "strong-impressions": _("Sterke inntrykk eller trussel mot livet, som ran eller gisseltaking"),
    "missing": _("Noen er savnet"),
    "suicide-risk": _("Spørsmål om fare for selvmord"),
    "illness": _("Alvorlig sykdom eller diagnose"),
    "mental-illness": _("Psykisk sykdom eller rus"),
    "relatives-of-ill": _("Pårørende til noen med psykisk sykdom eller rus"),
}
ENTRIES = {
    "information": _("Opplysning"),
    "decision": _("Beslutning"),
    "task": _("Oppgave"),
    "correction": _("Rettelse"),
    "done": _("Utført"),
}
HOW = {
    "phone": _("Telefon"),
    "meeting": _("Møte"),
    "email": _("E-post"),
    "other": _("Annet"),
    "not-needed": _("Trengs ikke"),
}
OWN_LEADERS = {
    "own-crisis-management": _("Kommunens kriseledelse"),
    "own-health-leader": _("Leder for helse og omsorg"),
    "own-switchboard": _("Servicetorg og sentralbord"),
}
PARTS = {
    "participating": _("Deltar"),
    "takeover": _("Er bedt om å overta"),
    "home": _("Har rammede som bor i kommunen"),
}
QUESTIONS = {
    "happened": _("Hva skjedde, og når gjorde vi hva?"),
    "worked": _("Hva gikk bra?"),
    "better": _("Hva må bli bedre?"),
    "plan": _("Hva må endres i planen?"),
}
