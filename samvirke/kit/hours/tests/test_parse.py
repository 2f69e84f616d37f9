import pickle

import pytest

from samvirke.kit.hours import HoursError, Schedule, parse

NORMAL = [
    ("Mo-Fr 08:00-15:30", "Mo-Fr 08:00-15:30"),
    ("  Mo - Fr   08:00 - 15:30 ;  PH off ", "Mo-Fr 08:00-15:30; PH off"),
    ("Mo,We 09:00-11:00,12:00-15:00", "Mo,We 09:00-11:00,12:00-15:00"),
    ("Mo,Tu,We 12:00-15:00,09:00-11:00", "Mo-We 09:00-11:00,12:00-15:00"),
    ("Mo-Fr 09:00-11:00, We 17:00-19:00", "Mo-Fr 09:00-11:00, We 17:00-19:00"),
    ("Mo-Fr 09:00-11:00,We 17:00-19:00", "Mo-Fr 09:00-11:00, We 17:00-19:00"),
    ("24/7", "24/7"),
    ("00:00-24:00", "24/7"),
    ("Mo-Su 00:00-24:00; PH off", "24/7; PH off"),
    ("08:00-20:00", "Mo-Su 08:00-20:00"),
    ("off", "off"),
    ("Fr-Mo 10:00-12:00", "Mo,Fr-Su 10:00-12:00"),
    ("Mo-Fr 22:00-06:00", "Mo-Fr 22:00-06:00"),
    ("Mo-Fr 22:00-30:00", "Mo-Fr 22:00-06:00"),
    ("Mo-Fr 22:00-00:00", "Mo-Fr 22:00-24:00"),
    ("Sa 08:00-32:00", "Sa 08:00-32:00"),
    ("Su,PH 10:00-14:00", "Su 10:00-14:00; PH 10:00-14:00"),
    ("Mo-Fr 08:00-15:30; Dec 24 Mo-Fr 08:00-12:00", "Mo-Fr 08:00-15:30; Dec 24 Mo-Fr 08:00-12:00"),
    ("Mo-Fr 08:00-15:30; Jan 3 off", "Mo-Fr 08:00-15:30; Jan 03 off"),
    ("24/7; Dec 24-26,Dec 31 off", "24/7; Dec 24-Dec 26,Dec 31 off"),
    ("24/7; 2026 Dec 20-2027 Jan 3 off", "24/7; 2026 Dec 20-2027 Jan 03 off"),
    ("24/7; Dec 20-Jan 03 off", "24/7; Dec 20-Jan 03 off"),
    ("2026 Dec 24 10:00-12:00", "2026 Dec 24 10:00-12:00"),
    (
        "24/7; easter -3 days - easter +1 day off; easter +39 days off; easter off",
        "24/7; easter -3 days-easter +1 day off; easter +39 days off; easter off",
    ),
    (
        "Mo-Fr 08:00-15:30; Jun 15-Aug 20 Mo-Fr 09:00-14:00; PH off",
        "Mo-Fr 08:00-15:30; Jun 15-Aug 20 Mo-Fr 09:00-14:00; PH off",
    ),
    (
        "Mo-Fr 10:00-12:00; PH off; Jun 15-Aug 20 Mo-Fr 09:00-14:00",
        "Mo-Fr 10:00-12:00; PH off; Jun 15-Aug 20 Mo-Fr 09:00-14:00",
    ),
    ("24/7; Dec 24 10:00-12:00; PH off", "24/7; Dec 24 10:00-12:00; PH off"),
]


@pytest.mark.parametrize(("text", "normal"), NORMAL)
def test_what_can_be_written(text: str, normal: str) -> None:
    schedule = parse(text)
    assert schedule.osm == normal
    assert parse(schedule.osm) == schedule


def test_a_schedule_is_a_value() -> None:
    first, second = parse("Mo-Fr 08:00-15:30"), parse("Mo - Fr 08:00-15:30")
    assert first == second
    assert len({first, second}) == 1
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301
    assert isinstance(first, Schedule)
    assert first != parse("Mo-Fr 08:00-15:30; PH off")


