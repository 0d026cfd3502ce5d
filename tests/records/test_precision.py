"""UCDP's code of how exactly a place is known."""

from __future__ import annotations

import pytest

from dateline.records import Place, Relation
from dateline.records.precision import where_prec


def _place(name="Sumy", relation=None, **fields):
    told = {"lat": 50.9, "lon": 34.8, "radius_km": 5.0, "feature": "P.PPL", **fields}
    relation = None if relation is None else Relation(anchor=0, words=relation)
    return Place(start=0, end=len(name), name=name, kind=told.pop("kind", "literal"), relation=relation, **told)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (_place(), 1),
        (_place(radius_km=80.0), 2),  # a town, but which of that name is not sure
        (_place("Wad Medani", "180 km southeast of"), 1),  # named, and told from another
        (_place("near Sumy", "near", radius_km=25.0, feature=None), 2),
        (_place("between Sumy and Kharkiv", "between", radius_km=70.0, feature=None), 5),
        (_place("in the east", "in the east", radius_km=300.0, feature=None), 5),
        (_place("off the coast of Libya", "off the coast of", radius_km=500.0, feature=None), 7),
        (_place("Hostomel Airport", feature="S.AIRP", radius_km=3.0), 1),
        (_place("Warren County", feature="A.ADM2", radius_km=30.0), 3),
        (_place("Sumy Oblast", feature="A.ADM1", radius_km=120.0), 4),
        (_place("Donbas", feature="L.RGN", radius_km=160.0), 5),
        (_place("Ukraine", feature="A.PCLI", radius_km=400.0), 6),
        (_place("Black Sea", feature="H.SEA", radius_km=500.0), 7),
        (_place("50.9, 34.8", feature=None, radius_km=0.6), 1),
        (_place("Moscow", kind="metonymic", lat=None, lon=None, radius_km=None), None),
        (_place("Nosuchplace", lat=None, lon=None, radius_km=None, feature=None), None),
    ],
    ids=lambda value: value.name if isinstance(value, Place) else None,
)
def test_a_place_has_ucdps_code(place, code):
    assert where_prec(place) == code
