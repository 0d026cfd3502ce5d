"""Distances and bearings on a sphere of the Earth's mean radius (within 0.6 % of the ellipsoid)."""

from __future__ import annotations

import math

__all__ = ["bearing_deg", "destination", "distance_km", "midpoint"]

_EARTH_KM = 6371.009


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance of two points in degrees (haversine formula)."""
    a, b = math.radians(lat), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def bearing_deg(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Direction in which the second point lies from the first: degrees clockwise from north, [0, 360)."""
    a, b, turn = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    x = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
    return math.degrees(math.atan2(math.sin(turn) * math.cos(b), x)) % 360


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point reached from another by going ``km`` in direction ``bearing`` (degrees from north)."""
    a, course, arc = math.radians(lat), math.radians(bearing), km / _EARTH_KM
    b = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(course))
    turn = math.atan2(math.sin(course) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(b))
    return math.degrees(b), (lon + math.degrees(turn) + 180) % 360 - 180


def midpoint(lat: float, lon: float, lat2: float, lon2: float) -> tuple[float, float]:
    """The point half way between two others."""
    half = distance_km(lat, lon, lat2, lon2) / 2
    return destination(lat, lon, bearing_deg(lat, lon, lat2, lon2), half)
