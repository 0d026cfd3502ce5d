"""The sample reports and their gold hold together: every quoted word is there, every name is known."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import pairwise
from typing import get_args

import pytest

from dateline.records.reading import Stance, Status
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
STEMS = sorted(path.stem for path in (SAMPLES / "reports").glob("*.txt"))
OUTLETS = {"Tessel Wire", "The Aldgate Courier", "The Vindhya Mail", "Podil Post", "Bieszczady Kurier", "Kestrel TV"}
TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
    *("REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    *("CONTROL", "DISPLACE", "DAMAGE", "DISASTER", "CASUALTIES"),
}
DISPUTES = {"toll", "occurrence", "responsibility", "place", "time", "control"}
LISTS = ("claims", "events", "places", "relations", "quantities", "times", "unknowns")
Words = str | dict


def head_and_text(stem: str) -> tuple[dict[str, str], str]:
    head, text = (SAMPLES / "reports" / f"{stem}.txt").read_text(encoding="utf-8").split("\n\n", 1)
    day, *fields = head.split("\n")
    return {"date": day.removeprefix("date ")} | dict(f.split(": ", 1) for f in fields), text.rstrip("\n")


def gold(stem: str) -> dict[str, list[dict]]:
    return json.loads((SAMPLES / "gold" / f"{stem}.json").read_text(encoding="utf-8"))


LINKED = gold("linked")


def occurrences(text: str, words: str) -> list[int]:
    """Where the words stand, not counting them inside longer words."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return [m.start() for m in re.finditer(before + re.escape(words) + after, text)]


def missing(text: str, quoted: Words) -> str | None:
    """Say what is wrong with words that the gold quotes; None if nothing is."""
    words, nth = (quoted, None) if isinstance(quoted, str) else (quoted["words"], quoted.get("nth"))
    count = len(occurrences(text, words))
    if count == 0 or (nth or 1) > count:
        return f"{words!r} is not there {nth or 1} times"
    return f"{words!r} is there {count} times: which?" if nth is None and count > 1 else None


def quotes(stem: str) -> list[Words]:
    """All words that a report's gold quotes, once or by number."""
    found = gold(stem)
    out: list[Words] = [*found["unknowns"]]
    for claim in found["claims"]:
        out += [claim[k] for k in ("source_words", "cue", "said_at", "condition") if claim.get(k)]
        out += claim["content"]
    for event in found["events"]:
        out += [event["trigger"], *event.get("quantities", [])]
    out += [event["trigger"] for event in found.get("further_events", [])]
    return out + [row["words"] for key in ("places", "relations", "quantities", "times") for row in found[key]]


def moments(row: dict) -> tuple[str | None, str | None]:
    return tuple(row["time"]) if "time" in row else (row["earliest"], row["latest"])


def linked_records(value: object) -> list[dict]:
    """All references to records inside the linked gold, however deep."""
    if isinstance(value, list):
        return [record for item in value for record in linked_records(item)]
    if isinstance(value, dict):
        return [value] if "report" in value else [r for item in value.values() for r in linked_records(item)]
    return []


def test_there_are_as_many_samples_as_the_tests_and_the_demo_need():
    counts = {key: sum(len(gold(stem)[key]) for stem in STEMS) for key in LISTS}
    assert 28 <= len(STEMS) <= 36
    assert counts["claims"] >= 150
    assert counts["events"] >= 200


@pytest.mark.parametrize("stem", STEMS)
def test_a_report_opens_with_date_outlet_and_title(stem):
    head, _ = head_and_text(stem)
    assert datetime.fromisoformat(head["date"]).date().isoformat() == stem[:10]
    assert head["outlet"] in OUTLETS
    assert head["title"]


@pytest.mark.parametrize("stem", STEMS)
def test_a_report_is_short_and_plain(stem):
    _, text = head_and_text(stem)
    assert 120 <= len(text.split()) <= 350
    assert not set("[]\t\r\xa0") & set(text)
    assert not re.search(r"  | \n|\n{3}", text)


@pytest.mark.parametrize("stem", STEMS)
def test_every_quoted_word_is_in_the_text_and_only_one_place_is_meant(stem):
    _, text = head_and_text(stem)
    assert [wrong for quoted in quotes(stem) if (wrong := missing(text, quoted))] == []


@pytest.mark.parametrize("stem", STEMS)
def test_ids_count_up_in_the_order_of_the_words(stem):
    _, text = head_and_text(stem)
    for key, field in (("events", "trigger"), ("places", "words"), ("quantities", "words"), ("times", "words")):
        rows = gold(stem)[key]
        assert [row["id"] for row in rows] == [f"{key[0]}{n}" for n in range(len(rows))]
        starts = [_start(text, row[field]) for row in rows]
        assert all(a < b for a, b in pairwise(starts)), key


