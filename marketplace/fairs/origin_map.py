"""Where the exhibitors of a fair came from, drawn on the districts of the province; a list says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.fairs.queries import Origin
from marketplace.places import ground


@dataclass
class District(ground.District):
    """With how many exhibitors came from it; `size` is the radius of its mark, its area as the number."""

    count: int = 0
    size: float = 0


@dataclass(frozen=True)
class OriginMap:
    width: int
    height: int
    districts: Sequence[District]


LARGEST = 38


def drawn(origins: Sequence[Origin]) -> OriginMap | None:
    """None where no commune is known. Who came from elsewhere is in the list only."""
    communes = ground.communes()
    if not communes:
        return None
    view = ground.View(communes)
    districts = ground.districts(communes, view, District)
    known = [each for each in origins if each.district in districts]
    most = max((each.count for each in known), default=1)
    for each in known:
        district = districts[each.district]
        district.count = each.count
        district.size = round(max(LARGEST * (each.count / most) ** 0.5, 13), 1)
    return OriginMap(ground.WIDE, view.height, list(districts.values()))
