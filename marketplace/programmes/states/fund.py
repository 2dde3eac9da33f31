"""Kinds of funds that lend to cooperatives, and what is looked at before one is asked."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class FundKind(StrEnum):
    CENTRAL = "central"
    JOBS = "jobs"
    PROVINCE = "province"
    CREDIT = "credit"


FUND_LABELS = {
    FundKind.CENTRAL: _l("Central support fund"),
    FundKind.JOBS: _l("Fund for jobs"),
    FundKind.PROVINCE: _l("Provincial support fund"),
    FundKind.CREDIT: _l("Credit institution, counted apart"),
}
COUNTED = (FundKind.CENTRAL, FundKind.JOBS, FundKind.PROVINCE)
"""The preferential ones: banks and people's credit funds are counted apart."""


class CheckKind(StrEnum):
    OWN_SHARE = "own_share"
    EXPOSURE = "exposure"
    BAD_DEBT = "bad_debt"


CHECK_LABELS = {
    CheckKind.OWN_SHARE: _l("Own capital in the project, at least"),
    CheckKind.EXPOSURE: _l("Owed to this fund, of the fund's capital, at the most"),
    CheckKind.BAD_DEBT: _l("Bad debt, at the most"),
}


class Verdict(StrEnum):
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    UNKNOWN = "unknown"


VERDICT_LABELS = {
    Verdict.PASSED: _l("Passed"),
    Verdict.NOT_PASSED: _l("Not passed"),
    Verdict.UNKNOWN: _l("Not known"),
}
VERDICT_TONES = {Verdict.PASSED: "ok", Verdict.NOT_PASSED: "bad", Verdict.UNKNOWN: "wait"}
