"""The hours editor as a form field: what it shows, what it reads, what it says is wrong."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given, settings

from samvirke.kit.hours import parse
from samvirke.kit.hours.tests.test_week import weeks, written
from samvirke.kit.hours.week import Week, to_week
from samvirke.ui import hours_field, hours_grid
from samvirke.ui.hours_field import HoursField

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE = "Mo-Fr 08:00-15:30; We 08:00-18:00; PH off; Dec 24,Dec 31 Mo-Fr 08:00-12:00"
COMPLEX = "Mo 08:00-09:00,10:00-11:00,12:00-13:00,14:00-15:00"


class ServiceForm(forms.Form):
    opening_hours = HoursField(label="Åpningstid")
    phone_hours = HoursField(label="Telefontid", kind="phone", required=True)


def sent(name: str = "opening_hours", **inputs: str) -> Any:
    """A form as a browser sends it; an underscore in a name stands for a dash."""
    data = QueryDict(mutable=True)
    data[f"{name}-mode"] = "grid"
    for key, value in inputs.items():
        data[f"{name}-{key.replace('_', '-')}"] = value
    return data


def office(**more: str) -> Any:
    days = {f"d{n}_{end}1": text for n in range(5) for end, text in (("from", "8"), ("to", "1530"))}
    return sent(**(days | {"holidays": "closed"} | more))


def read(data: Any) -> Any:
    """The text of the opening hours, and what is wrong by input."""
    form = ServiceForm(data)
    form.full_clean()
    errors = form.errors.as_data().get("opening_hours", [])
    return form.cleaned_data.get("opening_hours", ""), [(error.code, error.message) for error in errors]


def shown(osm: str, **more: str) -> Any:
    """What the grid shows of a text, sent back as it stands."""
    data = QueryDict(mutable=True)
    for key, value in (hours_grid.shown(osm, "nb") | more).items():
        data[f"opening_hours-{key}"] = value
    return data


def test_a_week_is_read_as_people_write_it() -> None:
    assert read(office()) == ("Mo-Fr 08:00-15:30; PH off", [])
    assert read(sent(d0_from1="8-11, 12-15", holidays="same")) == ("Mo 08:00-11:00,12:00-15:00", [])
    assert read(sent(d5_from1="22", d5_to1="02", holidays="same")) == ("Sa 22:00-02:00", [])
    assert read(sent(d6_from1="døgnet rundt", holidays="sunday")) == ("Su 00:00-24:00; PH 00:00-24:00", [])


def test_everything_around_the_clock_needs_no_word_about_holidays() -> None:
    assert read(sent(**{f"d{n}_around": "on" for n in range(7)})) == ("24/7", [])


def test_nothing_filled_in_is_nothing_told_and_all_closed_is_closed() -> None:
    assert read(sent()) == ("", [])
    assert read(sent(holidays="closed", s0_days="01234", ask_day="24.12")) == ("", [])
    assert read(sent(d0_closed="on", holidays="same")) == ("off", [])


def test_exceptions_holidays_and_a_time_when_it_is_closed() -> None:
    data = office(
        holidays="own", holiday_times="10-12", s0_first="24.12", s0_times="8-12", s0_days="01234",
        s4_first="skjærtorsdag", s4_last="2. påskedag", closed_first="1.7.2026", closed_last="31.7.2026",
    )  # fmt: skip
    assert read(data) == (
        (
            "Mo-Fr 08:00-15:30; PH 10:00-12:00; easter -3 days-easter +1 day off; Dec 24 Mo-Fr 08:00-12:00; "
            "2026 Jul 01-2026 Jul 31 off"
        ),
        [],
    )


@pytest.mark.parametrize(
    ("inputs", "problems"),
    [
        ({"d2_to1": "25:00"}, [("d2-to1", "Onsdag: «25:00» er ikke et klokkeslett.")]),
        ({"d2_from1": "åtte"}, [("d2-from1", "Onsdag: «åtte» er ikke et klokkeslett.")]),
        ({"d2_to1": ""}, [("d2-from1", "Onsdag: «8»: skriv fra og til, for eksempel «8–15.30».")]),
        ({"d2_closed": "on"}, [("d2-from1", "Onsdag: Velg én: tider, «stengt» eller «døgnet rundt».")]),
        (
            {"d2_from2": "15", "d2_to2": "16"},
            [("d2-from1", "Onsdag: 08.00–15.30 og 15.00–16.00 overlapper hverandre: rett en av dem.")],
        ),
        (
            {"d2_to1": "", "d2_from1": "1-2, 3-4", "d2_from2": "5-6, 7-8"},
            [("d2-from1", "Onsdag: Det er plass til tre tider på en dag: fjern noen.")],
        ),
        ({"holidays": ""}, [("holidays-closed", "Helligdager: Velg hva som gjelder.")]),
        ({"holidays": "often"}, [("holidays-closed", "Helligdager: Velg hva som gjelder.")]),
        (
            {"holidays": "own"},
            [("holiday-times", "Helligdager: Skriv tider, for eksempel «10–14», eller velg «stengt».")],
        ),
        ({"s1_times": "8-12"}, [("s1-first", "Unntak 2: Skriv datoen.")]),
        (
            {"s0_first": "jula"},
            [("s0-first", "Unntak 1: «jula» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026».")],
        ),
        ({"s0_first": "24.12", "s0_times": "litt"}, [("s0-times", "Unntak 1: «litt»: skriv fra og til, for eksempel «8–15.30».")]),
        ({"s0_first": "24.12", "s1_first": "24. des"}, [("s0-first", "24. desember står to ganger: fjern den ene.")]),
        ({"closed_first": "1.7.2026"}, [("closed-last", "Stengt en tid: Skriv både første og siste dag.")]),
        (
            {"closed_first": "1.7", "closed_last": "31.7.2026"},
            [("closed-first", "Stengt en tid: Skriv også årstall etter «1.7».")],
        ),
        (
            {"closed_first": "1.8.2026", "closed_last": "1.7.2026"},
            [("closed-last", "Stengt en tid: «1.7.2026» er før «1.8.2026»: rett en av dem.")],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence_at_the_input(
    inputs: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    assert read(office(**inputs)) == ("", problems)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    _, problems = read(office(d0_to1="x", d1_to1="y", holidays="", s0_first="z"))
    assert [name for name, _ in problems] == ["d0-to1", "d1-to1", "holidays-closed", "s0-first"]


def test_a_night_that_is_cut_at_midnight_is_asked_about() -> None:
    nights = {f"d{n}_{end}1": text for n in range(5) for end, text in (("from", "1530"), ("to", "8"))}
    _, problems = read(sent(**nights, d5_around="on", d6_around="on", holidays="same"))
    ((name, text),) = problems
    assert name == "d6-from1"
    assert text.startswith("Søndag: døgnet stopper kl. 24.00, men de andre nettene varer til kl. 08.00.")
    assert read(sent(**nights, d5_from1="8", d5_to1="8", d6_from1="8", d6_to1="8", holidays="same")) == (
        "Mo-Fr 15:30-08:00; Sa,Su 08:00-32:00", [],
    )  # fmt: skip


@settings(deadline=None)
@given(weeks())
def test_what_is_shown_is_read_again(week: Week) -> None:
    osm, refused = written(week)
    if refused or to_week(osm) is None:
        return
    reading = hours_grid.read(hours_grid.shown(osm, "nb"))
    if not reading.problems:
        assert reading.osm == osm
    else:  # the one thing that can be stored and is asked about
        assert "de andre nettene" in reading.problems[0].text


def test_a_text_that_is_not_changed_stays_as_it_was_written() -> None:
    assert read(shown(OFFICE)) == (OFFICE, [])
    changed, _ = read(shown(OFFICE, **{"d4-to1": "14"}))
    assert changed.startswith("Mo,Tu,Th 08:00-15:30")
    form = ServiceForm(shown(OFFICE), initial={"opening_hours": OFFICE, "phone_hours": ""})
    assert "opening_hours" not in form.changed_data


def test_a_text_beyond_the_grid_is_edited_as_text() -> None:
    data = shown(COMPLEX)
    assert data["opening_hours-mode"] == "text"
    assert read(data) == (COMPLEX, [])
    data["opening_hours-text"] = "Mo-Fr 8-15"
    osm, ((name, text),) = read(data)
    assert (osm, name) == ("", "text")
    assert text
    data["opening_hours-text"] = ""
    assert read(data) == ("", [])
    html = str(ServiceForm(initial={"opening_hours": COMPLEX})["opening_hours"])
    assert f">{COMPLEX}</textarea>" in html
    assert "d0-from1" not in html


def test_two_editors_in_one_form_are_apart() -> None:
    data = office()
    data.update(sent("phone_hours", d0_from1="10", d0_to1="11", holidays="closed"))
    form = ServiceForm(data)
    assert form.is_valid()
    assert form.cleaned_data == {
        "opening_hours": "Mo-Fr 08:00-15:30; PH off",
        "phone_hours": "Mo 10:00-11:00; PH off",
    }
    form = ServiceForm(sent("phone_hours"))
    assert form.errors.as_data()["phone_hours"][0].message == "Skriv når det er åpent."


def test_dates_and_days_are_shown_in_the_language_of_the_screen() -> None:
    with translation.override("en"):
        html = str(ServiceForm(initial={"opening_hours": OFFICE})["opening_hours"])
    assert 'value="24 December"' in html
    assert "Monday" in html
    assert "Mandag" not in html
    with translation.override("en"):
        assert read(shown(OFFICE)) == (OFFICE, [])


def ask(data: Any, **more: str) -> Any:
    data = data.copy()
    data.update(
        {
            "_hours": "opening_hours",
            **{f"opening_hours-{key.replace('_', '-')}": value for key, value in more.items()},
        }
    )
    return hours_field.preview(data, now=NOW)


def test_what_it_will_say_on_christmas_eve() -> None:
    found = ask(office(s0_first="24.12", s0_times="8-12", s0_days="01234"))
    assert found["lines"] == [
        "mandag–fredag kl. 08.00–15.30",
        "stengt på helligdager",
        "24. desember (hvis mandag–fredag) kl. 08.00–12.00",
    ]
    assert found["when"] == "Torsdag 24. desember 2026 kl. 19.00"
    assert found["badge"] == "Stengt – åpner mandag kl. 08.00"
    assert found["open"] is False
    assert found["day"] == "torsdag 24. desember kl. 08.00–12.00"
    assert found["advice"] == []


@pytest.mark.parametrize(
    ("day", "clock", "when", "badge"),
    [
        ("17. mai", "12", "Mandag 17. mai 2027 kl. 12.00", "Stengt – åpner i morgen kl. 08.00"),
        ("24.11.2026", "1000", "Tirsdag 24. november 2026 kl. 10.00", "Åpen nå til kl. 15.30"),
        ("skjærtorsdag", "9", "Torsdag 25. mars 2027 kl. 09.00", "Stengt – åpner tirsdag kl. 08.00"),
        ("29.2", "9", "Tirsdag 29. februar 2028 kl. 09.00", "Åpen nå til kl. 15.30"),
        ("", "", "Torsdag 24. desember 2026 kl. 19.00", "Stengt – åpner mandag kl. 08.00"),
    ],
)
def test_any_day_and_time_can_be_asked_about(day: str, clock: str, when: str, badge: str) -> None:
    found = ask(office(), ask_day=day, ask_clock=clock)
    assert (found["when"], found["badge"]) == (when, badge)


def test_the_words_follow_what_the_hours_are_for_and_the_language() -> None:
    data = office()
    data["opening_hours-kind"] = "phone"
    assert ask(data)["badge"] == "Telefontid igjen mandag kl. 08.00"
    with translation.override("nn"):
        assert ask(office())["badge"] == "Stengt – opnar måndag kl. 08.00"


def test_what_the_writer_may_want_to_know() -> None:
    assert ask(office(holidays="same"))["advice"] == [
        "De vanlige tidene gjelder også på helligdager, for eksempel 17. mai."
    ]
    old = office(s0_first="24.12.2025", closed_first="1.7.2026", closed_last="31.7.2026")
    assert ask(old)["advice"] == [
        "24. desember 2025 er over: fjern unntaket.",
        "Tiden da alt var stengt, er over: fjern den.",
    ]


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 200, "<b>"])
def test_a_preview_of_anything_else_says_nothing(name: str) -> None:
    data = office()
    data["_hours"] = name
    found = hours_field.preview(data, now=NOW)
    assert found["lines"] == []
    assert found["problems"] == []


def test_what_is_wrong_is_told_in_the_preview_too() -> None:
    assert ask(office(d2_to1="25"))["problems"] == ["Onsdag: «25» er ikke et klokkeslett."]
    assert ask(office(), ask_day="snart")["ask_problem"].startswith("«snart» er ikke en dato")
    assert ask(office(), ask_clock="nå")["ask_problem"] == "«nå» er ikke et klokkeslett."


def test_the_preview_is_a_part_for_the_script_and_a_page_without() -> None:
    data = office(_="").dict() | {"_hours": "opening_hours"}
    part = hours_field.answer(RequestFactory().post("/", data, headers={"HX-Request": "true"}), now=NOW)
    page = hours_field.answer(RequestFactory().post("/", data), now=NOW)
    assert "<html" not in part.content.decode()
    assert "Stengt – åpner mandag" in part.content.decode().replace(
        '<bdi dir="ltr" class="sv-num">', ""
    ).replace("</bdi>", "")
    assert "Ingenting er lagret" in page.content.decode()


def test_what_people_type_is_escaped() -> None:
    form = ServiceForm(office(d0_from1='"><script>', s0_first="<b>"))
    html = render_to_string("ui/staff/_field.html", {"field": form["opening_hours"]})
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("days", ["x", "\0", "9", "null", "-1", "77", "²"])
def test_days_that_no_week_has_are_shown_as_all_days(days: str) -> None:
    html = str(ServiceForm(office(s0_first="24.12", s0_days=days))["opening_hours"])
    assert "alle dager" in html


def test_the_widget_knows_three_kinds() -> None:
    with pytest.raises(ValueError, match="kind is one of"):
        HoursField(kind="often")


def test_every_input_has_a_label_and_ids_are_unique() -> None:
    html = str(ServiceForm(initial={"opening_hours": OFFICE, "phone_hours": OFFICE}))
    labels = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', html)
    assert len(inputs) == len(set(inputs)) > 100
    assert set(inputs) <= labels


def test_stored_text_is_said_below_the_grid_before_any_script_runs() -> None:
    html = str(ServiceForm(initial={"opening_hours": OFFICE})["opening_hours"])
    assert "stengt på helligdager" in html
    assert parse(OFFICE)
