from datetime import UTC, date, datetime, timedelta

import pytest

from samvirke.kit.hours import (
    OSLO,
    TIME_RANGE,
    parse,
    parts,
    say,
    say_date,
    say_day,
    say_lines,
    say_moment,
    say_span,
    spans,
)

SAID = [
    (
        "Mo-Fr 08:00-15:30; PH off",
        "mandag–fredag kl. 08.00–15.30, stengt på helligdager",
        "måndag–fredag kl. 08.00–15.30, stengt på heilagdagar",
        "Monday–Friday 08:00–15:30, closed on public holidays",
    ),
    (
        "Mo-Fr 08:00-15:30; We 08:00-18:00; PH off",
        "mandag–fredag kl. 08.00–15.30, onsdag til 18.00, stengt på helligdager",
        "måndag–fredag kl. 08.00–15.30, onsdag til 18.00, stengt på heilagdagar",
        "Monday–Friday 08:00–15:30, Wednesday until 18:00, closed on public holidays",
    ),
    (
        "Mo-Fr 08:00-15:30; Tu 10:00-15:30",
        "mandag–fredag kl. 08.00–15.30, tirsdag fra 10.00",
        "måndag–fredag kl. 08.00–15.30, tysdag frå 10.00",
        "Monday–Friday 08:00–15:30, Tuesday from 10:00",
    ),
    (
        "Mo-Fr 08:00-15:30; We 10:00-18:00",
        "mandag, tirsdag, torsdag og fredag kl. 08.00–15.30, onsdag kl. 10.00–18.00",
        "måndag, tysdag, torsdag og fredag kl. 08.00–15.30, onsdag kl. 10.00–18.00",
        "Monday, Tuesday, Thursday and Friday 08:00–15:30, Wednesday 10:00–18:00",
    ),
    ("24/7", "hele døgnet", "heile døgnet", "24 hours a day"),
    (
        "24/7; Dec 24 off",
        "hele døgnet, stengt 24. desember",
        "heile døgnet, stengt 24. desember",
        "24 hours a day, closed 24 December",
    ),
    (
        "Mo-Fr 15:30-08:00; Sa,Su,PH 00:00-24:00",
        "mandag–fredag kl. 15.30–08.00, lørdag, søndag og helligdager hele døgnet",
        "måndag–fredag kl. 15.30–08.00, laurdag, søndag og heilagdagar heile døgnet",
        "Monday–Friday 15:30–08:00, Saturday, Sunday and public holidays 24 hours a day",
    ),
    (
        "Mo,Tu 18:30-22:30; We-Fr 18:30-01:30",
        "mandag og tirsdag kl. 18.30–22.30, onsdag–fredag kl. 18.30–01.30",
        "måndag og tysdag kl. 18.30–22.30, onsdag–fredag kl. 18.30–01.30",
        "Monday and Tuesday 18:30–22:30, Wednesday–Friday 18:30–01:30",
    ),
    (
        "Mo-Fr 09:00-11:00,12:00-15:00; PH 10:00-12:00; Dec 31 off",
        "mandag–fredag kl. 09.00–11.00 og 12.00–15.00, helligdager kl. 10.00–12.00, stengt 31. desember",
        "måndag–fredag kl. 09.00–11.00 og 12.00–15.00, heilagdagar kl. 10.00–12.00, stengt 31. desember",
        "Monday–Friday 09:00–11:00 and 12:00–15:00, public holidays 10:00–12:00, closed 31 December",
    ),
    (
        "Mo-Su 10:00-22:00; Dec 24 08:00-12:00; easter -3 days-easter +1 day off",
        "alle dager kl. 10.00–22.00, 24. desember kl. 08.00–12.00, stengt skjærtorsdag–2. påskedag",
        "alle dagar kl. 10.00–22.00, 24. desember kl. 08.00–12.00, stengt skjertorsdag–2. påskedag",
        "every day 10:00–22:00, 24 December 08:00–12:00, closed Maundy Thursday–Easter Monday",
    ),
    (
        "Mo-Fr 08:00-15:30; Dec 24 Mo-Fr 08:00-12:00",
        "mandag–fredag kl. 08.00–15.30, 24. desember (hvis mandag–fredag) kl. 08.00–12.00",
        "måndag–fredag kl. 08.00–15.30, 24. desember (viss måndag–fredag) kl. 08.00–12.00",
        "Monday–Friday 08:00–15:30, 24 December (if Monday–Friday) 08:00–12:00",
    ),
    (
        "Mo-Fr 08:00-15:30; Jun 15-Aug 20 Mo-Fr 09:00-14:00; PH off",
        "mandag–fredag kl. 08.00–15.30, stengt på helligdager, 15. juni–20. august: mandag–fredag kl. 09.00–14.00",
        "måndag–fredag kl. 08.00–15.30, stengt på heilagdagar, 15. juni–20. august: måndag–fredag kl. 09.00–14.00",
        "Monday–Friday 08:00–15:30, closed on public holidays, 15 June–20 August: Monday–Friday 09:00–14:00",
    ),
    (
        "Mo-Su,PH 10:00-14:00; 2026 Dec 20-2027 Jan 03 off; 2026 Dec 31 20:00-02:00",
        (
            "alle dager kl. 10.00–14.00, også på helligdager, stengt 20. desember 2026–3. januar 2027, "
            "31. desember 2026 kl. 20.00–02.00"
        ),
        (
            "alle dagar kl. 10.00–14.00, også på heilagdagar, stengt 20. desember 2026–3. januar 2027, "
            "31. desember 2026 kl. 20.00–02.00"
        ),
        (
            "every day 10:00–14:00, also on public holidays, closed 20 December 2026–3 January 2027, "
            "31 December 2026 20:00–02:00"
        ),
    ),
    (
        "Mo-Fr 10:00-12:00; We off; Dec 24-26,Dec 31 off",
        "mandag, tirsdag, torsdag og fredag kl. 10.00–12.00, stengt onsdag, stengt 24.–26. desember og 31. desember",
        "måndag, tysdag, torsdag og fredag kl. 10.00–12.00, stengt onsdag, stengt 24.–26. desember og 31. desember",
        "Monday, Tuesday, Thursday and Friday 10:00–12:00, closed Wednesday, closed 24–26 December and 31 December",
    ),
    (
        "Mo-Fr 10:00-12:00, Dec 24 18:00-20:00",
        "mandag–fredag kl. 10.00–12.00, 24. desember også kl. 18.00–20.00",
        "måndag–fredag kl. 10.00–12.00, 24. desember også kl. 18.00–20.00",
        "Monday–Friday 10:00–12:00, 24 December also 18:00–20:00",
    ),
    (
        "Sa 08:00-32:00; easter -20 days off",
        "lørdag kl. 08.00–08.00 neste dag, stengt 20 dager før 1. påskedag",
        "laurdag kl. 08.00–08.00 neste dag, stengt 20 dagar før 1. påskedag",
        "Saturday 08:00–08:00 the next day, closed 20 days before Easter Sunday",
    ),
    ("off", "stengt", "stengt", "closed"),
    (
        "2026 Dec 24 Mo-Fr 10:00-12:00",
        "24. desember 2026 kl. 10.00–12.00",
        "24. desember 2026 kl. 10.00–12.00",
        "24 December 2026 10:00–12:00",
    ),
]


