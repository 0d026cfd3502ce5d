"""The samples on the map: nothing stands on a capital that happened elsewhere."""

from __future__ import annotations

import pytest

from dateline.codebook.gazetteer import load_gazetteer
from dateline.records.geodesy import distance_km
from gate.samples import spans_of

pytestmark = pytest.mark.xdist_group("samples")  # one process reads them

_ON_IT_KM = 15.0
_NEAR_KM = 30.0


@pytest.fixture(scope="module")
def placed(samples):
    """Gold events that were found: report, trigger, the gold's points of its place, the place read."""
    found = []
    for sample in samples:
        text, reading = sample.report.text, sample.reading
        for gold in sample.gold["events"]:
            spans = spans_of(text, gold["trigger"])
            for event in reading.events:
                if any(s < event.trigger.end and event.trigger.start < e for s, e in spans) and event.place is not None:
                    found.append(
                        (sample.name, gold["trigger"], _points(sample.gold, gold), reading.places[event.place])
                    )
    return found


def _points(gold, event):
    named = [(p.get("lat"), p.get("lon")) for p in gold["places"] if p["name"] == event["place"]]
    told = [(r["lat"], r["lon"]) for r in gold["relations"] if event["place"] and r["target"] == event["place"]]
    return [point for point in (*named, *told) if point[0] is not None]


def _capitals():
    gazetteer = load_gazetteer()
    seats = gazetteer.feature == gazetteer.features.index("P.PPLC")
    return list(zip(gazetteer.lat[seats].tolist(), gazetteer.lon[seats].tolist(), strict=True))


def test_nothing_stands_on_a_capital_that_happened_elsewhere(placed):
    capitals = _capitals()
    strays = [
        (report, trigger, place.name)
        for report, trigger, points, place in placed
        if place.lat is not None
        and any(distance_km(place.lat, place.lon, *capital) < _ON_IT_KM for capital in capitals)
        and not any(distance_km(place.lat, place.lon, *point) < _NEAR_KM for point in points)
    ]
    assert strays == []


def test_most_events_of_the_samples_that_have_a_place_stand_there(placed):
    right = [
        any(distance_km(p.lat, p.lon, *q) < _NEAR_KM for q in points) for *_, points, p in placed if points and p.lat
    ]
    assert sum(right) > 0.75 * len(right)
