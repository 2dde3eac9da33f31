"""The private PostgreSQL of the suite."""

import psycopg
import pytest

from tests import services


def run(url: str, sql: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_a_template_is_filled_once_and_each_copy_is_its_own():
    server = services.need(services.postgresql)
    filled = []

    def fill(url: str) -> None:
        filled.append(url)
        run(url, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")

    key = "of_the_services_test"
    template = server.template(key, fill)
    assert server.template(key, fill) == template
    assert len(filled) <= 1  # a server that is shared may have it already

    one, two = server.fresh(template), server.fresh(template)
    try:
        run(one, "DELETE FROM kept")
        assert run(one, "SELECT n FROM kept") == []
        assert run(two, "SELECT n FROM kept") == [(7,)]
    finally:
        server.drop(one)
        server.drop(two)
    with pytest.raises(psycopg.OperationalError):
        run(one, "SELECT 1")


def test_a_missing_service_skips_unless_services_are_required(monkeypatch: pytest.MonkeyPatch):
    def nowhere() -> None:
        raise services.Missing("not on this machine")

    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="nowhere: not on this machine"):
        services.need(nowhere)
    monkeypatch.setenv("REQUIRE_SERVICES", "1")
    with pytest.raises(pytest.fail.Exception, match="nowhere: not on this machine"):
        services.need(nowhere)
