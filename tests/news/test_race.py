"""Workers, and the same reader twice, at once in two processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter
from marketplace.news import services
from marketplace.news.models import IssueLetter, Subscription
from marketplace.news.states import IssueState, SubscriptionState
from tests import rivals
from tests.news.told import all_readers, issue_of, published, reader
from tests.rivals import act
from tests.world import World

pytestmark = pytest.mark.long
READERS = 70


def test_two_workers_write_to_nobody_twice(world: World, database_url: str, tmp_path: Path) -> None:
    for number in range(READERS):
        reader(f"r{number}@gmail.com")
    issue = issue_of(world, published(world))
    with transaction():
        services.start_issue(issue=issue, by=world.officer)
    posting = act("tests.news.rival_acts:post", issue=issue.id)
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [[posting] * 3, [posting] * 3])
    assert sum(int(number) * times for number, times in found.items()) == READERS
    db.session.expire_all()
    assert issue.state is IssueState.SENT
    assert db.session.scalar(select(func.count()).select_from(IssueLetter)) == READERS
    letters = select(func.count()).where(Letter.subject == issue.subject_vi)
    assert db.session.scalar(letters) == READERS


def test_one_mailbox_that_is_entered_many_times_at_once_stands_once(
    world: World, database_url: str, tmp_path: Path
) -> None:
    asking = act("tests.news.rival_acts:ask", email="lan@gmail.com")
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [[asking] * 3, [asking] * 3])
    assert sum(found.values()) == 6 and set(found) <= {"asked", "answered"} and found["asked"] >= 1
    assert len(all_readers()) == 1
    db.session.rollback()
    (only,) = all_readers()
    with transaction():
        services.confirm_newsletter(subscription=db.session.get_one(Subscription, only.id))
    ending = act("tests.news.rival_acts:end", subscription=only.id)
    db.session.rollback()
    assert rivals.at_once(database_url, tmp_path, [[ending] * 2, [ending] * 2])["ended"] == 4
    db.session.expire_all()
    assert db.session.get_one(Subscription, only.id).state is SubscriptionState.ENDED
