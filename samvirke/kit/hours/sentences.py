"""What a person is told of hours that cannot be read: one sentence for each kind of mistake, in bokmål.

The names in braces are filled with what was written. kit/locale holds the same in nynorsk and English.
"""


def _(sentence: str) -> str:
    """Mark a sentence for translation: `samvirke messages` looks for this name."""
    return sentence


SENTENCES = {
    # OSM text: parse.py
    "empty": _("Skriv dager og tider, for eksempel «Mo-Fr 08:00-15:30; PH off», eller fjern feltet helt."),
    "too-long": _("Teksten er for lang: bruk høyst {longest} tegn."),
    "stray-sign": _("Fjern tegnet til slutt i teksten, eller skriv en regel etter det."),
    "no-semicolon": _("Skriv semikolon foran «{piece}»."),
    "unreadable": _(
        "Vi forstår ikke «{piece}»: skriv for eksempel «Mo-Fr 08:00-15:30; PH off; Dec 24 Mo-Fr 08:00-12:00»."
    ),
    "comma-after-off": _("Skriv semikolon etter «off», for eksempel «PH off; Dec 24 off»."),
    "comma-before-off": _("Skriv semikolon foran en regel med «off», for eksempel «; PH off»."),
    "dated-holiday": _("Skriv «PH» og datoer i hver sin regel, for eksempel «PH off; Dec 24 off»."),
    "always-on-days": _("Skriv «00:00-24:00» for hele døgnet på bestemte dager, ikke «24/7»."),
    "no-times": _("Skriv tider eller «off» etter «{piece}», for eksempel «{piece} 08:00-15:30»."),
    "no-such-date": _("Datoen «{written}» finnes ikke: rett dagen."),
    "no-such-year": _("Årstallet {year} er neppe riktig: skriv et år mellom 2000 og 2100."),
    "far-from-easter": _("Skriv høyst 60 dager før eller etter «easter», eller en vanlig dato."),
    "mixed-dates": _("Skriv «easter» eller en vanlig dato på begge sider av bindestreken i «{written}»."),
    "one-year": _("Skriv årstall på begge datoene i «{written}», for eksempel «2026 Dec 20-2027 Jan 03»."),
    "backwards": _("Den siste datoen i «{written}» er før den første: bytt om eller rett dem."),
    "no-such-time": _(
        "Klokkeslettet i «{written}» finnes ikke: skriv fra «00:00» til «23:59», og «24:00» for midnatt."
    ),
    "no-length": _("«{written}» begynner og slutter samtidig: skriv «00:00-24:00» for hele døgnet."),
    "over-a-day": _("«{written}» er lengre enn et døgn: skriv hver dag for seg."),
    "overlap": _("Tidene i «{written}» overlapper hverandre: rett dem."),
    # the order of rules: order.py
    "only-closed": _(
        "Skriv også når det er åpent, for eksempel «Mo-Fr 08:00-15:30; PH off», eller bare «off» hvis alt er stengt."
    ),
    "no-such-day": _("Ingen av datoene i «{rule}» er en slik ukedag: rett datoen eller ukedagen."),
    "no-effect": _(
        "«{rule}» får ingen virkning fordi «{other}» står etter og erstatter den: fjern den ene, eller skriv den "
        "mest spesielle til sist."
    ),
    "order": _("Flytt «{rule}» etter «{other}», for ellers får den ingen virkning."),
    "season-after-holidays": _(
        "Skriv «{rule}» etter «{other}», for ellers gjelder den ikke for helligdager i den tiden."
    ),
    # a night that stops at midnight: nights.py
    "cut-night": _(
        "«{day} 00:00-24:00» slutter ved midnatt, men de andre nettene varer til {until}: skriv «{right}» i stedet "
        "for «00:00-24:00»."
    ),
    # what people often write instead: mistakes.py
    "newline": _(
        "Skriv alt på én linje, med semikolon mellom reglene, for eksempel «Mo-Fr 08:00-15:30; PH off»."
    ),
    "by-appointment": _(
        "«Etter avtale» er ikke en åpningstid: la feltet stå tomt, og skriv i teksten om kontakt hvordan man gjør "
        "avtale."
    ),
    "around-the-clock": _(
        "Skriv «24/7» for hele døgnet alle dager, eller for eksempel «Sa,Su 00:00-24:00» for enkelte dager."
    ),
    "group-of-days": _(
        "Skriv «Mo-Fr» for hverdager, «Sa,Su» for helger og «Mo-Su» for alle dager, for eksempel "
        "«Mo-Fr 08:00-15:30»."
    ),
    "doubled-sign": _("Skriv ett semikolon eller ett komma mellom reglene, og ikke noe foran den første."),
    "dash": _("Bruk vanlig bindestrek (-) og ikke tankestrek, for eksempel «Mo-Fr 08:00-15:30»."),
    "odd-weeks": _(
        "Annenhver uke og ukenumre kan ikke skrives her: skriv tidene som gjelder hver uke, eller hver dato for "
        "seg, for eksempel «2026 Dec 24 10:00-12:00»."
    ),
    "nth-weekday": _(
        "«Første mandag i måneden» og lignende kan ikke skrives her: skriv hver dato for seg, for eksempel "
        "«2026 Dec 07 10:00-12:00»."
    ),
    "school-holidays": _(
        "Skoleferier er ulike fra sted til sted: skriv datoene, for eksempel «Jun 20-Aug 17 off»."
    ),
    "comment": _(
        "Skriv bare dager og tider, uten merknader i hermetegn eller parentes; merknaden hører hjemme i teksten."
    ),
    "sun": _("Skriv klokkeslett og ikke soloppgang eller solnedgang."),
    "holidays-word": _(
        "Skriv «PH» for helligdager, til sist etter ukedagene, for eksempel «Mo-Fr 08:00-15:30; PH off»."
    ),
    "closed-word": _("Skriv «off» når det er stengt, for eksempel «PH off» eller «Dec 24 off»."),
    "unknown-word": _(
        "Skriv bare dagene og tidene det er åpent, for eksempel «Mo-Fr 08:00-15:30», og la feltet stå tomt hvis "
        "tidene ikke er kjent."
    ),
    "easter-word": _(
        "Skriv dager rundt påske med «easter», for eksempel «easter -3 days-easter +1 day off» fra skjærtorsdag "
        "til 2. påskedag."
    ),
    "season-word": _("Skriv datoene, for eksempel «Dec 24 off» eller «Jun 15-Aug 20 Mo-Fr 09:00-14:00»."),
    "year-last": _("Skriv årstallet først: «{right}» i stedet for «{wrong}»."),
    "ordinal": _("Skriv dagen med bare tall: «{right}» i stedet for «{wrong}»."),
    "iso-date": _("Skriv datoen slik: «{right}» i stedet for «{wrong}»."),
    "no-such-month": _("Måneden i «{wrong}» finnes ikke: skriv datoen slik: «2026 Dec 24»."),
    "day-first": _("Skriv datoen med måneden først: «{right}» i stedet for «{wrong}»."),
    "numeric-date": _(
        "Skriv datoer med engelsk månedsnavn og dag, for eksempel «Dec 24 off» eller «2026 Dec 24 10:00-12:00»."
    ),
    "kl": _("Skriv klokkeslettet alene, uten «kl.», for eksempel «08:00-15:30»."),
    "weekday-word": _(
        "Skriv ukedagene som Mo, Tu, We, Th, Fr, Sa og Su: «{right}» i stedet for «{wrong}», for eksempel "
        "«Mo-Fr 08:00-15:30»."
    ),
    "case": _("Store og små bokstaver teller: skriv «{right}» i stedet for «{wrong}»."),
    "month-word": _(
        "Skriv måneden på engelsk med tre bokstaver og foran dagen: «{right}» i stedet for «{wrong}», for eksempel "
        "«Dec 24 off»."
    ),
    "joined-words": _(
        "Bruk komma mellom dager og mellom tidsrom, for eksempel «Mo,We 09:00-11:00,12:00-15:00»."
    ),
    "from-to": _("Bruk bindestrek fra og til, for eksempel «08:00-15:30»."),
    "open-end": _("Skriv når det stenger, for eksempel «18:00-22:00», og ikke «18:00+»."),
    "over-days": _(
        "Del opp «{wrong}» i ett tidsrom for hver dag, for eksempel "
        "«Fr 15:00-24:00; Sa,Su 00:00-24:00, Mo 00:00-08:00»."
    ),
    "colon-after-days": _("Skriv et mellomrom i stedet for kolon etter dagene: «{right}»."),
    "dots": _("Skriv klokkeslett med kolon: «{right}» i stedet for «{wrong}»."),
    "one-digit": _("Skriv klokkeslett med to sifre foran kolon: «{right}» i stedet for «{wrong}»."),
    "times": _(
        "Skriv klokkeslett med to sifre, kolon og to sifre: «{right}» i stedet for «{wrong}», for eksempel "
        "«Mo-Fr 08:00-15:30»."
    ),
    "no-end": _("Skriv både når det åpner og når det stenger, for eksempel «08:00-15:30»."),
    "fallback": _("Bruk semikolon mellom reglene og ikke «||»."),
    "month-alone": _("Skriv dager sammen med månedene, for eksempel «Jul 01-Jul 31 off»."),
    # what people write in a form: written.py, week.py
    "no-time": _("«{written}» er ikke et klokkeslett."),
    "no-span": _("«{written}»: skriv fra og til, for eksempel «8–15.30»."),
    "overlap-form": _("{one} og {other} overlapper hverandre: rett en av dem."),
    "no-date": _("«{written}» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026»."),
    "no-such-date-form": _("Datoen «{written}» finnes ikke: rett den."),
    "no-such-year-form": _("Året i «{written}» er neppe riktig: rett det."),
    "no-year": _("Skriv også årstall etter «{written}»."),
    "mixed-form": _("Skriv en vanlig dato, eller en dag i påsken, i begge feltene."),
    "backwards-form": _("«{last}» er før «{first}»: rett en av dem."),
    "many-spans": _("Det er plass til tre tider på en dag: fjern noen."),
    "too-many": _("Det er for mange ulike tider og unntak: fjern noen av dem."),
    "nothing-open": _("Skriv også når det er åpent, eller fjern unntakene."),
    "no-such-weekday": _("{dates} faller ikke på den ukedagen: velg «alle dager» eller rett datoen."),
    "twice": _("{dates} står to ganger: fjern den ene."),
    "part-of": _("{dates} er en del av {wider}: fjern den ene."),
    "closed-anyway": _("{dates} er i tiden da alt er stengt: fjern unntaket."),
}
