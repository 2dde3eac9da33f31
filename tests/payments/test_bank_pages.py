"""The desk's pages of bank statements, as a director goes through them."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask

from marketplace.foundation import jobs
from marketplace.foundation.db import db
from marketplace.foundation.sheets import write_xlsx
from marketplace.payments.models import Charge, Statement
from marketplace.payments.states import ChargeState, LineState
from tests.client import ReadingClient
from tests.payments.bank import HEADER, lines, row, send
from tests.world import World


@pytest.fixture
def desk(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


def test_a_statement_is_sent_looked_at_read_and_its_payment_placed(
    app: Flask, desk: ReadingClient, charge: Charge
) -> None:
    page = desk.get("/desk/money/statements").get_data(as_text=True)
    account = re.search(r'<option value="([0-9]+)"', page)
    assert account
    rows = [row(charge.transfer_ref, 400_000, "FT1"), ["31/02/2026", "FT2", "", "5.000", "", "ngay sai"]]
    sent = desk.send(
        "/desk/money/statements",
        {"account": account[1], "file": (io.BytesIO(write_xlsx(HEADER, rows)), "sao-ke.xlsx")},
    )
    assert sent.status_code == 303, sent.get_data(as_text=True)
    run = db.session.scalars(db.select(Statement)).one()
    columns = desk.get(sent.location).get_data(as_text=True)
    assert "400.000" in columns and "không phải ngày" in columns
    chosen = {f"column_{place}": name for place, name in run.mapping.items()}
    assert desk.send(sent.location, {**chosen, "column_0": "", "begin": "1"}).status_code == 422
    begun = desk.send(sent.location, {**chosen, "begin": "1"})
    assert begun.status_code == 303 and desk.get(begun.location).headers["Refresh"] == "2"
    jobs.drain(app)
    db.session.rollback()
    for tab in ("open", "wrong", "debit"):
        assert desk.get(f"{begun.location}?tab={tab}").status_code == 200
    assert desk.get(f"{begun.location}/report.xlsx").data.startswith(b"PK")
    [line] = lines()
    place = f"/desk/money/lines/{line.ref}"
    assert desk.get(place).get_data(as_text=True).count("400.000") >= 2
    wrong = desk.send(f"{place}/assign", {f"part_{charge.id}": "vài trăm"})
    assert wrong.status_code == 422 and "vài trăm" in wrong.get_data(as_text=True)
    assert desk.send(f"{place}/assign", {f"part_{charge.id}": "400k"}).status_code == 303
    assert "rút lại" in desk.get(place).get_data(as_text=True)
    assert desk.send(f"{place}/reopen").status_code == 303
    assert desk.send(f"{place}/assign", {f"part_{charge.id}": "400.000"}).status_code == 303
    assert desk.send(f"{place}/count").status_code == 303
    db.session.expire_all()
    assert (charge.received, charge.state, line.state) == (400_000, ChargeState.EXPECTED, LineState.COUNTED)


def test_nothing_of_it_is_another_cooperative_s(client: ReadingClient, world: World, charge: Charge) -> None:
    run = send(world, [row("tien", 5_000, "FT1")])
    client.sign_in("kinhmon@demo.vn")
    ref = lines()[0].ref
    for path in (f"/desk/money/lines/{ref}", f"/desk/money/statements/{run.ref}"):
        assert client.get(path).status_code == 404
    assert client.send(f"/desk/money/lines/{ref}/dismiss", {"words": "x"}).status_code == 404
    assert "5.000" not in client.get("/desk/money/lines").get_data(as_text=True)


@pytest.mark.parametrize("tab", ["open", "assigned", "counted", "dismissed", "nonsense"])
def test_the_queue_shows_each_part(desk: ReadingClient, world: World, charge: Charge, tab: str) -> None:
    send(world, [row("tien", 5_000, "FT1"), row(charge.transfer_ref, 900_000, "FT2")])
    assert desk.get(f"/desk/money/lines?tab={tab}").status_code == 200
