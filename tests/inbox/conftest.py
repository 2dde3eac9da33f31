"""The same people as in the tests of accounts."""

from __future__ import annotations

from tests.accounts.conftest import lan, officer, people

__all__ = ["lan", "officer", "people"]
