"""What a reader must find in the seed report, where it is at hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from dateline.intake import reports
from dateline.link import link
from tests.conftest import SEED

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed report is not beside this checkout")


@pytest.fixture(scope="module")
def seed(reader):
    (report,) = reports([SEED], problems=lambda problem: pytest.fail(str(problem)))
    return report, reader.read(report)


@pytest.fixture(scope="module")
def said(seed):
    """Content words by the names their source goes by in the report."""
    report, reading = seed
    by: dict[str, list[str]] = {}
    for claim in reading.claims:
        by.setdefault(names_of(seed, claim.source), []).append(" ".join(report.text[a:b] for a, b in claim.content))
    return by


def names_of(seed, actor_id):
    report, reading = seed
    actor = reading.actor(actor_id)
    named = {report.text[a:b] for a, b, how in actor.mentions if how != "pronoun"} if actor else set()
    return " / ".join(sorted({actor.name, *named})) if actor else ""


def of(said, name):
    return " | ".join(words for source, contents in said.items() if name in source for words in contents)


@pytest.mark.parametrize(("source", "words"), [
    ("Zelenskiy", "willing to discuss his country’s non-aligned status"),
    ("Zelenskiy", "When bombs fall on Kyiv, it happens in Europe"),
    ("Zelenskiy", "When missiles kill our people, they kill all Europeans."),
    ("Zelenskiy", "he was Russia’s No. 1 target"),
    ("Kremlin", "Kyiv had rejected the offer"),
    ("Kremlin", "Russia was ready to send a delegation to Belarus"),
    ("Putin", "We would find it easier to agree with you"),
    ("Peskov", "Ukrainian officials were unwilling to travel"),
    ("Lavrov", "Zelenskiy should have agreed to talks earlier on"),
    ("Blinken", "could well be under siege"),
    ("Associated Press", "explosions were heard starting before dawn"),
    ("Russia’s military", "it had seized a strategic airport outside Kyiv"),
    ("Russia’s military", "cut the city off from the west"),
    ("US officials", "Russia to exercise its veto"),
    ("Yurii Zhyhanov", "What are you doing? What is this?"),
    ("Lucy Vashaka", "We’re all scared and worried."),
])  # fmt: skip
def test_sources_have_their_own_words(said, source, words):
    assert words in of(said, source)


@pytest.mark.parametrize(("words", "value"), [
    ("1.30am IST on Saturday", "2022-02-26T01:30"),
    ("Thursday night", "2022-02-24TNI"),
    ("Day 2 of the Russian invasion", "2022-02-25"),
])  # fmt: skip
def test_times_are_resolved(seed, words, value):
    report, reading = seed
    start = report.text.index(words)
    found = [t for t in reading.times if start <= t.start < start + len(words)]
    assert [t.value for t in found if t.value.startswith(value)]


def test_the_council_meets_at_half_past_one_in_india(seed):
    _, reading = seed
    meeting = datetime.fromisoformat("2022-02-26T01:30+05:30")
    assert any(t.earliest == meeting and t.earliest.utcoffset() == meeting.utcoffset() for t in reading.times)


def test_ivankiv_lies_sixty_kilometres_north_west_of_kyiv(seed):
    _, reading = seed
    (place,) = [p for p in reading.places if p.name == "Ivankiv"]
    assert (round(place.lat), round(place.lon)) == (51, 30)
    assert (place.relation.distance_km, place.relation.bearing_deg) == (60, 315)
    assert reading.places[place.relation.anchor].name == "Kyiv"


def test_punishment_heaped_on_moscow_puts_nothing_on_the_map(seed):
    report, reading = seed
    at = report.text.index("on Moscow") + 3
    (place,) = [p for p in reading.places if p.start == at]
    assert place.kind == "metonymic"


def events(seed, trigger):
    report, reading = seed
    return [e for e in reading.events if trigger in report.text[e.trigger.start : e.trigger.end]]


def test_the_airport_is_seized_by_russias_account_only(seed):
    _, reading = seed
    (event,) = [
        e for e in events(seed, "seized a") or events(seed, "seized") if e.type == "CONTROL" and e.claim is not None
    ]
    assert reading.actor(reading.claims[event.claim].source).name.endswith("military")
    assert event.initiators


@pytest.mark.parametrize(("trigger", "statuses"), [
    ("veto", {"planned", "possible"}),
    ("freez", {"planned", "ongoing", "possible"}),
])  # fmt: skip
def test_what_is_to_come_is_not_told_as_done(seed, trigger, statuses):
    found = events(seed, trigger)
    assert found
    assert {e.status for e in found} <= statuses


def test_the_plan_to_invade_is_denied(seed):
    assert "denied" in {e.status for e in events(seed, "invade")}


def test_hundreds_of_casualties_is_a_range(seed):
    _, reading = seed
    (quantity,) = [q for q in reading.quantities if q.unit == "casualties"]
    assert (quantity.low, quantity.high, quantity.precision) == (100, 999, "hundreds")


@pytest.mark.parametrize("words", [
    "how badly the two men would be hurt", "how much of Ukraine remains under Ukrainian control", "whereabouts",
    "the possibility of the two sides holding talks",
])  # fmt: skip
def test_what_is_not_known_is_said_so(seed, words):
    report, reading = seed
    assert any(words in report.text[u.start : u.end] for u in reading.unknowns)


@pytest.mark.parametrize("name", ["Yurii Zhyhanov", "Lucy Vashaka"])
def test_residents_are_private(seed, name):
    (actor,) = [a for a in seed[1].actors if a.name == name]
    assert not actor.public


def test_one_report_disputes_whether_kyiv_rejected_talks(seed):
    disputes = [d for d in link([seed]).disputes if d.kind == "occurrence"]
    assert any("Kremlin" in source or "Peskov" in source for d in disputes for s in d.sides for source in s.sources)


def test_putin_reversed_himself(seed):
    assert any("Putin" in reversal.source for reversal in link([seed]).reversals)
