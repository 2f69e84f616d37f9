"""What each column of a sheet is, for the people who fill it in."""

EXPLAINED = {
    "external_id": "Tjenestens egen kode hos dere. Må fylles ut. Endres aldri: den avgjør om raden er ny eller en endring.",
    "name": "Navnet folk kjenner. Må fylles ut.",
    "actor": "Typen tjeneste. Må fylles ut. Velg fra listen.",
    "target_groups": "Hvem den er for, med semikolon mellom: alle, barn, ungdom, voksne, eldre, foreldre, pårørende, etterlatte, utsatte, besøkende, fagfolk.",
    "age_min": "Laveste alder i hele år. Tomt felt: ingen grense.",
    "age_max": "Høyeste alder i hele år. Tomt felt: ingen grense.",
    "description": "Hva tjenesten gjør, i klart språk. Ren tekst.",
    "access": "Hvordan folk får kontakt: self (ta kontakt selv), through:legevakt (gjennom en annen tjeneste), referral (henvisning), professionals (bare fagfolk). Tomt felt: ikke sagt.",
    "phone": "Lokalt nummer med åtte sifre. Flere numre med semikolon mellom. 113, 116 117 og andre nasjonale numre skal ikke stå her.",
    "phone_hours": "Når telefonen er betjent: Mo-Fr 08:00-15:00; PH off. Døgnet rundt: 24/7. Én tid for alle numrene, eller én til hvert med | mellom.",
    "opening_hours": "Når stedet er åpent, skrevet som telefontiden. Mo Tu We Th Fr Sa Su er dagene, PH er helligdager, off er stengt.",
    "address": "Besøksadresse: Storgata 1, 1771 Halden.",
    "url": "Tjenestens egen nettside.",
    "languages": "Språk de ansatte snakker, med semikolon mellom: norsk; engelsk; ukrainsk – eller koder: nb; en; uk.",
    "who": "Hvem tjenesten er for, med egne ord.",
    "what_happens": "Hva som skjer når noen tar kontakt.",
    "how": "Hvordan man får kontakt eller henvisning, med egne ord.",
    "price": "Hva det koster.",
    "confidentiality": "Taushetsplikt, og om man kan være anonym.",
    "premises": "Lokalene: trinnfri inngang, teleslynge.",
    "alert": "Hvordan fagfolk varsler tjenesten.",
    "owner": "Hvem som står bak. Tomt felt: ikke sagt.",
    "level": "Hvor tjenesten hører til: kommune, fylke, spesialist, stat, frivillig, kompetanse. Tomt felt: der typen hører til.",
    "language": "Språket raden er skrevet på: nb, nn eller en. Tomt felt: kommunens eget.",
    "interpreter": "Kan man få tolk? ja eller nei. Tomt felt: ikke sagt.",
    "phone_label": "Navn på nummeret, for eksempel Vakttelefon. Ett for alle numrene, eller ett til hvert med | mellom.",
    "phone_for": "alle eller fagfolk. Ett svar for alle numrene, eller ett til hvert med | mellom.",
    "channels": "Digitale kanaler, én på hver linje: chat, sms, email, web eller video, adressen, og tidene: chat https://www.example.no/chat Mo-Fr 09:00-15:00.",
}


def explained(column: str) -> str:
    """Return what a column is."""
    return EXPLAINED[column]