@pytest.mark.parametrize(("text", "nb", "nn", "en"), SAID, ids=[row[0] for row in SAID])
def test_say(text: str, nb: str, nn: str, en: str) -> None:
    schedule = parse(text)
    assert say(schedule, "nb") == nb
    assert say(schedule, "nn") == nn
    assert say(schedule, "en") == en


def test_an_unknown_language_is_said_in_bokmaal() -> None:
    schedule = parse("Mo-Fr 08:00-15:30; PH off")
    assert say(schedule, "se") == say(schedule, "nb")


def test_lines() -> None:
    schedule = parse("Mo-Fr 08:00-15:30; We 08:00-18:00; PH off; Dec 24 08:00-12:00")
    assert say_lines(schedule, "nb") == [
        "mandag–fredag kl. 08.00–15.30, onsdag til 18.00",
        "stengt på helligdager",
        "24. desember kl. 08.00–12.00",
    ]


def test_dates_that_are_over_can_be_left_out() -> None:
    schedule = parse("Mo-Fr 08:00-15:30; 2026 Dec 20-2027 Jan 03 off; Dec 24 off")
    assert "2027" in say(schedule, "nb", since=date(2027, 1, 3))
    assert say(schedule, "nb", since=date(2027, 1, 4)) == "mandag–fredag kl. 08.00–15.30, stengt 24. desember"


def test_one_day() -> None:
    office = parse("Mo-Fr 08:00-15:30; Su 08:00-15:30; PH off")
    sunday = date(2026, 11, 22)
    assert say_day(office, sunday, "nb") == "søndag 22. november kl. 08.00–15.30"
    assert say_day(office, sunday, "nn") == "søndag 22. november kl. 08.00–15.30"
    assert say_day(office, sunday, "en") == "Sunday 22 November 08:00–15:30"
    assert say_day(office, date(2026, 11, 21), "nb") == "stengt lørdag 21. november"
    assert say_day(office, date(2027, 5, 17), "nb") == "stengt mandag 17. mai"
    assert say_day(office, date(2027, 5, 17), "en") == "closed Monday 17 May"
    assert say_day(parse("24/7"), sunday, "nb") == "søndag 22. november hele døgnet"
    assert say_day(parse("24/7"), date(2026, 10, 25), "nb") == "søndag 25. oktober hele døgnet"
    two = parse("Mo-Su 09:00-11:00,12:00-15:00")
    assert say_day(two, sunday, "nb") == "søndag 22. november kl. 09.00–11.00 og 12.00–15.00"


