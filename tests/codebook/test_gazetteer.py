"""The gazetteer: look-up, spellings, a user's own places, and what is compiled when."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer import Gazetteer, fold, load_gazetteer
from dateline.codebook.gazetteer.compiler import is_up_to_date
from dateline.codebook.gazetteer.own import read_own


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("names", "geonames_id"),
    [
        (("Kyiv", "Kiev", "KYIV", "Kyjiv"), 703448),
        (("Kharkiv", "Kharkov"), 706483),
        (("Chernobyl", "Chornobyl"), 710403),
        (("Homyel", "Gomel", "Homel"), 627907),
        (("Odesa", "Odessa"), 698740),
        (("Ivankiv",), 707489),
        (("St. Louis", "Saint Louis", "St Louis"), 4407066),
    ],
)
def test_all_spellings_of_a_name_reach_one_place(gazetteer, names, geonames_id):
    for name in names:
        assert geonames_id in {entry.geonames_id for entry in gazetteer.find(name)}, name


@pytest.mark.parametrize(
    ("name", "lat", "lon", "km"),
    [
        ("Donbas", 48.2, 38.3, 100),
        ("Black Sea", 43.4, 34.3, 300),
        ("Darfur", 13, 25, 200),
        ("Middle East", 33.1, 35.9, 500),
        ("Golan Heights", 33, 35.8, 40),
        ("Hostomel Airport", 50.59, 30.2, 5),
        ("Snake Island", 45.255, 30.204, 5),
    ],
)
def test_regions_waters_and_bases_are_known(gazetteer, name, lat, lon, km):
    found = gazetteer.find(name)
    assert any(abs(e.lat - lat) * 111 < km and abs(e.lon - lon) * 111 < km for e in found)


def test_an_abbreviation_counts_only_in_capitals(gazetteer):
    assert "USA" in {entry.country for entry in gazetteer.find("US") if entry.feature == "A.PCLI"}
    assert not [entry for entry in gazetteer.find("us") if entry.feature == "A.PCLI"]


def test_a_town_knows_the_units_it_lies_in(gazetteer):
    paris = next(e for e in gazetteer.find("Paris") if e.geonames_id == 4717560)
    assert (gazetteer.name(paris.admin1), gazetteer.name(paris.admin2)) == ("Texas", "Lamar County")


def test_what_is_not_there_is_not_found(gazetteer):
    assert gazetteer.find("Nosuchplaceville") == []


@given(st.text(max_size=40))
def test_any_name_can_be_folded_and_looked_up(name):
    assert fold(fold(name)) == fold(name) or not name.isascii()
    load_gazetteer().find(name)


@pytest.mark.parametrize("name", ["own.csv", "own.geojson"])
def test_a_users_own_places_lie_over_the_built_in_ones(tmp_path, name):
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text("name,aliases,lat,lon,country\nTeufelsdorf,Devilton|TD,50.1,8.2,DEU\n", encoding="utf-8")
    else:
        about = {"name": "Teufelsdorf", "aliases": "Devilton", "country": "DEU"}
        corners = [[[8.1, 50.0], [8.3, 50.0], [8.3, 50.2], [8.1, 50.2], [8.1, 50.0]]]
        feature = {"type": "Feature", "properties": about, "geometry": {"type": "Polygon", "coordinates": corners}}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    gazetteer = Gazetteer(own=read_own(path))
    entry = gazetteer.find("devilton")[0]
    assert (entry.name, round(entry.lat, 1), round(entry.lon, 1), entry.country) == ("Teufelsdorf", 50.1, 8.2, "DEU")
    assert gazetteer.find("Kyiv")


def test_a_bad_row_of_a_users_file_is_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon\nHere,50,8\nNowhere,95,8\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.csv, line 3"):
        read_own(path)


def test_a_missing_file_says_how_to_make_it(tmp_path):
    with pytest.raises(LookupError, match="compiler"):
        Gazetteer(tmp_path / "none.bin")


def test_another_file_is_not_taken_for_up_to_date(tmp_path):
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else")
    assert not is_up_to_date(path)


@pytest.mark.parametrize(
    ("words", "iso3"),
    [
        ("US", "USA"),
        ("the Ukraine", "UKR"),
        ("Burma", "MMR"),
        ("Côte d’Ivoire", "CIV"),
        ("DR Congo", "COD"),
        ("us", None),
    ],
)
def test_a_country_is_known_by_its_names(words, iso3):
    country = load_countries().named(words)
    assert (country.iso3 if country else None) == iso3


@pytest.mark.parametrize(("word", "iso3"), [("ukrainians", "UKR"), ("dutch", "NLD"), ("pole", "POL")])
def test_a_people_is_a_countrys(word, iso3):
    assert load_countries().by_demonym[word].iso3 == iso3
