"""How exactly a place is known, as the Uppsala Conflict Data Program codes it (``where_prec``, GED codebook)."""

from __future__ import annotations

from typing import Literal

from dateline.records.reading import Place

__all__ = ["WherePrec", "where_prec"]

WherePrec = Literal[1, 2, 3, 4, 5, 6, 7]

_AT_SEA = frozenset(["H.OCN", "H.SEA", "H.GULF", "H.BAY", "H.STRT", "H.CHN", "H.SD", "H.SHOL"])
_OFF_SHORE = ("off ", "in waters off", "in the waters off", "offshore ")
_EXACT_KM, _AROUND_KM, _DISTRICT_KM, _PROVINCE_KM = 10.0, 30.0, 60.0, 150.0
_OF_UNITS: dict[str, WherePrec] = {"A.PCLI": 6, "A.ADM1": 4, "A.ADM2": 3, "A.ADM3": 3}


def where_prec(place: Place) -> WherePrec | None:
    """The code of a place; None where it is nowhere on the map (a metonym, a people, an unknown name).

    1 an exact place. 2 a limited area around one: "near Sumy", or a point that may be some tens of kilometres off.
    3 a second-level unit. 4 a first-level unit. 5 part of a country larger than that, a place between two others or
    told from another. 6 a whole country. 7 at sea or in the air.
    """
    if place.kind != "literal" or place.lat is None:
        return None
    if place.is_description:
        return _of_description(place)
    feature = place.feature or ""
    if feature in _AT_SEA:
        return 7
    if feature in _OF_UNITS:
        return _OF_UNITS[feature]
    return _by_radius(place.radius_km or 0.0, feature)


def _of_description(place: Place) -> WherePrec:
    told = place.relation.words.lower() if place.relation else ""
    if any(told.startswith(words) or f" {words}" in told for words in _OFF_SHORE):
        return 7
    return 2 if (place.radius_km or 0.0) <= _AROUND_KM else 5


def _by_radius(radius_km: float, feature: str) -> WherePrec:
    """Towns and sites are as exact as their names are sure; regions as they are large."""
    if feature[:1] in "PS" or not feature:
        return (
            1
            if radius_km <= (_AROUND_KM if feature[:1] == "P" else _EXACT_KM)
            else 2
            if radius_km <= _PROVINCE_KM
            else 5
        )
    return 2 if radius_km <= _AROUND_KM else 3 if radius_km <= _DISTRICT_KM else 4 if radius_km <= _PROVINCE_KM else 5
