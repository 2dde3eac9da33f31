"""A pool: several cooperatives bring one request's volume together, under a rule that was published before."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.models.need import Need
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import PoolMemberState, PoolState
from marketplace.selection.states import Entered

_LIVING = "state NOT IN ('lost', 'returned', 'dissolved')"


class Pool(Model):
    """Members gathered for one request. The buyer sees its lead alone.

    `goal` is how many kilograms of the request it is for; `floor` what a share of equal ones comes to at the least in
    a week; `seed` is drawn when it is locked; `price` of a kilogram is what it answered with; `won` is what it was
    chosen for.
    """

    __tablename__ = "pools"
    __table_args__ = (
        one_of("state", PoolState),
        one_of("rule", SharingRule),
        CheckConstraint("goal > 0", name="goal_positive"),
        CheckConstraint("floor >= 0", name="floor_not_negative"),
        CheckConstraint("state IN ('forming', 'dissolved') OR seed <> ''", name="locked_has_seed"),
        CheckConstraint(
            "state IN ('forming', 'locked', 'dissolved') OR (price > 0 AND answered_at IS NOT NULL)",
            name="answered_has_price",
        ),
        CheckConstraint(
            "(state IN ('won', 'delivering', 'settled')) = (won IS NOT NULL)", name="won_iff_chosen"
        ),
        CheckConstraint("won > 0", name="won_positive"),
        CheckConstraint("state NOT IN ('returned', 'dissolved') OR reason <> ''", name="ended_has_reason"),
        Index(
            "uq_pools_lead",
            "need_id",
            "lead_id",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index("ix_pools_state_join_by", "state", "join_by"),
        Index("ix_pools_lead_id", "lead_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[PoolState] = mapped_column(OneOf(PoolState), default=PoolState.FORMING)
    rule: Mapped[SharingRule] = mapped_column(OneOf(SharingRule))
    floor: Mapped[int] = mapped_column(Integer, default=0)
    goal: Mapped[int] = mapped_column(Integer)
    join_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    radius: Mapped[int | None] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(1000), default="")
    seed: Mapped[str] = mapped_column(String(32), default="")
    price: Mapped[Money | None] = mapped_column(Dong)
    won: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    formed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    locked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    need: Mapped[Need] = relationship()
    lead: Mapped[Cooperative] = relationship()
    by: Mapped[Person] = relationship()
    members: Mapped[list[PoolMember]] = relationship(back_populates="pool", order_by="PoolMember.id")

    @property
    def joinable(self) -> bool:
        """Still forming, and the day has not come: the clock is asked."""
        return self.state is PoolState.FORMING and clock.now() < self.join_by


class PoolMember(Model):
    """A cooperative in a pool: invited, then its word by week, then its share.

    `product` and `grade` say from which weeks of the ledger it brings; `km` how far its seat lies from where the
    goods go (None when one of them is not known); `told_by` who said it when an officer wrote it down.
    """

    __tablename__ = "pool_members"
    __table_args__ = (
        one_of("state", PoolMemberState),
        one_of("entered", Entered),
        CheckConstraint("(entered = 'online') = (told_by = '')", name="told_by_iff_not_online"),
        CheckConstraint(
            "state NOT IN ('committed', 'confirmed', 'delivered')"
            " OR (product_id IS NOT NULL AND committed_at IS NOT NULL)",
            name="committed_has_goods",
        ),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released_has_time"),
        CheckConstraint("state <> 'released' OR reason <> ''", name="released_has_reason"),
        UniqueConstraint("pool_id", "cooperative_id"),
        Index("ix_pool_members_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[PoolMemberState] = mapped_column(OneOf(PoolMemberState), default=PoolMemberState.INVITED)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    grade: Mapped[str] = mapped_column(String(12), default="")
    km: Mapped[int | None] = mapped_column(SmallInteger)
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    committed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    pool: Mapped[Pool] = relationship(back_populates="members")
    cooperative: Mapped[Cooperative] = relationship()
    product: Mapped[Product | None] = relationship()
    weeks: Mapped[list[PoolCommitment]] = relationship(
        order_by="PoolCommitment.week", cascade="all, delete-orphan"
    )

    @property
    def ref(self) -> str:
        """In the addresses of its own cooperative's desk: that of the pool."""
        return self.pool.ref

    @property
    def least(self) -> int:
        """Of all weeks together."""
        return sum(week.least for week in self.weeks)

    @property
    def most(self) -> int:
        return sum(week.most for week in self.weeks)


class PoolCommitment(Model):
    """A member's word for one week ("2027-W11"): nothing, or from `least` to `most` kilograms."""

    __tablename__ = "pool_commitments"
    __table_args__ = (CheckConstraint("least >= 0 AND least <= most AND most > 0", name="least_to_most"),)
    member_id: Mapped[int] = mapped_column(ForeignKey("pool_members.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    least: Mapped[int] = mapped_column(Integer)
    most: Mapped[int] = mapped_column(Integer)


explain("uq_pools_lead", _l("This cooperative leads a pool for this request already."), "lead")
explain("uq_pool_members_pool_id_cooperative_id", _l("This cooperative was invited already."), "cooperative")
