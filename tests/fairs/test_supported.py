"""Fairs under the eyes of support: by their names, and by which norms."""

from __future__ import annotations

from marketplace.fairs.states import FairState
from marketplace.support import subjects
from marketplace.support.states import ActivityKind, SupportPurpose
from tests.fairs.hall import fairground
from tests.world import World


def test_support_tells_fairs_by_name_and_offers_those_that_are_on(world: World) -> None:
    near = fairground(world, booths=1).fair
    away = fairground(world, booths=1, in_province=False, in_days=60).fair
    drafted = fairground(world, booths=1, state=FairState.DRAFT).fair
    offered = subjects.current()
    assert [(each.id, each.kind) for each in offered] == [
        (near.id, ActivityKind.FAIR_IN_PROVINCE),
        (away.id, ActivityKind.FAIR_OUT_OF_PROVINCE),
    ]
    told = subjects.named([(SupportPurpose.FAIR, near.id), (SupportPurpose.FAIR, drafted.id)])
    assert told[SupportPurpose.FAIR, near.id].name == near.name
    assert subjects.known(SupportPurpose.FAIR, drafted.id)
    assert not subjects.known(SupportPurpose.FAIR, drafted.id + 99)
