"""Places: names found and resolved, metonyms, descriptions, coordinates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.context import Context
from dateline.annotate.geo.coordinates import find_coordinates
from dateline.annotate.places import find_places
from dateline.codebook import load_codebook
from dateline.records import Report
from dateline.records.geodesy import bearing_deg, destination, distance_km, midpoint
from tests.conftest import SEED
from tests.marked import unmark


@pytest.fixture(scope="module")
def places(parser):
    def read(text, **about):
        report = Report(text=text, **about)
        return find_places(parser.parse(text), Context(report=report, codebook=load_codebook()))

    return read


@pytest.mark.parametrize(
    "marked",
    [
        "Shelling hit [Kharkiv] and [Sumy] overnight.",
        "The convoy left [Poland] for the city of [Lviv].",
        "He lives in [Dallas], [Texas].",
        "Floods cut roads in the [Democratic Republic of the Congo].",
        "Nothing was said of it.",
    ],
)
def test_names_of_places_are_found(places, marked):
    text, spans = unmark(marked)
    assert [(p.start, p.end) for p in places(text)] == spans


@pytest.mark.parametrize(
    ("text", "name", "geonames_id"),
    [
        ("The mayor of Paris, Texas, opened the fair.", "Paris", 4717560),
        ("Fighting went on in Tripoli, 80 kilometres north of Beirut.", "Tripoli", 266826),
        ("Police found the truck in Springfield, about 90 miles west of Boston.", "Springfield", 4951788),
        ("Shelling hit Kyiv, Kharkiv and Odessa in Ukraine.", "Odessa", 698740),
        ("The army left Aleppo for Damascus, Syria.", "Aleppo", 170063),
    ],
)
def test_of_several_places_of_a_name_the_words_choose(places, text, name, geonames_id):
    assert next(p for p in places(text) if p.name == name).geonames_id == geonames_id


def test_what_else_a_name_may_mean_is_kept(places):
    springfield = next(p for p in places("A fire broke out in Springfield.") if p.name == "Springfield")
    assert len(springfield.candidates) > 1


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Moscow said it would answer the sanctions.", "Moscow", "metonymic"),
        ("Hours later Kyiv had rejected the offer.", "Kyiv", "metonymic"),
        ("In Kyiv, explosions were heard.", "Kyiv", "literal"),
        ("Russian troops entered the city of Sumy.", "Russian", "demonymic"),
        ("The Poles were asked to wait.", "Poles", "demonymic"),
        ("He had warned European leaders.", "European", "demonymic"),
        ("Ukraine's defence ministry made no comment.", "Ukraine", "metonymic"),
        ("The US secretary of state left.", "US", "metonymic"),
        ("The Kremlin replied at once.", "Kremlin", "metonymic"),
        ("KYIV, Feb 24 - Shelling went on.", "KYIV", "literal"),
        ("SUMY. Troops came at noon.", "SUMY", "literal"),
    ],
)
def test_governments_and_peoples_are_told_from_places(places, text, name, kind):
    assert next(p for p in places(text) if p.name == name).kind == kind


def test_metonyms_and_demonyms_put_nothing_on_the_map(places):
    found = places("Moscow said French officials had refused. Russian ships left.")
    assert found
    assert all(p.lat is None and p.lon is None for p in found if p.kind != "literal")


@pytest.mark.parametrize(
    ("text", "lat", "lon", "km"),
    [
        ("Shells hit a depot 40 km south of Zaporizhzhia on Tuesday.", 47.49, 35.12, 10),
        ("The bus was ambushed midway between Damascus and Homs.", 34.12, 36.51, 15),
        ("Troops gathered on the outskirts of Kharkiv.", 49.98, 36.25, 20),
        ("Their car broke down near Warsaw.", 52.23, 21.01, 20),
        ("The boat sank some 15 nautical miles east of Zarzis.", 33.50, 11.41, 8),
        ("Drones fell in Kharkiv's suburbs.", 49.98, 36.25, 20),
        ("Fighting raged between the cities of Homs and Hama.", 34.93, 36.74, 10),
        ("A convoy came within 10 km of Kyiv.", 50.45, 30.52, 10),
        ("Herders live 50 km south of Madagascar.", -24.3, 47, 100),
        ("The ship was hit 30 km off the coast of Odesa, to the south.", 46.2, 30.7, 15),
        ("Trenches were dug 35 km NE of Kandahar.", 31.84, 65.96, 8),
        ("Snow blocked the highway linking Damascus with Homs.", 34.12, 36.51, 15),
        ("Police blocked the road from Damascus to Homs.", 34.12, 36.51, 15),
        ("Lorries queued at Ukraine's border with Poland.", 50.3, 23.5, 60),
        ("Herders fled the border between Chad and Sudan.", 13.5, 22.4, 150),
        ("Farmers left their fields in central Mali.", 14.8, -4.5, 250),
        ("Gas was found in Mozambique's far north.", -12.5, 39.5, 250),
        ("Rebels hold much of the east of Ukraine.", 48.3, 36.5, 250),
    ],
)
def test_a_description_is_a_place_of_its_own(places, text, lat, lon, km):
    place = next(p for p in places(text) if p.relation is not None)
    assert distance_km(place.lat, place.lon, lat, lon) <= km
    assert place.radius_km >= 3


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon", "km"),
    [
        ("Kyiv slept badly. A depot burned 30 km south of the capital.", "30 km south of the capital", 50.18, 30.52, 8),
        ("Mosul fell. Families camped on the outskirts of the city.", "on the outskirts of the city", 36.34, 43.13, 10),
        ("Poland sent buses. Ukrainians walked to the Polish border.", "to the Polish border", 50.3, 23.4, 60),
        ("The US-Mexico border was quiet.", "The US-Mexico border", 29.6, -105.6, 300),
        ("Syria reported raids in the north-west.", "in the north-west", 35.9, 36.7, 150),
        ("Jakarta is wet. Hills slid 60 km south of its capital.", "60 km south of its capital", -6.7, 106.8, 15),
        ("Cairo slept. Shots fell near the Egyptian capital.", "near the Egyptian capital", 30.04, 31.24, 15),
        ("Troops moved on Kyiv from the north.", "from the north", 50.45, 30.52, 80),
        ("Armies entered Ukraine from three sides.", "from three sides", 48.5, 31.5, 200),
    ],
)  # fmt: skip
def test_a_description_may_count_from_what_was_named_before(places, text, words, lat, lon, km):
    place = next(p for p in places(text) if p.is_description)
    assert place.name == words
    assert distance_km(place.lat, place.lon, lat, lon) <= km


@pytest.mark.parametrize(
    "text",
    [
        "The capital was calm on Sunday.",  # nothing is told from it
        "He bought a house in the east.",  # of what?
        "He looked in the north wing of the house in Kyiv.",
        "Investors in the West left Kyiv from fear.",
        "Her letter from the city council came to Kyiv late.",
    ],
)
def test_words_for_directions_and_towns_are_not_always_places(places, text):
    assert not [p for p in places(text) if p.is_description]


def test_a_part_told_beside_a_name_is_the_names_relation(places):
    found = places("Rebels took Bunia, in the east of Congo.")
    assert [(p.name, p.relation is not None) for p in found] == [("Bunia", True), ("Congo", False)]


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Trains to Lviv are running again.", "P.PPL"),
        ("Two villages in the Lviv region lost power.", "A.ADM1"),
        ("The bus left Boryspil for Kyiv.", "P.PPL"),
    ],
)
def test_a_name_shared_by_town_and_unit_is_the_towns_unless_told(places, text, feature):
    assert places(text)[0].feature == feature


def test_a_description_beside_a_name_is_the_names_relation(places):
    found = places("Fighting was seen near Ivankiv, about 60 kilometers (40 miles) northwest of Kyiv.")
    ivankiv = next(p for p in found if p.name == "Ivankiv")
    assert (ivankiv.relation.distance_km, ivankiv.relation.bearing_deg) == (60, 315)
    assert found[ivankiv.relation.anchor].name == "Kyiv"


def test_a_descriptions_words_are_the_reports(places):
    text = "They met 60 km northwest of Kyiv."
    place = next(p for p in places(text) if p.relation is not None)
    assert (place.relation.words, text[place.start : place.end]) == ("60 km northwest of", "60 km northwest of Kyiv")


@pytest.mark.parametrize(
    "text",
    ["Help us cut off Russia's economy.", "He spoke around noon in Paris.", "From Berlin she wrote home."],
)
def test_not_every_preposition_describes(places, text):
    assert all(p.relation is None for p in places(text))


@pytest.mark.parametrize(
    ("marked", "lat", "lon"),
    [
        ("It fell at [50.45, 30.52] on Monday.", 50.45, 30.52),
        ("Wreckage lay at [50°27′N 30°31′E].", 50.45, 30.5167),
        ("The tower, [48.85826° N, 2.2945° E], was lit.", 48.85826, 2.2945),
        ("Grid [31U DQ 48251 11932] was hit.", 48.8582, 2.2945),
        ("Shares went from 10.25, 12.75 and up.", None, None),
    ],
)
def test_coordinates_are_read(marked, lat, lon):
    text, spans = unmark(marked)
    found = find_coordinates(text)
    assert [(c.start, c.end) for c in found] == spans
    assert all(distance_km(c.lat, c.lon, lat, lon) < 1 for c in found)


def test_a_users_own_gazetteer_is_read(parser, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,country,population\nTeufelsdorf,50.1,8.2,DEU,500\n", encoding="utf-8")
    text = "Two people were killed in Teufelsdorf on Monday."
    context = Context(report=Report(text=text), codebook=load_codebook(places=path))
    place = find_places(parser.parse(text), context)[0]
    assert (place.name, place.lat, place.country) == ("Teufelsdorf", 50.1, "DEU")


@pytest.mark.parametrize(
    ("outlet", "geonames_id"),
    [("springfieldnewssun.com", 4525353), ("sj-r.com", 4250542), ("masslive.com", 4951788)],
)
def test_a_local_papers_springfield_is_its_own(places, outlet, geonames_id):
    found = places("A fire broke out in Springfield on Sunday, police said.", outlet=outlet)
    assert next(p for p in found if p.name == "Springfield").geonames_id == geonames_id


def test_an_outlets_town_does_not_move_a_capital_abroad(places):
    found = places("He flew from Baghdad to Moscow on Monday.", outlet="athensreview.com")
    assert [p.country for p in found] == ["IRQ", "RUS"]


def test_an_ambiguous_name_says_so_by_its_radius(places):
    alone = next(p for p in places("A fire broke out in Springfield.") if p.name == "Springfield")
    told = next(p for p in places("A fire broke out in Springfield, Illinois.") if p.name == "Springfield")
    assert alone.radius_km > 100 > told.radius_km


def test_places_are_in_order_and_within_the_text(places):
    text = "Between Sumy and Kharkiv, 10 km north of Okhtyrka, tanks burned; Moscow denied it."
    found = places(text)
    assert found == sorted(found, key=lambda p: (p.start, p.end))
    assert all(text[p.start : p.end] == p.name for p in found)


@pytest.mark.parametrize("text", ["", "\n \n", "𝔎𝔶𝔦𝔳 fell.", "In " * 3000, "near the " * 2000 + "Kyiv", "A" * 50_000])
def test_no_text_is_too_odd(places, text):
    places(text)


@given(
    st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 359.9), st.floats(1, 3000),
)  # fmt: skip
@settings(max_examples=60)
def test_going_somewhere_takes_one_as_far_as_one_went(lat, lon, bearing, km):
    there = destination(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, rel=1e-6)
    half = midpoint(lat, lon, *there)
    assert distance_km(lat, lon, *half) == pytest.approx(km / 2, rel=1e-5)
    turn = (bearing_deg(lat, lon, *there) - bearing + 180) % 360 - 180
    assert abs(turn) < 0.01


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not here")
def test_the_seeds_places_are_right(places):
    found = places(SEED.read_text(encoding="utf-8"), published="2022-02-25")
    by_name = {}
    for place in found:
        by_name.setdefault(place.name, []).append(place)
    ivankiv = by_name["Ivankiv"][0]
    assert (round(ivankiv.lat, 2), round(ivankiv.lon, 2)) == (50.94, 29.9)
    assert {p.kind for p in by_name["Moscow"]} == {"metonymic"}
    assert {by_name[n][0].country for n in ("Kyiv", "Sumy")} == {"UKR"}
    assert {by_name[n][0].country for n in ("Belarus", "Warsaw", "Poland")} == {"BLR", "POL"}
    assert {p.kind for p in by_name["Russian"]} == {"demonymic"}
