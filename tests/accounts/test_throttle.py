"""Counting tries: atomic across connections, and as slow for nobody as for somebody."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from flask import Flask

from marketplace.accounts import passwords, throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from tests.accounts.conftest import PASSWORD, People

FEW = Limit("account", 10, 900)


def admitted(app: Flask, key: str) -> bool:
    with app.app_context():
        try:
            in_transaction(lambda: throttle.count(FEW, key))
        except TooOften:
            return False
        finally:
            db.session.remove()
    return True


def test_forty_at_once_are_ten(app: Flask) -> None:
    with ThreadPoolExecutor(8) as crowd:
        let_in = list(crowd.map(lambda _: admitted(app, "lan@thu.vn"), range(40)))
    assert sum(let_in) == 10


def test_keys_are_counted_apart(app: Flask) -> None:
    for _ in range(10):
        in_transaction(lambda: throttle.count(FEW, "lan@thu.vn"))
    in_transaction(lambda: throttle.count(FEW, "minh@thu.vn"))
    with pytest.raises(TooOften):
        in_transaction(lambda: throttle.count(FEW, "lan@thu.vn"))


def test_a_success_forgives(app: Flask) -> None:
    for _ in range(10):
        in_transaction(lambda: throttle.count(FEW, "lan@thu.vn"))
    in_transaction(lambda: throttle.forgive(FEW, "lan@thu.vn"))
    in_transaction(lambda: throttle.count(FEW, "lan@thu.vn"))


def test_an_unknown_person_takes_as_long(app: Flask, people: People) -> None:
    def seconds(hashed: str | None) -> float:
        began = time.perf_counter()
        assert not passwords.fits("sai-mat-khau", hashed)
        return time.perf_counter() - began

    seconds(None)
    pairs = [(seconds(people.lan.password_hash), seconds(None)) for _ in range(30)]
    known, unknown = (min(each) for each in zip(*pairs, strict=True))  # a busy machine only ever adds
    assert 0.6 < known / unknown < 1.7


def test_hashes_are_argon2id(app: Flask) -> None:
    hashed = passwords.make_hash(PASSWORD)
    assert hashed.startswith("$argon2id$")
    assert PasswordHasher().verify(hashed, PASSWORD)
