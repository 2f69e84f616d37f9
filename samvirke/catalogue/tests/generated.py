"""Services as hypothesis makes them: every field, nasty texts, hours of all kinds. Of the invented municipality."""

from uuid import UUID

from hypothesis import strategies as st

from samvirke.catalogue import values
from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Group, Level
from samvirke.catalogue.inputs import (
    TEXT_FIELDS,
    ChannelInput,
    Known,
    PhoneInput,
    ServiceInput,
    TextInput,
    clean,
)

INVENTED = "9999"
KINDS = {"kriseteam": "kommune", "legevakt": "kommune", "nav": "kommune", "dps": "spesialist"}
KNOWN = Known(KINDS, frozenset({"1771", "0150"}))
POSTAL = {"1771": "HALDEN", "0150": "OSLO"}

NASTY = st.text(alphabet="aå '=+-@;,|\t\n\"\uff1d\uff20\u00a0\u2028_x0041\u20ac1771", max_size=25)


def allowed(text: str) -> str:
    """The text as it is kept; another one where it may not stand."""
    try:
        return values.prose(text)
    except values.Refused:
        return "- ett\n- to"


TEXT = st.one_of(
    st.just(""),
    st.sampled_from(["Ring oss.", "kr 200,-", "'sitat'", "'=1", "_x0041_ \uffff"]),
    st.one_of(NASTY, st.text(max_size=15)).map(allowed),
)
LINE = TEXT.map(values.line)
HOURS = st.sampled_from(
    [
        "",
        "off",
        "24/7",
        "Mo-Fr 08:00-15:30",
        "Mo-Fr 08:00-15:30; PH off; Dec 24 off",
        "Mo-Fr 22:00-06:00",
        "Sa,Su 00:00-24:00",
    ]
)
LABELS = st.dictionaries(st.sampled_from(LANGUAGES), TEXT, max_size=2)
PHONES = st.builds(
    PhoneInput, st.integers(1, 9999).map(lambda number: f"+470000{number:04}"), HOURS, LABELS, st.booleans()
)
CHANNELS = st.one_of(
    st.builds(ChannelInput, st.just("chat"), st.just("https://example.no/chat?a=b|c"), HOURS, LABELS),
    st.builds(ChannelInput, st.just("email"), st.just("post@example.no"), HOURS, LABELS),
    st.builds(ChannelInput, st.just("sms"), st.just("00001234"), HOURS, LABELS),
)
AGES = st.none() | st.integers(0, 120)


def texts() -> st.SearchStrategy[TextInput]:
    return st.builds(TextInput, LINE.map(lambda text: text or "Navn"), **dict.fromkeys(TEXT_FIELDS, TEXT))


@st.composite
def services(draw: st.DrawFn) -> ServiceInput:
    """A service in the form it is kept in."""
    language = draw(st.sampled_from(LANGUAGES))
    spoken = draw(st.lists(st.sampled_from(["nb", "en", "uk", "se"]), unique=True))
    ages = draw(st.one_of(st.tuples(AGES, st.none()), st.tuples(st.integers(0, 18), st.integers(18, 120))))
    given = ServiceInput(
        kind=draw(st.sampled_from(list(KINDS))),
        texts={language: draw(texts())}
        | draw(st.dictionaries(st.sampled_from(LANGUAGES), texts(), max_size=2)),
        language=language,
        external_id=draw(
            st.one_of(st.just(""), st.uuids().map(str), LINE, st.sampled_from(["team-1", "007", "-x"]))
        ),
        owner=draw(LINE),
        level=draw(st.sampled_from(["", Level.STATE.value])),
        groups=draw(st.lists(st.sampled_from([group.value for group in Group]), unique=True)),
        age_min=ages[0],
        age_max=ages[1],
        access=draw(st.sampled_from([way.value for way in Access])),
        through=draw(st.sampled_from(["", "legevakt"])),
        street_address=draw(
            st.one_of(
                TEXT,
                st.sampled_from(["Storgata 1", "Bygg 1234 nord", "Storgata 1, 1771 Halden", "1771 Halden"]),
            )
        ),
        postal_code=draw(st.sampled_from(["", "1771", "0150"])),
        opening_hours=draw(HOURS),
        url=draw(st.sampled_from(["", "https://www.example.no/a"])),
        languages=spoken,
        interpreter=draw(st.sampled_from([None, True, False])),
        phones=tuple(draw(st.lists(PHONES, max_size=3, unique_by=lambda phone: phone.number))),
        channels=tuple(draw(st.lists(CHANNELS, max_size=2, unique_by=lambda channel: channel.kind))),
    )
    cleaned, problems = clean(given, INVENTED, KNOWN)
    assert problems == []
    return cleaned


IDS = st.integers(0, 2**64).map(lambda number: UUID(int=number))
