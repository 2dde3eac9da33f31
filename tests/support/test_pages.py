"""The pages of support: the desk's way through a claim on a phone, the office's queues, whose is whose."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TypeVar

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.support import queries, services, subjects
from marketplace.support.models import SupportClaim, SupportGrant, SupportNorm
from marketplace.support.states import ClaimKind, ClaimState, EvidenceKind, SupportPurpose
from tests.client import ReadingClient, another
from tests.statements import queries_sent
from tests.support.promised import (
    accountant,
    approved,
    budget,
    claimed,
    m,
    norm,
    paid,
    photo,
    promise,
    verified,
)
from tests.world import World


@pytest.fixture
def lien(world: World) -> Person:
    norm(world)
    budget(world, province=20, sponsors=10)
    return accountant(world)


Row = TypeVar("Row")


def picture() -> tuple[io.BytesIO, str]:
    """A photo with a place in it, as a phone takes it."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "TRACE-OF-A-PHONE"
    Image.new("RGB", (80, 60), "white").save(file, "JPEG", exif=exif)
    file.seek(0)
    return file, "hoa-don.jpg"


def renewed(thing: Row) -> Row:
    """As it stands in the database now."""
    db.session.rollback()
    db.session.refresh(thing)
    return thing


def test_the_desk_goes_from_the_promise_to_a_claim_that_is_handed_in(
    world: World, lien: Person, client: ReadingClient
) -> None:
    grant = promise(world, booth=18)
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/support").get_data(as_text=True)
    assert "9.000.000" in page and f"/desk/support/{grant.ref}" in page
    here = f"/desk/support/{grant.ref}"
    assert client.get(here).status_code == 200
    assert client.send(f"{here}/claim").status_code == 303
    claim = db.session.scalars(select(SupportClaim)).one()
    there = f"/desk/support/claims/{claim.ref}"
    assert client.send(f"{there}/submission").status_code == 422
    odd = client.send(f"{there}/costs", {"spent_booth": "mười hai"})
    assert odd.status_code == 422 and "mười hai" in odd.get_data(as_text=True)
    assert client.send(f"{there}/costs", {"spent_booth": "12tr"}).status_code == 303
    assert "6.000.000" in client.get(here).get_data(as_text=True)
    refused = client.send(
        f"{there}/papers", {"kind": "invoice", "file": (io.BytesIO(b"MZ not a picture"), "x.jpg")}
    )
    assert refused.status_code == 422
    sent = client.send(f"{there}/papers", {"kind": "invoice", "file": picture()})
    assert sent.status_code == 303
    renewed(claim)
    body = client.get(f"/desk/support/papers/{claim.papers[0].ref}").get_data()
    assert body.startswith(b"\xff\xd8\xff") and b"TRACE-OF-A-PHONE" not in body
    assert client.send(f"{there}/submission").status_code == 303
    renewed(claim)
    assert claim.state is ClaimState.SUBMITTED
    assert client.send(f"{there}/costs", {"spent_booth": "1tr"}).status_code == 403


def test_what_is_missing_is_said_in_words(world: World, lien: Person, client: ReadingClient) -> None:
    grant = promise(world, booth=18)
    with transaction():
        services.begin(grant=grant, by=world.director)
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/en/desk/support/{grant.ref}").get_data(as_text=True)
    assert "Write what you really spent." in page
    assert "Add: Invoice or receipt." in page
    assert "Hand in the claim" not in page