def test_one_day_is_true_of_the_night_before() -> None:
    nights = parse("Mo-Fr 22:00-06:00; PH off")
    assert say_day(nights, date(2027, 3, 25), "nb") == "torsdag 25. mars til kl. 06.00"
    assert say_day(nights, date(2027, 3, 24), "nb") == "onsdag 24. mars til kl. 06.00 og kl. 22.00–06.00"
    assert say_day(nights, date(2027, 3, 26), "nb") == "stengt fredag 26. mars"
    duty = parse("Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00")
    assert say_day(duty, date(2026, 11, 20), "nb") == "fredag 20. november til kl. 08.00 og fra kl. 15.30"
    assert say_day(duty, date(2026, 11, 21), "nb") == "lørdag 21. november hele døgnet"
    assert say_day(duty, date(2026, 11, 23), "nb") == "mandag 23. november kl. 15.30–08.00"


def test_one_date() -> None:
    assert say_date(date(2027, 1, 4), "nb") == "mandag 4. januar"
    assert say_date(date(2027, 1, 4), "nn", year=True) == "måndag 4. januar 2027"
    assert say_date(date(2027, 1, 4), "en", year=True) == "Monday 4 January 2027"


def test_one_span() -> None:
    office, nights = parse("Su 08:00-15:30"), parse("Mo-Fr 22:00-06:00")
    sunday, friday = date(2026, 11, 22), date(2026, 11, 20)
    assert say_span(*spans(office, sunday, 1)[0], "nb") == "søndag 22. november kl. 08.00–15.30"
    assert say_span(*spans(nights, friday, 1)[0], "nb") == "fredag 20. november kl. 22.00–06.00"
    assert say_span(*spans(parse("Fr 16:00-24:00"), friday, 1)[0], "en") == "Friday 20 November 16:00–24:00"
    assert say_span(*spans(parse("24/7"), friday, 1)[0], "nn") == "fredag 20. november heile døgnet"
    weekend = parse("Fr 15:30-24:00; Sa,Su 00:00-24:00, Mo 00:00-08:00")
    assert (
        say_span(*spans(weekend, friday, 4)[0], "nb")
        == "fredag 20. november kl. 15.30 – mandag 23. november kl. 08.00"
    )
    assert (
        say_span(*spans(weekend, friday, 3)[0], "nb")
        == "fredag 20. november kl. 15.30 – søndag 22. november kl. 24.00"
    )


def test_one_moment() -> None:
    now = datetime(2026, 12, 29, 14, 0, tzinfo=OSLO)
    assert say_moment(now.replace(hour=15, minute=30), now, "nb") == "kl. 15.30"
    assert say_moment(now.replace(hour=15, minute=30), now, "en") == "15:30"
    assert say_moment(datetime(2026, 12, 31, 12, tzinfo=OSLO), now, "nb") == "torsdag kl. 12.00"
    assert say_moment(datetime(2027, 1, 4, 12, tzinfo=OSLO), now, "nb") == "mandag kl. 12.00"
    assert say_moment(datetime(2027, 1, 5, 12, tzinfo=OSLO), now, "nb") == "tirsdag 5. januar kl. 12.00"
    assert say_moment(datetime(2027, 1, 5, 12, tzinfo=OSLO), now, "en") == "Tuesday 5 January 12:00"
    assert say_moment(datetime(2026, 12, 30, tzinfo=OSLO), now, "nb") == "kl. 24.00"
    assert say_moment(now - timedelta(days=1), now, "nb") == "mandag 28. desember kl. 14.00"
    assert say_moment(datetime(2026, 12, 29, 23, 30, tzinfo=UTC), now, "nb") == "onsdag kl. 00.30"


def test_times_can_be_told_from_the_text() -> None:
    schedule = parse("Mo-Fr 08:00-15:30; We 08:00-18:00; 2026 Dec 24 10:00-12:00")
    for language in ("nb", "nn", "en"):
        found = TIME_RANGE.findall(say(schedule, language))
        assert [piece.replace(":", ".") for piece in found] == ["08.00–15.30", "18.00", "10.00–12.00"]
    assert parts("Monday until 18:00") == [("Monday until ", False), ("18:00", True)]
    assert parts("hele døgnet") == [("hele døgnet", False)]
