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


class Part(StrEnum):
    """Whether all of the old unit went into the new one."""

    WHOLE = "whole"
    PART = "part"
