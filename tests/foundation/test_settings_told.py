"""What the environment tells, and what follows from it."""

from __future__ import annotations

from marketplace import config


def test_the_address_follows_the_port_unless_it_is_told() -> None:
    assert config.load({"SECRET_KEY": "k" * 32}).base_url == "http://127.0.0.1:8000"
    assert config.load({"SECRET_KEY": "k" * 32, "PORT": "8123"}).base_url == "http://127.0.0.1:8123"
    told = {"SECRET_KEY": "k" * 32, "PORT": "8123", "BASE_URL": "https://cho.example.vn"}
    assert config.load(told).base_url == "https://cho.example.vn"