def test_an_advance_by_the_page(world: World, lien: Person, client: ReadingClient) -> None:
    grant = promise(world, booth=18)
    client.sign_in("donglac@demo.vn")
    too_much = client.send(f"/desk/support/{grant.ref}/advance", {"amount": "9tr"})
    assert too_much.status_code == 422 and 'value="9tr"' in too_much.get_data(as_text=True)
    assert client.send(f"/desk/support/{grant.ref}/advance", {"amount": "4tr"}).status_code == 303
    claim = db.session.scalars(select(SupportClaim)).one()
    assert claim.asked == m(4) and claim.state is ClaimState.SUBMITTED
    with transaction():
        services.ask_changes(claim=claim, words="Ít hơn một chút", by=lien)
    assert "Ít hơn một chút" in client.get(f"/desk/support/{grant.ref}").get_data(as_text=True)
    assert client.send(f"/desk/support/{grant.ref}/advance", {"amount": "3tr"}).status_code == 303
    renewed(claim)
    assert claim.asked == m(3) and claim.state is ClaimState.SUBMITTED


def test_a_foreign_promise_claim_or_paper_is_not_there(
    world: World, lien: Person, client: ReadingClient
) -> None:
    grant = promise(world, booth=18)
    with transaction():
        claim = services.begin(grant=grant, by=world.director)
        paper = services.add_paper(claim=claim, kind=EvidenceKind.INVOICE, file=photo(), by=world.director)
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/desk/support/{grant.ref}").status_code == 404
    assert client.get(f"/desk/support/papers/{paper.ref}").status_code == 404
    assert client.send(f"/desk/support/claims/{claim.ref}/submission").status_code == 404
    assert client.get("/office/support").status_code == 403
    officer = another(client.application)
    officer.sign_in("officer@demo.vn")
    assert officer.get(f"/office/support/claims/{claim.ref}").status_code == 404, "a draft is their own"
    assert officer.get(f"/desk/support/papers/{paper.ref}").status_code == 404
    assert officer.get(f"/desk/support/{grant.ref}").status_code == 404


def test_the_office_verifies_another_approves_and_notes_what_was_paid(
    world: World, lien: Person, client: ReadingClient
) -> None:
    claim = claimed(world, promise(world, booth=18), booth=18)
    here = f"/office/support/claims/{claim.ref}"
    client.sign_in("officer@demo.vn")
    page = client.get("/office/support").get_data(as_text=True)
    assert claim.ref in page and "Chờ xác minh" in page
    assert client.get(here).status_code == 200
    assert client.get(f"/desk/support/papers/{claim.papers[0].ref}").status_code == 200
    more = client.send(f"{here}/verification", {"accepted_booth": "19tr"})
    assert more.status_code == 422
    assert client.send(f"{here}/verification", {"accepted_booth": "16tr"}).status_code == 303
    assert client.send(f"{here}/approval").status_code == 403, "four eyes"
    second = another(client.application)
    second.sign_in("lien@demo.vn")
    assert claim.ref in second.get("/office/support?tab=approve").get_data(as_text=True)
    assert second.send(f"{here}/approval").status_code == 303
    assert claim.ref in second.get("/office/support?tab=pay").get_data(as_text=True)
    payment = {"source": "province", "amount": "9tr", "bank_reference": "UNC 7", "day": _day(0)}
    wrong = second.send(f"{here}/payments", payment)
    assert wrong.status_code == 422 and "UNC 7" in wrong.get_data(as_text=True)
    assert second.send(f"{here}/payments", {**payment, "amount": "1tr", "day": _day(1)}).status_code == 422
    renewed(claim)
    paid(claim, lien)
    assert second.get(here).status_code == 200
    renewed(claim)
    assert claim.state is ClaimState.PAID and claim.paid == m(8)


def _day(ahead: int) -> str:
    return f"{clock.today() + dt.timedelta(days=ahead):%d/%m/%Y}"


def test_the_office_sends_back_and_declines_with_words(
    world: World, lien: Person, client: ReadingClient
) -> None:
    claim = claimed(world, promise(world, booth=18), booth=18)
    here = f"/office/support/claims/{claim.ref}"
    client.sign_in("officer@demo.vn")
    assert client.send(f"{here}/changes", {"ask-words": ""}).status_code == 422
    assert client.send(f"{here}/changes", {"ask-words": "Hóa đơn mờ"}).status_code == 303
    assert renewed(claim).state is ClaimState.CHANGES_REQUESTED
    assert client.send(f"{here}/refusal", {"no-words": "Không đúng hội chợ"}).status_code == 303
    assert renewed(claim).state is ClaimState.DECLINED and claim.reply == "Không đúng hội chợ"
    assert client.get(here).status_code == 200


