"""Kinds of units and how one became another."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

REFORM = dt.date(2025, 7, 1)
BEFORE = dt.date(1900, 1, 1)


class UnitKind(StrEnum):
    PROVINCE = "province"
    CITY_CENTRAL = "city_central"
    DISTRICT = "district"
    URBAN_DISTRICT = "urban_district"
    TOWN = "town"
    CITY = "city"
    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    SPECIAL_ZONE = "special_zone"


ENGLISH = {
    UnitKind.PROVINCE: "Province",
    UnitKind.CITY_CENTRAL: "City",
    UnitKind.DISTRICT: "District",
    UnitKind.URBAN_DISTRICT: "District",
    UnitKind.TOWN: "Town",
    UnitKind.CITY: "City",
    UnitKind.COMMUNE: "Commune",
    UnitKind.WARD: "Ward",
    UnitKind.TOWNSHIP: "Township",
    UnitKind.SPECIAL_ZONE: "Special Zone",
}
# How people begin the name of a unit in Vietnamese.
WRITTEN = {
    "phường": "Ward",
    "xã": "Commune",
    "thị trấn": "Township",
    "quận": "District",
    "huyện": "District",
    "thị xã": "Town",
    "thành phố": "City",
    "tỉnh": "Province",
}
# What an address says before its commune where a house has neither number nor street.
FIXED_LINES = {
    "trụ sở": "Main office",
    "trụ sở chính": "Main office",
    "trụ sở htx": "Cooperative office",
    "trụ sở hợp tác xã": "Cooperative office",
}


class Part(StrEnum):
    """Whether all of the old unit went into the new one."""

    WHOLE = "whole"
    PART = "part"