REFUSED = [
    ("", "empty", "Skriv dager og tider"),
    (" \t", "empty", "fjern feltet helt"),
    ("8-15", "times", "«08:00-15:00» i stedet for «8-15»"),
    ("Mo-Fr 08-15:30", "times", "«08:00-15:30» i stedet for «08-15:30»"),
    ("Mo-Fr 0800-1530", "times", "«08:00-15:30» i stedet for «0800-1530»"),
    ("Mo-Fr 8:00-15:30", "one-digit", "«08:00» i stedet for «8:00»"),
    ("Mo-Fr 08.00-15.30", "dots", "«08:00-15:30» i stedet for «08.00-15.30»"),
    ("man-fre", "weekday-word", "«Mo» i stedet for «man»"),
    ("man-fre 8-15", "weekday-word", "Mo, Tu, We, Th, Fr, Sa og Su"),
    ("Mo-Fr 08:00-15:30; tysdag 08:00-18:00", "weekday-word", "«Tu» i stedet for «tysdag»"),
    ("laurdager 10:00-12:00", "weekday-word", "«Sa» i stedet for «laurdager»"),
    ("Mon-Fri 08:00-15:30", "weekday-word", "«Mo» i stedet for «Mon»"),
    ("ma-to 08:00-15:30", "weekday-word", "«Mo» i stedet for «ma»"),
    ("mo-fr 08:00-15:30", "case", "«Mo» i stedet for «mo»"),
    ("Mo-Fr 08:00-15:30; ph off", "case", "«PH» i stedet for «ph»"),
    ("Mo-Fr 08:00-15:30; PH Off", "case", "«off» i stedet for «Off»"),
    ("Mo-Fr 08:00-15:30; dec 24 off", "case", "«Dec» i stedet for «dec»"),
    ("Mo-Fr 08:00–15:30", "dash", "vanlig bindestrek"),
    ("etter avtale", "by-appointment", "ikke en åpningstid"),
    ("Mo-Fr 08:00-15:30; Sa etter avtale", "by-appointment", "la feltet stå tomt"),
    ('Mo-Fr 08:00-15:30 "kun telefon"', "comment", "uten merknader"),
    ("døgnåpent", "around-the-clock", "«24/7»"),
    ("Mo-Fr 08:00-15:30; helligdager stengt", "holidays-word", "«PH»"),
    ("Mo-Fr 08:00-15:30; PH stengt", "closed-word", "«off»"),
    ("Mo-Fr 08:00-15:30 open", "unknown-word", "dagene og tidene"),
    ("Mo-Fr 08:00-15:30; 24.12 off", "numeric-date", "«Dec 24 off»"),
    ("Mo-Fr 08:00-15:30; 24/12 off", "numeric-date", "«Dec 24 off»"),
    ("Mo-Fr 08:00-15:30; 24. desember off", "day-first", "«Dec 24» i stedet for «24. desember»"),
    ("Mo-Fr 08:00-15:30; 17. mai off", "day-first", "«May 17»"),
    ("Mo-Fr 08:00-15:30; 24 Dec off", "day-first", "«Dec 24» i stedet for «24 Dec»"),
    ("Mo-Fr 08:00-15:30; Desember 24 off", "month-word", "«Dec» i stedet for «Desember»"),
    ("Mo-Fr 08:00-15:30; Dec 24 2026 off", "year-last", "«2026 Dec 24»"),
    ("Mo-Fr 08:00-15:30; 2026-12-24 off", "iso-date", "«2026 Dec 24»"),
    ("Mo-Fr 08:00-15:30; 2026-13-24 off", "no-such-month", "finnes ikke"),
    ("Mo-Fr 08:00-15:30; May 17th off", "ordinal", "«17»"),
    ("Mo-Fr 08:00-15:30; Jul off", "month-alone", "«Jul 01-Jul 31 off»"),
    ("Mo-Fr 08:00-15:30; påske off", "easter-word", "«easter»"),
    ("Mo-Fr 08:00-15:30; sommer 09:00-14:00", "season-word", "«Jun 15-Aug 20"),
    ("week 1-53/2 Mo 10:00-12:00", "odd-weeks", "Annenhver uke"),
    ("Mo 10:00-12:00 i oddetallsuker", "odd-weeks", "Annenhver uke"),
    ("Mo[1] 10:00-12:00", "nth-weekday", "hver dato for seg"),
    ("Mo-Fr 08:00-15:30; SH off", "school-holidays", "Skoleferier"),
    ("Mo-Fr sunrise-sunset", "sun", "klokkeslett"),
    ("Mo-Fr 18:00+", "open-end", "når det stenger"),
    ("Mo-Fr 08:00 til 15:30", "from-to", "bindestrek"),
    ("Mo og We 08:00-15:30", "joined-words", "komma"),
    ("Mo-Fr kl. 08:00-15:30", "kl", "uten «kl.»"),
    ("Mo-Fr: 08:00-15:30", "colon-after-days", "«Mo-Fr 08:00-15:30»"),
    ("Fr 15:00-Mo 08:00", "over-days", "Del opp «Fr 15:00-Mo 08:00»"),
    ("Mo-Fr 08:00-15:30\nSa 10:00-12:00", "newline", "én linje"),
    ("Mo-Fr 08:00-15:30 || off", "fallback", "semikolon"),
    ("Mo-Fr 08:00-15:30;", "stray-sign", "Fjern tegnet"),
    ("Mo-Fr 08:00-15:30 PH off", "no-semicolon", "Skriv semikolon foran «PH off»"),
    ("Mo-Fr 08:00-15:30, PH off", "comma-before-off", "semikolon"),
    ("Mo-Fr 08:00-15:30; PH off, Dec 24 off", "comma-after-off", "semikolon"),
    ("Mo-Fr", "no-times", "«Mo-Fr 08:00-15:30»"),
    ("Mo-Fr 08:00-15:30; Dec 24", "no-times", "«Dec 24 08:00-15:30»"),
    ("Mo 24/7", "always-on-days", "«00:00-24:00»"),
    ("Mo-Fr 25:00-26:00", "no-such-time", "finnes ikke"),
    ("Mo-Fr 08:00-15:75", "no-such-time", "finnes ikke"),
    ("Mo-Fr 08:00-08:00", "no-length", "«00:00-24:00»"),
    ("Mo-Fr 08:00-40:00", "over-a-day", "lengre enn et døgn"),
    ("Mo 10:00-12:00,11:00-13:00", "overlap", "overlapper"),
    ("24/7; Feb 30 off", "no-such-date", "«Feb 30» finnes ikke"),
    ("24/7; 2027 Feb 29 off", "no-such-date", "finnes ikke"),
    ("24/7; 1926 Dec 24 off", "no-such-year", "1926"),
    ("24/7; 2026 Dec 20-Jan 03 off", "one-year", "årstall på begge"),
    ("24/7; 2027 Jan 03-2026 Dec 20 off", "backwards", "før den første"),
    ("24/7; easter +1 day-easter -3 days off", "backwards", "før den første"),
    ("24/7; easter-May 01 off", "mixed-dates", "begge sider"),
    ("24/7; easter +70 days off", "far-from-easter", "60 dager"),
    ("24/7; 2026 Dec 24 Sa off", "no-such-day", "«2026 Dec 24 Sa off»"),
    ("24/7; Dec 25 PH off", "dated-holiday", "hver sin regel"),
    ("PH off", "only-closed", "når det er åpent"),
    ("Dec 24 off", "only-closed", "når det er åpent"),
    ("Mo-Fr off; PH off", "only-closed", "når det er åpent"),
    ("PH off; Mo-Fr 08:00-15:30", "order", "Flytt «PH off» etter «Mo-Fr 08:00-15:30»"),
    ("Dec 24 off; Mo-Fr 08:00-15:30", "order", "Flytt «Dec 24 off»"),
    ("Mo-Fr 08:00-15:30; PH off, Sa 10:00-12:00", "comma-after-off", "semikolon"),
    ("Mo-Fr,PH 08:00-15:30; Sa 10:00-12:00", "order", "Flytt «PH 08:00-15:30»"),
    ("Mo-Fr 08:00-15:30; Dec 25 10:00-12:00; PH off", "order", "Flytt «Dec 25 10:00-12:00» etter «PH off»"),
    ("24/7; Dec 20-Jan 03 off; PH 10:00-14:00", "order", "Flytt «Dec 20-Jan 03 off»"),
    (
        "Mo-Fr 10:00-12:00; PH off; May 01-Sep 30 Mo-Fr 09:00-14:00",
        "season-after-holidays",
        "Skriv «PH off» etter «May 01-Sep 30 Mo-Fr 09:00-14:00»",
    ),
    ("We 08:00-18:00; Mo-Fr 08:00-15:30", "no-effect", "«We 08:00-18:00» får ingen virkning"),
    ("Mo-Fr 08:00-15:30; PH off; PH 10:00-12:00", "no-effect", "«PH off» får ingen virkning"),
    ("24/7; Dec 24 Mo-Fr 10:00-12:00; Dec 20-Jan 03 off", "no-effect", "«Dec 24 Mo-Fr 10:00-12:00»"),
    ("24/7; 2026 Dec 24 10:00-12:00; Dec 24 off", "no-effect", "«2026 Dec 24 10:00-12:00»"),
    ("hverdager 08:00-15:30", "group-of-days", "«Mo-Fr» for hverdager"),
    ("alle dager 08:00-15:30", "group-of-days", "«Mo-Su» for alle dager"),
    ("Mo-Fr 08:00-15:30; ; PH off", "doubled-sign", "ett semikolon"),
    ("; Mo-Fr 08:00-15:30", "doubled-sign", "foran den første"),
    ("Mo-Fr 08:00", "no-end", "når det stenger"),
    ("Mo-Fr 08:00-", "no-end", "når det stenger"),
    ("24/7; Dec 24: off", "colon-after-days", "mellomrom"),
    ("Mo-Fr ٠٨:00-15:30", "unreadable", "Vi forstår ikke"),
    ("1" * 499, "unreadable", "1…»"),
    ("xyz", "unreadable", "Vi forstår ikke «xyz»"),
    ("24/7 unless", "unreadable", "Vi forstår ikke «unless»"),
    ("Mo-PH 08:00-15:30", "unreadable", "Vi forstår ikke"),
    ("PH-Mo 08:00-15:30", "unreadable", "Vi forstår ikke"),
    ("Mo-Fr 08:00-15:30" * 40, "too-long", "500 tegn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "piece"), REFUSED)
def test_what_is_refused_and_why(text: str, code: str, piece: str) -> None:
    with pytest.raises(HoursError) as caught:
        parse(text)
    sentence = str(caught.value)
    assert caught.value.code == code, sentence
    assert piece in sentence
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("text", [text for text, _, _ in REFUSED])
def test_every_refusal_is_one_sentence(text: str) -> None:
    with pytest.raises(HoursError) as caught:
        parse(text)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0] == "«"
    assert "\n" not in sentence
    assert ". " not in sentence.split("«", maxsplit=1)[0]
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (str(again), again.code) == (sentence, caught.value.code)


EXAMPLES = [
    "Mo-Fr 08:00-15:30; PH off; Dec 24 Mo-Fr 08:00-12:00",
    "Fr 15:00-24:00; Sa,Su 00:00-24:00, Mo 00:00-08:00",
    "Mo,We 09:00-11:00,12:00-15:00",
    "24/7; Jun 20-Aug 17 off",
    "24/7; easter -3 days-easter +1 day off",
    "Jun 15-Aug 20 Mo-Fr 09:00-14:00",
    "2026 Dec 24 10:00-12:00",
    "2026 Dec 07 10:00-12:00",
    "24/7; Jul 01-Jul 31 off",
    "18:00-22:00",
    "Sa,Su 00:00-24:00",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_the_sentences_propose_can_be_read(text: str) -> None:
    assert parse(text)
