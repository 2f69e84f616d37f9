"""Nothing that either of two editors wrote is lost without being named as a conflict."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from samvirke.catalogue.contents import content_fields, flat, from_json, same, to_json
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput
from samvirke.catalogue.merging import three_way

word = st.sampled_from(["", "en", "to", "tre"])
label = st.dictionaries(st.sampled_from(["nb", "en"]), word, max_size=2)
texts = st.builds(TextInput, **{one.name: word for one in fields(TextInput)})
services = st.builds(
    ServiceInput,
    kind=st.sampled_from(["nav", "ppt"]),
    language=st.sampled_from(["nb", "nn"]),
    texts=st.fixed_dictionaries({"nb": texts}, optional={"nn": texts, "en": texts}),
    owner=word,
    groups=st.lists(st.sampled_from(["adults", "youth"]), unique=True).map(tuple),
    age_min=st.sampled_from([None, 0, 18]),
    interpreter=st.sampled_from([None, False, True]),
    opening_hours=word,
    phones=st.lists(st.builds(PhoneInput, word, word, label, st.booleans()), max_size=2).map(tuple),
    channels=st.lists(st.builds(ChannelInput, word, word, word, label), max_size=2).map(tuple),
)


@st.composite
def edits(draw, base):
    """A version of `base` in which a few fields are another service's."""
    other = draw(services)
    names = draw(st.sets(st.sampled_from([one.name for one in fields(ServiceInput)]), max_size=3))
    edited = replace(base, **{name: getattr(other, name) for name in names - {"texts"}})
    if "texts" in names:
        some = {language: text for language, text in other.texts.items() if draw(st.booleans())}
        kept = {
            language: text for language, text in base.texts.items() if language == "nb" or draw(st.booleans())
        }
        edited = replace(edited, texts={**kept, **some})
    return edited


three = services.flatmap(lambda base: st.tuples(st.just(base), edits(base), edits(base)))


@given(services)
def test_a_service_comes_back_from_json_as_it_was(service):
    assert from_json(to_json(service)) == service
    assert content_fields(service, service) == {}


@given(services, services)
def test_two_services_are_the_same_when_no_field_differs(one, other):
    assert same(one, other) == (to_json(one) == to_json(other))
    if not content_fields(one, other):
        assert flat(to_json(one)) == flat(to_json(other))


@given(three)
def test_every_change_of_either_is_in_the_result_or_named(versions):
    base, theirs, mine = versions
    merged = three_way(base, theirs, mine)
    result, was = flat(to_json(merged.content)), flat(to_json(base))
    for side, place in ((theirs, 1), (mine, 2)):
        written = flat(to_json(side))
        for path in {*was, *written}:
            if written.get(path) == was.get(path) or written.get(path) == result.get(path):
                continue
            named = [
                values
                for conflict, values in merged.conflicts.items()
                if f"{path}.".startswith(f"{conflict}.")
            ]
            assert len(named) == 1, path
            told = named[0][place]
            value = told.get(path.rpartition(".")[2]) if isinstance(told, dict) else told
            assert (value or None) == (written.get(path) or None)


@given(three)
def test_what_nobody_changed_stays_and_what_one_changed_is_no_conflict(versions):
    base, theirs, mine = versions
    merged = three_way(base, theirs, mine)
    for was, they, me in merged.conflicts.values():
        assert they != me
        assert was not in (they, me)
    before, after = flat(to_json(base)), flat(to_json(merged.content))
    for path in {*before, *after}:
        if before.get(path) == flat(to_json(theirs)).get(path) == flat(to_json(mine)).get(path):
            assert after.get(path) == before.get(path)


@given(services, services)
def test_one_editor_alone_gets_it_all(base, mine):
    assert three_way(base, base, mine).content == mine
    assert three_way(base, mine, base).content == mine
    assert three_way(base, mine, mine) == three_way(base, base, mine)
    assert not three_way(base, base, mine).conflicts


@given(three)
def test_it_does_not_matter_who_was_first(versions):
    base, theirs, mine = versions
    one, other = three_way(base, theirs, mine), three_way(base, mine, theirs)
    assert {path: (was, me, they) for path, (was, they, me) in one.conflicts.items()} == dict(other.conflicts)
    if not one.conflicts:
        assert same(one.content, other.content)


def test_a_language_taken_away_while_somebody_wrote_in_it_is_one_conflict():
    base = ServiceInput(
        kind="nav", texts={"nb": TextInput("Nav"), "en": TextInput("Nav", description="Help")}
    )
    theirs = replace(base, texts={"nb": base.texts["nb"]})
    mine = replace(base, texts={**base.texts, "en": TextInput("Nav", description="Help at work")})
    merged = three_way(base, theirs, mine)
    assert list(merged.conflicts) == ["texts.en"]
    assert merged.content.texts["en"].description == "Help at work"