def _start(text: str, quoted: Words) -> int:
    words, nth = (quoted, 1) if isinstance(quoted, str) else (quoted["words"], quoted.get("nth", 1))
    return occurrences(text, words)[nth - 1]


@pytest.mark.parametrize("stem", STEMS)
def test_actors_are_known_and_named_in_the_text(stem):
    _, text = head_and_text(stem)
    found = gold(stem)
    names = [actor["name"] for actor in found["actors"]]
    used = {claim["source"] for claim in found["claims"]} | {c.get("addressee") for c in found["claims"]}
    used |= {name for e in found["events"] for name in (*e["initiators"], *e["recipients"], e["claim_source"])}
    assert len(names) == len(set(names))
    assert used - {None} <= set(names)
    assert all(occurrences(text, words) for actor in found["actors"] for words in actor["words"])


@pytest.mark.parametrize("stem", STEMS)
def test_claims_use_the_words_of_the_ledger(stem):
    claims = gold(stem)["claims"]
    ids = [claim["id"] for claim in claims]
    assert len(set(ids)) == len(ids)
    assert {c["stance"] for c in claims} <= set(get_args(Stance))
    assert {c["mode"] for c in claims} <= {"direct", "indirect", "mixed"}
    assert {c["parent"] for c in claims} - {None} <= set(ids)


@pytest.mark.parametrize("stem", STEMS)
def test_events_use_the_words_of_the_ledger(stem):
    found = gold(stem)
    known = {p["name"] for p in found["places"]} | {r["target"] for r in found["relations"]} | {None}
    every = [*found["events"], *found.get("further_events", [])]
    assert {e["type"] for e in every} <= TYPES
    assert {e["status"] for e in every} <= set(get_args(Status))
    assert {e["claim"] for e in found["events"]} - {None} <= {c["id"] for c in found["claims"]}
    assert {e["place"] for e in found["events"]} <= known
    assert all(-3 <= e["factuality"] <= 3 for e in found["events"])


@pytest.mark.parametrize("stem", STEMS)
def test_times_are_dates_in_order(stem):
    found = gold(stem)
    for row in (*found["events"], *found["times"]):
        earliest, latest = (None if m is None else datetime.fromisoformat(m) for m in moments(row))
        if earliest and latest:
            assert earliest.replace(tzinfo=None) < latest.replace(tzinfo=None) or earliest < latest, row


@pytest.mark.parametrize("stem", STEMS)
def test_literal_places_have_a_point_and_others_none(stem):
    for place in gold(stem)["places"]:
        assert ("lat" in place) == (place["kind"] == "literal"), place
        assert abs(place.get("lat", 0)) <= 90
        assert abs(place.get("lon", 0)) <= 180


@pytest.mark.parametrize("key", ["incidents", "disputes", "reversals", "threads", "questions", "near_misses"])
def test_linked_ids_are_unique_and_their_words_are_there(key):
    rows = LINKED[key]
    assert len({row["id"] for row in rows}) == len(rows)
    records = linked_records(rows)
    assert records
    assert [wrong for r in records if (wrong := missing(head_and_text(r["report"])[1], r))] == []


@pytest.mark.parametrize("key", ["incidents", "disputes", "reversals", "threads", "questions", "near_misses"])
def test_linked_records_name_records_of_the_gold(key):
    for record in linked_records(LINKED[key]):
        rows = [row for rows in gold(record["report"]).values() for row in rows]
        ids = {row.get("id") for row in rows}
        assert record["record"] is None or record["record"] in ids, record


def test_no_event_is_in_two_incidents():
    events = [(e["report"], e["record"]) for incident in LINKED["incidents"] for e in incident["events"]]
    assert len(events) == len(set(events))


def test_all_six_kinds_of_dispute_and_enough_near_misses_are_there():
    kinds = [dispute["kind"] for dispute in LINKED["disputes"]]
    assert set(kinds) == DISPUTES
    assert len(LINKED["near_misses"]) >= 60
    assert {n["lure"] for n in LINKED["near_misses"]} <= DISPUTES


def test_no_near_miss_is_a_dispute_too():
    disputed = {
        frozenset(((a["report"], a["record"]), (b["report"], b["record"])))
        for dispute in LINKED["disputes"]
        for a in dispute["sides"][0]["records"]
        for b in dispute["sides"][1]["records"]
    }
    near = {n["id"]: frozenset((r["report"], r["record"]) for r in n["records"]) for n in LINKED["near_misses"]}
    assert [name for name, pair in near.items() if pair in disputed] == []


def test_copies_are_groups_of_reports():
    names = [stem for group in LINKED["copies"] for stem in group]
    assert len(LINKED["copies"]) >= 2
    assert len(names) == len(set(names))
    assert set(names) <= set(STEMS)
