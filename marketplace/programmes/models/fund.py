"""Funds that lend to cooperatives, and the rules by which they look at one, as dated rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, Hundredths, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.programmes.states.fund import CheckKind, FundKind


class LoanFund(Model):
    """Who lends. `capital` is its own capital as it told it for the day `capital_on`."""

    __tablename__ = "loan_funds"
    __table_args__ = (
        one_of("kind", FundKind),
        CheckConstraint("capital > 0", name="capital_positive"),
        CheckConstraint("(capital IS NULL) = (capital_on IS NULL)", name="capital_has_day"),
        UniqueConstraint("code"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[FundKind] = mapped_column(OneOf(FundKind))
    capital: Mapped[Money | None] = mapped_column(Dong)
    capital_on: Mapped[dt.date | None] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    rules: Mapped[list[FundRule]] = relationship(
        back_populates="fund", order_by="(FundRule.measure, FundRule.valid_from.desc())"
    )


class FundRule(Model):
    """A figure that a fund goes by, from `valid_from` until a newer row of its check; with the sentence it stands in.

    Per cent for shares, đồng for debts. Append-only: what a loan was judged by stays readable.
    """

    __tablename__ = "fund_rules"
    __table_args__ = (
        one_of("measure", CheckKind),
        CheckConstraint("threshold >= 0", name="threshold_not_negative"),
        CheckConstraint("source <> ''", name="has_source"),
        UniqueConstraint("fund_id", "measure", "valid_from"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("loan_funds.id"))
    measure: Mapped[CheckKind] = mapped_column(OneOf(CheckKind))
    threshold: Mapped[Decimal] = mapped_column(Hundredths)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    fund: Mapped[LoanFund] = relationship(back_populates="rules")


schema.append_only("fund_rules")
explain("uq_loan_funds_code", _l("There is a fund of this code already."), "code")
explain(
    "uq_fund_rules_fund_id_measure_valid_from",
    _l("A figure that counts from this day is there already."),
    "valid_from",
)
