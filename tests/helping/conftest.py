"""The buying company of every test of helping."""

from __future__ import annotations

import pytest

from tests.buyers.company import Company
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()
