"""Who acts in a report: kinds, countries, sectors, roles, privacy, and one actor per person and body."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.actors import find_actors
from dateline.annotate.context import Context
from dateline.codebook import load_codebook
from dateline.records import Place, Report
from tests.conftest import SEED
from tests.marked import unmark


@pytest.fixture(scope="session")
def cast_of(parse):
    """Find the actors of a text published on a day, with given places."""

    def find(text, published="2022-02-25", places=(), **fields):
        report = Report(text=text, published=published, **fields)
        return find_actors(parse(text), Context(report=report, codebook=load_codebook()), list(places))

    return find


@pytest.fixture(scope="session")
def actor_at(cast_of):
    """The actor of the one [marked] stretch of a text."""

    def find(marked, **fields):
        text, [(start, end)] = unmark(marked)
        cast = cast_of(text, **fields)
        found = cast.at(start, end)
        return None if found is None else cast.get(found)

    return find


@pytest.mark.parametrize(("marked", "kind", "country", "sector"), [
    ("[Ukraine] rejected the offer.", "government", "UKR", None),
    ("The [French government] fell.", "government", "FRA", "GOV"),
    ("[Russian officials] said nothing.", "government", "RUS", "GOV"),
    ("The [Kremlin] said so.", "government", "RUS", "GOV"),
    ("The [White House] declined to comment.", "government", "USA", "GOV"),
    ("[Russia's military] said it had left.", "armed_force", "RUS", "MIL"),
    ("[Israeli forces] shelled the camp.", "armed_force", "ISR", "MIL"),
    ("[Hamas] fired rockets.", "armed_force", "PSE", "REB"),
    ("[Boko Haram] attacked a village.", "armed_force", "NGA", "REB"),
    ("[Kenyan police] arrested two men.", "armed_force", "KEN", "COP"),
    ("[Ukrainians] adjusted to life under fire.", "people", "UKR", "CVL"),
    ("[NATO] agreed to send ships.", "organisation", "IGO", None),
    ("The [U.N. refugee agency] appealed for help.", "organisation", "UNO", None),
    ("[Reuters] reported a blast.", "outlet", "GBR", "JRN"),
    ("The [Spanish parliament] voted.", "government", "ESP", "LEG"),
    ("A [Nigerian court] freed him.", "government", "NGA", "JUD"),
    ("[Two officials] said so.", "unnamed", None, "GOV"),
    ("[Syrian refugees] crossed the river.", "unnamed", "SYR", "REF"),
    ("[Separatists] seized the town.", "armed_force", None, "REB"),
    ("[Taliban leaders] met.", "unnamed", "AFG", "REB"),
    ("[Aid workers] left the city.", "organisation", "NGO", "SOC"),
    ("[Texas police] made an arrest.", "armed_force", "USA", "COP"),
])  # fmt: skip
def test_who_acts_has_a_kind_a_country_and_a_sector(actor_at, marked, kind, country, sector):
    actor = actor_at(marked)
    assert (actor.kind, actor.country, actor.sector) == (kind, country, sector)


@pytest.mark.parametrize(("marked", "name", "country", "role"), [
    ("Russian foreign minister [Sergey Lavrov] left.", "Sergey Lavrov", "RUS", "foreign minister"),
    ("[Putin] spoke.", "Putin", "RUS", "president"),
    ("Kenyan Interior Minister [Asha Mwangi] spoke.", "Asha Mwangi", "KEN", "Interior Minister"),
    ("Putin's spokesman [Dmitry Peskov] spoke.", "Dmitry Peskov", "RUS", "Putin's spokesman"),
    ("[Ana Petrova], the Bulgarian ambassador, left.", "Ana Petrova", "BGR", "ambassador"),
    ("Police chief [Omar Said] said nothing.", "Omar Said", None, "Police chief"),
    ("US Secretary of State [Antony Blinken] left.", "Antony Blinken", "USA", "Secretary of State"),
])  # fmt: skip
def test_a_person_has_the_role_the_words_give(actor_at, marked, name, country, role):
    actor = actor_at(marked)
    assert (actor.kind, actor.name, actor.country, actor.role) == ("person", name, country, role)


def test_an_office_held_once_is_a_former_one(actor_at):
    actor = actor_at("[Obama] spoke in Oslo.", published="2021-05-01")
    assert (actor.role, actor.sector) == ("former president", "ELI")


@pytest.mark.parametrize(("marked", "public"), [
    ("“It shook,” said resident [Iryna Koval].", False),
    ("“We ran,” said one of the workers, [Petro Lys], 31.", False),
    ("[John Weller], 24, was shot dead.", False),
    ("Mayor [Petro Lys] was shot dead.", True),
    ("[Petro Lys], a lawmaker, spoke.", True),
    ("Witness [Ann Moore] saw smoke.", False),
    ("“Go,” said [Iryna].", False),
    ("[Two residents] saw smoke.", False),
    ("[Two officials] saw smoke.", True),
    ("[Zelenskiy] was wounded.", True),
    ("[Ana Petrova] was seen there.", False),  # nothing says that she holds an office
    ("“Go,” said [Ana Petrova] of the transport department.", True),
    ("“Go,” said the deputy head of the town council, [Ana Petrova].", True),
    ("By order of [Ana Petrova], the city's head of transport, it shut.", True),
    ("Gen. [Ana Petrova] was seen there.", True),
    ("[Doctors Without Borders] left.", True),
])  # fmt: skip
def test_who_is_named_only_as_resident_witness_or_victim_is_private(actor_at, marked, public):
    assert actor_at(marked).public is public


@pytest.mark.parametrize("marked", [
    "Russian foreign minister [Sergey Lavrov] said [Lavrov] would go.",
    "[Zelenskiy] spoke. [Volodymyr Zelenskyy] said so.",
    "[Associated Press] saw smoke. [AP reporters] counted shells.",
    "[Russian troops] came in. [Russia's military] denied it. Then the [troops] left.",
    "[Dmitry Peskov], the Kremlin [spokesman], spoke.",
    "The [European Union] met. The [EU] agreed.",
    "The [Harbour Workers Union] struck. The [HWU] wants more pay.",
    "Interior minister [Petro Lys] spoke. The [minister] then left.",
    "[Moscow] said that [Russia] would stay.",
    "[Ukraine] waited. The [Ukrainian side] agreed.",
])  # fmt: skip
def test_names_titles_and_acronyms_of_one_actor_are_one(cast_of, marked):
    text, spans = unmark(marked)
    cast = cast_of(text)
    assert len({cast.at(*span) for span in spans}) == 1


def test_two_persons_of_one_surname_stay_two(cast_of):
    text, spans = unmark("[Jane Moore] and [Peter Moore] spoke.")
    cast = cast_of(text)
    assert len({cast.at(*span) for span in spans}) == 2


def test_forces_of_two_countries_are_two_actors(cast_of):
    text, spans = unmark("[Nigerian] and [British armed forces] will train together.")
    cast = cast_of(text)
    assert [cast.get(cast.at(*span)).country for span in spans] == ["NGA", "GBR"]


def test_a_capital_is_an_actor_only_where_it_stands_for_a_government(cast_of):
    text, [(a, b)] = unmark("[Kyiv] rejected the offer.")
    where = Place(start=a, end=b, name="Kyiv", kind="metonymic", country="UKR")
    literal = Place(start=a, end=b, name="Kyiv", kind="literal", country="UKR")
    assert cast_of(text, places=[where]).at(a, b) is not None
    assert cast_of(text, places=[literal]).at(a, b) is None


def test_a_country_that_only_says_where_is_no_actor(actor_at):
    assert actor_at("They met in [Belarus].") is None


def test_a_name_of_a_state_of_the_us_is_not_the_country(cast_of):
    text, [(a, b)] = unmark("[Georgia] voted on Tuesday.")
    place = Place(start=a, end=b, name="Georgia", kind="literal", country="USA")
    assert cast_of(text, places=[place]).at(a, b) is None


def test_ids_are_places_in_the_list_in_order_of_first_mention(cast_of):
    actors = cast_of("Police said Ana Petrova met Ukrainian officials. She left.").actors()
    assert [a.id for a in actors] == [f"a{k}" for k in range(len(actors))]
    assert [a.mentions[0][:2] for a in actors] == sorted(a.mentions[0][:2] for a in actors)


def test_the_head_decides_whose_words_a_stretch_is(cast_of):
    text = "Putin's spokesman Dmitry Peskov left."
    cast = cast_of(text)
    assert cast.get(cast.at(0, len(text) - 6)).name == "Dmitry Peskov"
    assert cast.get(cast.at(0, 5)).name == "Putin"


def test_finders_may_add_an_actor_and_a_mention(cast_of):
    cast = cast_of("Somebody rang the bell.")
    added = cast.add("Somebody", "unnamed", [(0, 8, "name")], public=False)
    cast.mention(added, 14, 22, "pronoun")
    assert cast.at(15, 16) == added
    assert cast.get(added).mentions == ((0, 8, "name"), (14, 22, "pronoun"))


@given(st.lists(st.sampled_from([
    "Putin", "he", "his", "Mr", "Lavrov", "the", "minister", "Russian", "and", "Ukrainian", "troops", ",", "said", "of",
    "“", "”", "one", "US", "EU", "police", "in", "Kyiv", "they", "\U0001f600", ".", "AP", "two", "'s", "it", "was",
]), max_size=30).map(" ".join))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_every_mention_is_a_stretch_of_the_text(cast_of, text):
    for actor in cast_of(text).actors():
        assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end, _ in actor.mentions)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not beside this checkout")
def test_the_seed_report_has_its_actors(cast_of):
    actors = {a.name: a for a in cast_of(SEED.read_text(encoding="utf-8")).actors()}
    wanted = {"Volodymyr Zelenskiy", "Kremlin", "Putin", "Dmitry Peskov", "Sergey Lavrov", "Antony Blinken",
              "Associated Press", "US officials", "Yurii Zhyhanov", "Lucy Vashaka", "Ukraine", "Russia"}  # fmt: skip
    assert wanted <= actors.keys()
    assert [name for name in sorted(wanted) if not actors[name].public] == ["Lucy Vashaka", "Yurii Zhyhanov"]
