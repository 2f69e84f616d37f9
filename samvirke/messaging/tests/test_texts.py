"""Addresses, headers and the length of an SMS: nothing smuggled in, nothing lost, nothing cut without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.messaging import texts


@given(st.text())
def test_a_header_is_one_line_without_anything_unseen(text):
    found = texts.one_line(text)
    assert len(found) <= texts.LONGEST_SUBJECT
    assert found == texts.one_line(found)
    assert not any(ord(sign) < 32 or sign in "\x7f\x85\u2028\u2029\u202e" for sign in found)


@given(st.text())
def test_a_text_has_one_kind_of_line_break_and_is_settled(text):
    found = texts.plain(text)
    assert found == texts.plain(found)
    assert not any(sign in found for sign in "\r\x00\x1b\x0b\x85\u2028\u202e\u2066")
    found.encode("utf-8")


def test_what_a_reader_sees_is_kept():
    assert texts.plain("Æ ø å – «ja»\r\n\r\n• én\tto ") == "Æ ø å – «ja»\n\n• én\tto"
    assert texts.one_line("  Blåbær\r\nBcc: alle@example.org ") == "Blåbær Bcc: alle@example.org"


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ("kari@example.org", "kari@example.org"),
        (" kari@example.org ", "kari@example.org"),
        ("Kari.Nordmann+jobb@sub.Example.no", "Kari.Nordmann+jobb@sub.Example.no"),
        ("post@blåbær.no", "post@xn--blbr-roah.no"),
    ],
)
def test_addresses_that_can_be_used(given_, found):
    assert texts.email(given_) == found


@pytest.mark.parametrize(
    "given_",
    [
        "", "kari", "kari@", "@example.org", "kari@example", "kari@@example.org", "a b@example.org",
        "kari@example.org\r\nBcc: x@example.org", "kari@example.org\nDATA", "kari@exam ple.org", "kåre@example.org",
        "<kari@example.org>", "kari@example.org>", "Kari <kari@example.org>", "kari@example..org", "kari@-example.org",
        "a..b@example.org", ".a@example.org", "kari@example.org,ola@example.org", "kari@[127.0.0.1]", "kari@127.0.0.1",
        "x" * 65 + "@example.org", "a@" + "b" * 300 + ".no", "a@" + "é" * 80 + ".no", "kari@example.org\x00",
    ],
)  # fmt: skip
def test_addresses_that_cannot(given_):
    assert texts.email(given_) is None


@given(st.text())
def test_no_text_becomes_an_address_with_a_line_break(text):
    for given_ in (text, f"kari@{text}", f"{text}@example.org", f"kari@example.org{text}"):
        found = texts.email(given_)
        assert found is None or (
            found.isascii() and found.isprintable() and found.count("@") == 1 and " " not in found
        )


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("+4741234567", "+4741234567"), ("+47 99 99 99 99", "+4799999999"), ("+46701234567", "+46701234567"),
        ("+12125550123", "+12125550123"),  # in America nobody can tell a mobile by its number
        ("+4722334455", None), ("41234567", None), ("+4782012345", None), ("", None), ("+47412345670000", None),
        ("+4741234567;123", None), ("+4700000001", None),
    ],
)  # fmt: skip
def test_only_mobiles_get_sms(number, found):
    assert texts.mobile(number) == found


def test_invented_numbers_are_for_demonstrations():
    assert texts.mobile("+4700000001", invented=True) == "+4700000001"
    assert texts.mobile("+4722334455", invented=True) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("a", 1), ("ø" * 160, 1), ("ø" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 153, 3),  # the euro sign is not split, so the first part has one place to spare
        ("á" * 70, 1), ("á" * 71, 2), ("á" * 134, 2), ("á" * 135, 3),
        ("á" + "a" * 69, 1), ("á" + "a" * 70, 2),
        ("😀" * 35, 1), ("😀" * 36, 2), ("á" * 66 + "😀" + "á" * 66, 3),
    ],
)  # fmt: skip
def test_the_parts_of_an_sms(text, count):
    assert texts.parts(text) == count


@given(st.text(alphabet=sorted(texts.GSM | texts.GSM_ESCAPED | set("áč漢😀")), max_size=700))
def test_parts_are_never_fewer_than_the_places_demand(text):
    gsm = set(text) <= texts.GSM | texts.GSM_ESCAPED
    places = sum(1 + (s in texts.GSM_ESCAPED) for s in text) if gsm else len(text.encode("utf-16-be")) // 2
    many = 153 if gsm else 67
    found = texts.parts(text)
    assert (found == 0) == (text == "")
    if found > 1:
        assert places > (160 if gsm else 70)
        assert found * many >= places
        assert (found - 1) * (many - 1) <= places


def test_an_sms_keeps_norwegian_and_drops_what_makes_it_dear():
    said = texts.sms("«Kriseteamet» ringer – kl. 10…\u00a0Ærlig talt, Øyvind Ås 😀")
    assert said == '"Kriseteamet" ringer - kl. 10... Ærlig talt, Øyvind Ås'
    assert texts.parts(said) == 1


@given(st.text())
def test_an_sms_has_no_sign_the_gateway_cannot_take(text):
    assert all(ord(sign) <= 0xFFFF for sign in texts.sms(text))
