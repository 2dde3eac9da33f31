"""A real shop whose processes are really killed while buyers order, sellers accept and cards are paid.

Buyers do what people do: no answer, so they press again, with the same form. The card company lives on.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.stripe_like import StripeLike

ROOT = Path(__file__).resolve().parent.parent.parent
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
STARTS = 120
PATIENCE = 900


@dataclass
class RealShop:
    """A process that serves the shop on a port of its own, made anew in a moment after each kill."""

    port: int
    environ: dict[str, str]
    ready: subprocess.Popen[str] | None = None
    serving: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        if self.ready is None:
            self.ready = subprocess.Popen(
                [sys.executable, "-m", "tests.lives.ready", str(self.port)],
                cwd=ROOT,
                env={**os.environ, **self.environ},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
            assert self._told() == "ready"
        assert self.ready.stdin is not None
        print("one more", file=self.ready.stdin, flush=True)
        self.serving = int(self._told())
        wait_for(self.url)

    def _told(self) -> str:
        assert self.ready is not None and self.ready.stdout is not None
        return self.ready.stdout.readline().strip()

    def kill(self) -> None:
        """At once and without a word; its port is free when it is gone."""
        os.kill(self.serving, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(self.serving, 0)
                time.sleep(0.002)

    def stop(self) -> None:
        if self.ready is not None:
            os.killpg(self.ready.pid, signal.SIGKILL)
            self.ready.wait()
            self.ready = None


def wait_for(url: str) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        try:
            requests.get(f"{url}/healthz", timeout=2)
            return
        except requests.RequestException:
            time.sleep(0.01)
    raise AssertionError("the shop did not come back")


@dataclass
class Street:
    """Who is asking what at this moment, and what became of all of it."""

    shop: RealShop
    company: StripeLike
    form: dict[str, str]
    """How a buyer of this shop fills the checkout form: places and ways have their numbers."""
    asking: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    tokens: list[str] = field(default_factory=list)
    groups: dict[str, set[str]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def at_it(self, what: str) -> Iterator[None]:
        self._count(self.asking, what, 1)
        try:
            yield
        except (requests.ConnectionError, requests.Timeout):
            self._count(self.cut, what, 1)
            raise
        finally:
            self._count(self.asking, what, -1)

    def _count(self, which: Counter[str], what: str, by: int) -> None:
        with self._lock:
            which[what] += by

    def sent(self, token: str, group: str) -> None:
        with self._lock:
            self.groups.setdefault(token, set()).add(group)


class Person:
    """A browser with its cookies, that asks again until it is answered."""

    def __init__(self, street: Street) -> None:
        self.street, self.browser = street, requests.Session()
        self.browser.headers.update(SAME_ORIGIN)

    def get(self, path: str) -> str:
        return self._until("reading", "GET", path, {}).text

    def post(self, what: str, path: str, data: dict[str, Any]) -> requests.Response:
        return self._until(what, "POST", path, data)

    def _until(self, what: str, verb: str, path: str, data: dict[str, Any]) -> requests.Response:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with self.street.at_it(what):
                    answer = self.browser.request(
                        verb, self.street.shop.url + path, data=data, allow_redirects=False, timeout=20
                    )
            except requests.RequestException:
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"{verb} {path}: no answer for {PATIENCE} s")


class Director(Person):
    def sign_in(self, name: str, password: str) -> None:
        answer = self.post("reading", "/sign-in", {"identifier": name, "password": password})
        assert answer.status_code == 303, answer.text[:2000]

    def accept(self, number: str) -> None:
        """Pressed again after a crash, it was accepted already, and the page says so."""
        page = self.get(f"/desk/orders/{number}")
        token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)
        assert token is not None, "the director is not signed in"
        answer = self.post("acceptance", f"/desk/orders/{number}/acceptance", {"csrf_token": token[1]})
        assert answer.status_code == 303, f"{answer.status_code}: {answer.text[-3000:]}"


def buy(street: Street, director: Director, rng: random.Random) -> None:
    """One whole purchase by card, from the cart to the company's page."""
    buyer = Person(street)
    buyer.post("cart", "/cart/items", {"product": "ca-rot-dong-lac", "quantity": str(rng.randint(5, 9))})
    page = buyer.get("/checkout")
    while True:
        hidden = dict(re.findall(r'name="(form_token|quote)"[^>]*value="([^"]*)"', page))
        street.tokens.append(hidden["form_token"])
        answer = buyer.post("checkout", "/checkout", {**street.form, **hidden})
        if answer.status_code == 303:
            break
        page = answer.text  # another fee than the page showed: the buyer looks and sends again
    group = answer.headers["Location"].rsplit("/", 1)[1]
    street.sent(hidden["form_token"], group)
    twice = buyer.post("checkout", "/checkout", {**street.form, **hidden})
    street.sent(hidden["form_token"], twice.headers["Location"].rsplit("/", 1)[1])

    found = re.search(r'href="(?:/en)?(/orders/(?!placed)\w+)"', buyer.get(f"/orders/placed/{group}"))
    assert found is not None
    order = found[1]
    number = re.search(r"\b[A-Z]+-20[0-9]{2}-[0-9]+\b", buyer.get(order))
    assert number is not None
    director.accept(number[0])
    charge = re.search(r'action="(?:/en)?(/pay/\w+/card)"', buyer.get(order))
    assert charge is not None, "an accepted order without its charge"
    answer = buyer.post("card", charge[1], {"back": order})
    while answer.status_code != 303:  # the company did not answer in time, or the page was being opened
        time.sleep(0.05)
        answer = buyer.post("card", charge[1], {"back": order})
    street.company.books.pay(answer.headers["Location"].rsplit("/", 1)[1])


def keep_buying(street: Street, seed: int, password: str) -> None:
    """One buyer after the other, until it is over; each purchase is brought to its end."""
    rng, director = random.Random(seed), Director(street)
    try:
        director.sign_in("donglac@demo.vn", password)
        while not street.over.is_set():
            buy(street, director, rng)
    except Exception as trouble:
        street.troubles.append(f"{type(trouble).__name__}: {trouble}"[:6000])
        street.over.set()


def kill_in_the_middle(street: Street, kills: int, seed: int) -> list[set[str]]:
    """What was being asked at each kill; a checkout at `kills` of them. Some hit whatever is under way."""
    rng: random.Random = random.Random(seed)
    hits: list[set[str]] = []
    while sum("checkout" in hit for hit in hits) < kills and not street.over.is_set():
        target = rng.choice(["checkout"] * 8 + ["acceptance", "card"])
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not street.over.is_set():
            if street.asking[target]:
                time.sleep(rng.uniform(0, 0.05))
            if street.asking[target]:  # still: this is the middle of it
                break
            time.sleep(0.001)
        hits.append(set(+street.asking))
        street.shop.kill()
        street.shop.start()
    return hits
