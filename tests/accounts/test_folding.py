"""Old history is folded: words go, facts and seals stay, and whoever meddles is found."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace.accounts import services
from marketplace.accounts.events import InvitationWithdrawn
from marketplace.accounts.services.trail import words_kept_from
from marketplace.accounts.tasks import fold_trail
from marketplace.alliance import services as settings
from marketplace.config import Settings
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, AuditFold, AuditWords, folding, history_of
from marketplace.foundation.audit.folding import broken_folds
from marketplace.foundation.audit.recorder import broken_seals, record
from marketplace.foundation.audit.tasks import seal_history
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from tests.accounts.conftest import PASSWORD
from tests.client import ReadingClient
from tests.foundation.test_audit import tamper

OLD = ("Bưởi", "Mận", "Đào", "Na")
YOUNG = ("Vải", "Ổi")


@pytest.fixture
def years(app: Flask) -> None:
    """Four facts of more than ten years ago, and two of the first days whose words stay."""
    edge = words_kept_from()
    for days, names in ((-1, OLD), (0, YOUNG)):
        for name in names:
            with clock.standing_at(edge + dt.timedelta(days=days)), transaction():
                record(InvitationWithdrawn(invitation_id=1, organisation_id=1, name=name))
    seal_history()


def names() -> list[str]:
    db.session.rollback()
    said = db.session.scalars(select(AuditWords.words).order_by(AuditWords.entry_id)).all()
    return [one["name"] for one in said if "name" in one]


def folds() -> list[tuple[int, int, int, int, int]]:
    db.session.rollback()
    rows = db.session.scalars(select(AuditFold).order_by(AuditFold.number)).all()
    return [(one.number, one.first_seq, one.last_seq, one.facts, one.words) for one in rows]


def sound() -> bool:
    db.session.rollback()
    return (broken_seals(), broken_folds()) == (0, 0)


def test_old_words_go_and_the_chain_holds_before_and_after(years: None) -> None:
    before = [(row.id, row.kind, row.at, row.data) for row in db.session.scalars(select(AuditEntry))]
    assert sound()
    assert fold_trail() == 1
    assert names() == ["…"] * 4 + ["Vải", "Ổi"]
    assert folds() == [(1, 1, 4, 4, 4)]
    kept = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(row.id, row.kind, row.at, row.data) for row in kept][:6] == before
    told = kept[6]
    assert (told.kind, told.data["number"], told.data["facts"]) == ("TrailFolded", 1, 4)
    assert sound()
    seal_history()
    assert sound() and fold_trail() == 0
    fold = db.session.scalars(select(AuditFold)).one()
    assert fold.kinds == Counter({"InvitationWithdrawn": 4}) and fold.until < words_kept_from()
    lines = [line.sentence for line in history_of("organisation", 1)]
    assert sum("…" in line for line in lines) == 4 and any("Vải" in line for line in lines)


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(
    years: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        assert services.fold_trail(limit=1)
    with pytest.raises(ZeroDivisionError), transaction():
        services.fold_trail(limit=1)
        raise ZeroDivisionError
    assert names()[:3] == ["…", "Mận", "Đào"] and folds() == [(1, 1, 1, 1, 1)] and sound()
    while True:
        with transaction():
            if not services.fold_trail(limit=2):
                break
    assert folds() == [(1, 1, 1, 1, 1), (2, 2, 3, 2, 2), (3, 4, 4, 1, 1)]
    assert names() == ["…"] * 4 + ["Vải", "Ổi"] and sound()


@pytest.mark.parametrize("act", ["DELETE FROM audit_folds", "UPDATE audit_folds SET hash = 'x'"])
def test_nobody_changes_a_fold(years: None, act: str) -> None:
    fold_trail()
    with pytest.raises(DBAPIError, match="audit_folds is append-only"), db.engine.begin() as hand:
        hand.execute(text(act))
    assert sound()


def test_what_is_not_sealed_yet_is_not_folded(app: Flask) -> None:
    with clock.standing_at(words_kept_from() - dt.timedelta(days=9)), transaction():
        record(InvitationWithdrawn(invitation_id=1, organisation_id=1, name="Bưởi"))
    assert fold_trail() == 0 and names() == ["Bưởi"]
    seal_history()
    assert fold_trail() == 1 and names() == ["…"]


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE audit_entries SET kind = 'x' WHERE id = (SELECT min(id) + 1 FROM audit_entries)",
        "UPDATE audit_entries SET kind = 'x' WHERE id = (SELECT min(id) + 4 FROM audit_entries)",
        "DELETE FROM audit_entries WHERE id = (SELECT min(id) + 1 FROM audit_entries)",
        "UPDATE audit_seals SET hash = 'x' WHERE seq = 2",
        "UPDATE audit_folds SET words = 1 WHERE number = 1",
        "UPDATE audit_folds SET hash = 'x' WHERE number = 1",
        "DELETE FROM audit_folds WHERE number = 2",
        "DELETE FROM audit_folds",
    ],
)
def test_tampering_is_found_after_folding_too(years: None, meddling: str) -> None:
    for _ in range(2):
        with transaction():
            services.fold_trail(limit=2)
    seal_history()
    assert folds() == [(1, 1, 2, 2, 2), (2, 3, 4, 2, 2)] and sound()
    tamper(meddling)
    assert not sound()


def test_words_that_stand_in_a_fold_again_are_found(years: None) -> None:
    fold_trail()
    first = db.session.scalars(select(AuditWords).order_by(AuditWords.entry_id)).first()
    assert first is not None
    with transaction(), folding.redacting():
        db.session.get_one(AuditWords, first.entry_id).words = {"name": "Bưởi"}
        db.session.flush()
    assert broken_seals() == 0 and broken_folds() == 1


def test_a_broken_range_is_never_folded_over(years: None) -> None:
    tamper("UPDATE audit_entries SET kind = 'x' WHERE id = (SELECT min(id) + 1 FROM audit_entries)")
    assert fold_trail() == 0
    assert names()[:4] == [*OLD] and folds() == [] and broken_seals() == 1


def test_the_law_s_years_are_the_least(app: Flask) -> None:
    with pytest.raises(Refusal), transaction():
        settings.change(name="audit_words_years", value=9, from_day=clock.today(), reason="Gọn hơn", by=None)
    assert Settings.audit_words_years == 10


def test_the_page_says_what_was_folded(app: Flask, years: None, client: ReadingClient) -> None:
    with transaction():
        services.create_officer(
            name="Mai", phone=None, email="mai@lm.vn", password=PASSWORD, alliance_name="Liên minh HTX"
        )
    client.sign_in("mai@lm.vn", PASSWORD)
    said = "bằng “…”"
    assert said not in client.get("/office/audit").get_data(as_text=True)
    seal_history()
    fold_trail()
    assert said in client.get("/office/audit").get_data(as_text=True)