def test_norms_are_added_copied_and_ended_by_the_page(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get("/office/support/norms").status_code == 200
    assert client.get("/office/support/norms/new").status_code == 200
    told = {
        "act_number": "12/2026/NQ-HĐND", "act_name": "Mức hỗ trợ", "kind": "fair_out_of_province",
        "beneficiary": "any", "valid_from": "01/01/2026", "valid_until": "", "cap_per_time": "10tr",
        "cap_per_year": "", "times_per_year": "2", "max_booths": "1", "advance_rate": "50", "priority": "10",
        "evidence": ["invoice", "photos"],
    }  # fmt: skip
    lines = {
        "per_booth": "booth",
        **{f"per_{head}": "time" for head in ("transport", "travel", "decoration")},
    }
    lines |= {f"per_{head}": "time" for head in ("utilities", "lodging", "printing", "other")}
    bare = client.send("/office/support/norms/new", {**told, **lines})
    assert bare.status_code == 422 and "12/2026/NQ-HĐND" in bare.get_data(as_text=True)
    full = {**told, **lines, "rate_booth": "62,5", "cap_booth": "8tr", "rate_transport": "100"}
    assert client.send("/office/support/norms/new", full).status_code == 303
    found = db.session.scalars(select(SupportNorm)).one()
    assert [(str(line.head), line.rate, line.cap) for line in found.heads] == [
        ("booth", Decimal("62.5"), m(8)),
        ("transport", Decimal(100), None),
    ]
    here = f"/office/support/norms/{found.ref}"
    assert client.get(here).status_code == 200
    assert client.send(f"{here}/data", {**full, "cap_per_time": "11tr"}).status_code == 303
    assert 'value="62,5"' in client.get(f"/office/support/norms/new?like={found.ref}").get_data(as_text=True)
    budget(world)
    promise(world, booth=4)
    assert client.send(f"{here}/data", full).status_code == 422
    assert client.send(f"{here}/end", {"last_day": "31/12/2025"}).status_code == 422
    assert client.send(f"{here}/end", {"last_day": _day(0)}).status_code == 303
    renewed(found)
    assert found.valid_until == clock.today()
    client.get("/sign-out")


@pytest.fixture
def fairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keeper of fairs, as the area that has them registers it."""
    fair = subjects.Subject(
        SupportPurpose.FAIR, 3, "Hội chợ Xứ Đông", clock.today(), url="/office/fairs/xu-dong"
    )
    keeper = subjects.Keeper(lambda ids: {3: fair} if 3 in ids else {}, lambda: [fair])
    monkeypatch.setitem(subjects.KEEPERS, SupportPurpose.FAIR, keeper)


def test_budget_and_promise_by_the_page(world: World, fairs: None, client: ReadingClient) -> None:
    norm(world)
    client.sign_in("officer@demo.vn")
    assert "Hội chợ Xứ Đông" in client.get("/office/support").get_data(as_text=True)
    here = "/office/support/for/fair/3"
    assert client.get("/office/support/for/fair/4").status_code == 404
    assert client.get(here).status_code == 200
    assert client.send(f"{here}/budget", {"amount_province": "6tr"}).status_code == 303
    told = {
        "member": "đồng lạc", "kind": "fair_out_of_province", "day": _day(0), "booths": "1",
        "cost_booth": "10tr",
    }  # fmt: skip
    for member in ("", "nobody's", "dịch vụ nông nghiệp"):  # none, and two of that name
        assert client.send(f"{here}/grants", {**told, "member": member}).status_code == 422
    assert client.send(f"{here}/grants", told).status_code == 303
    grant = db.session.scalars(select(SupportGrant)).one()
    assert grant.total == m(5)
    assert client.send(f"{here}/budget", {"amount_province": "4tr"}).status_code == 422
    page = client.get(here).get_data(as_text=True)
    assert "1.000.000" in page and "5.000.000" in page
    there = f"/office/support/for/grants/{grant.ref}"
    assert client.get(there).status_code == 200
    assert client.send(f"{there}/withdrawal", {"reason": ""}).status_code == 422
    assert client.send(f"{there}/withdrawal", {"reason": "Không đi"}).status_code == 303
    assert client.get(there).status_code == 200


def test_the_list_for_excel_holds_sums_and_no_formula(
    world: World, lien: Person, client: ReadingClient
) -> None:
    claim = approved(world, claimed(world, promise(world, booth=18), booth=18), lien)
    paid(claim, lien, "=cmd")
    with transaction():
        world.dong_lac.name = "=HYPERLINK(1)"
    client.sign_in("officer@demo.vn")
    body = client.get("/office/support/export.xlsx").get_data()
    rows = [*openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows()]
    assert len(rows) == 2
    assert rows[1][0].value == "=HYPERLINK(1)" and rows[1][0].data_type == "s"
    assert rows[1][13].value == 9_000_000
    assert client.get("/office/support/export.csv").get_data(as_text=True).count("'=HYPERLINK") == 1


def test_the_queue_takes_as_many_statements_for_many_as_for_one(
    world: World, lien: Person, client: ReadingClient
) -> None:
    claimed(world, promise(world, booth=2), booth=2)
    client.sign_in("officer@demo.vn")
    client.get("/office/support")
    one = _counted(client)
    for subject in (20, 21):
        budget(world, subject)
        norm(world, times_per_year=None, priority=1)
        verified(world, claimed(world, promise(world, subject_id=subject, booth=2), booth=2))
        budget(world, subject + 10)
        claimed(world, promise(world, subject_id=subject + 10, booth=2), booth=2)
    assert len(queries.queue("verify").rows) == 3
    assert _counted(client) <= one


def _counted(client: ReadingClient) -> int:
    with queries_sent() as sent:
        client.get("/office/support")
    return len(sent)


def test_a_claim_of_whoever_calls_is_labelled_and_verified_by_another(
    world: World, client: ReadingClient
) -> None:
    norm(world)
    budget(world)
    grant = promise(world, booth=12)
    client.sign_in(world.officer.email)
    path = f"/office/support/promises/{grant.ref}/claim"
    assert path in client.get(f"/office/support/for/grants/{grant.ref}").get_data(as_text=True)
    told = {"spent_booth": "12.000.000", "told_by": "Ông Hùng"}
    assert client.get(path).status_code == 200
    assert client.send(path, {**told, "told_by": ""}).status_code == 422
    assert client.send(path, told).status_code == 422, "the invoice is missing"
    assert client.send(path, {**told, "keep": "1"}).status_code == 303
    file = photo()
    sent = client.send(path, {**told, "paper_invoice": (file.stream, file.filename)})
    assert sent.status_code == 303
    claim = queries.live_claim(grant.id, ClaimKind.SETTLEMENT)
    assert claim is not None and (claim.state, claim.told_by) == (ClaimState.SUBMITTED, "Ông Hùng")
    assert "Ông Hùng" in client.get(f"/office/support/claims/{claim.ref}").get_data(as_text=True)
    with pytest.raises(Refusal), transaction():
        services.verify(claim=claim, accepted={}, by=world.officer)
    lien = accountant(world)
    with transaction():
        services.verify(claim=claim, accepted={cost.head: cost.spent for cost in claim.costs}, by=lien)
    assert claim.state is ClaimState.VERIFIED
