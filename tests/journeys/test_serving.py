"""The processes of the shop: what one of them dying does, and that stopping leaves none behind."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.server import children, descendants
from tests import services
from tests.journeys.conftest import Shop, opened_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    yield from opened_shop(tmp_path, services.free_port(), {})


def test_a_web_process_that_dies_is_replaced(shop: Shop) -> None:
    web = children(shop.serving.pid)[0]
    first, second = children(web)
    os.kill(first, signal.SIGKILL)
    until(lambda: len(children(web)) == 2 and first not in children(web))
    assert second in children(web)
    assert opened(shop) == 200


def test_without_its_worker_the_shop_does_not_pretend_to_be_open(shop: Shop) -> None:
    until(lambda: len(children(shop.serving.pid)) == 2)
    family = descendants(shop.serving.pid)
    os.kill(children(shop.serving.pid)[1], signal.SIGKILL)
    assert shop.serving.wait(20) == 1
    assert "The worker ended by itself" in (shop.folder / "log.txt").read_text()
    until(lambda: not any(map(alive, family)))


def test_it_stops_in_order_and_leaves_nobody_behind(shop: Shop) -> None:
    until(lambda: len(children(shop.serving.pid)) == 2)
    family = descendants(shop.serving.pid)
    assert len(family) == 4  # the web server, its two processes, the worker
    shop.serving.terminate()
    assert shop.serving.wait(20) == 0
    until(lambda: not any(map(alive, family)))


def opened(shop: Shop) -> int:
    with urllib.request.urlopen(f"{shop.address}/products", timeout=5) as answer:
        return answer.status


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
