"""One frozen settings object from the environment; a missing or odd value stops the start with its name."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Acts that two officers have to agree to, once there are two. In the demonstration, where one officer shows everything
# alone, those about the officers themselves; elsewhere all of them, until FOUR_EYES says which.
FOUR_EYES_KINDS = (
    "bank-account",
    "support-payment",
    "refund",
    "hand-on",
    "dues-forgiving",
    "dues-norm",
    "money-settings",
    "erasure",
    "merging",
    "unmerging",
    "closing",
    "desks",
    "desk-end",
    "second-step",
    "report-issue",
)
FOUR_EYES_ALONE = ("desks", "desk-end", "second-step")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FAIR_KINDS = {"fair", "exhibition", "week", "market_day", "conference", "online"}
REPORT_KINDS = {"month", "quarter", "year"}
OFFICE_DESKS = {"trade", "registry", "finance", "training", "leadership", "administrator"}
DEFAULT_DATABASE = "sqlite:///instance/market.db"
DATABASES = frozenset({"sqlite", "postgresql", "postgresql+psycopg"})


class OddSetting(SystemExit):
    """A setting the program cannot start with; the message names it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


# --- how a setting is written ------------------------------------------------------------------------
#
# Each setting has one rule: the environment is read by it, and so is what an alliance writes in its office.


class Odd(ValueError):
    """What was written is no value of this setting; says why."""


@dataclass(frozen=True)
class Rule:
    """Any line of words; empty means the default."""

    def read(self, written: str) -> Any:
        """The value. Raises Odd."""
        return written

    def write(self, value: Any) -> str:
        """As `read` takes it."""
        return str(value)


@dataclass(frozen=True)
class Flag(Rule):
    def read(self, written: str) -> bool:
        if written not in {"0", "1"}:
            raise Odd(f"is {written!r}; write 1 or 0")
        return written == "1"

    def write(self, value: Any) -> str:
        return "1" if value else "0"


@dataclass(frozen=True)
class Whole(Rule):
    low: int
    high: int

    def read(self, written: str) -> int:
        if not (written.isascii() and written.isdigit() and self.low <= int(written) <= self.high):
            raise Odd(f"is {written!r}; write a whole number from {self.low} to {self.high}")
        return int(written)


@dataclass(frozen=True)
class Choice(Rule):
    known: frozenset[str]

    def read(self, written: str) -> str:
        if written not in self.known:
            raise Odd(f"is {written!r}; write {' or '.join(sorted(self.known))}")
        return written


def _parts(written: str) -> tuple[str, ...]:
    """What stands between spaces or commas."""
    return tuple(written.replace(",", " ").split())


@dataclass(frozen=True)
class Words(Rule):
    """Words with spaces or commas between them."""

    def read(self, written: str) -> tuple[str, ...]:
        return _parts(written)

    def write(self, value: Any) -> str:
        return " ".join(value)


@dataclass(frozen=True)
class Several(Words):
    """Words out of a few; `none` for not one of them."""

    known: frozenset[str]

    def read(self, written: str) -> tuple[str, ...]:
        words = super().read(written)
        if words == ("none",):
            return ()
        if not set(words) <= self.known:
            raise Odd(f"names something else than {', '.join(sorted(self.known))}")
        return words

    def write(self, value: Any) -> str:
        return " ".join(value) or "none"


@dataclass(frozen=True)
class Mails(Rule):
    """E-mail addresses with spaces or commas between them."""

    def read(self, written: str) -> str:
        for part in _parts(written):
            if not re.fullmatch(r"[^@\s;<>]+@[^@\s;<>]+\.[^@\s;<>.]+", part):
                raise Odd(f"has {part!r}; write e-mail addresses with commas between them")
        return ", ".join(_parts(written))


@dataclass(frozen=True)
class Days(Rule):
    """Numbers of days from a day, before it negative."""

    def read(self, written: str) -> tuple[int, ...]:
        parts = _parts(written)
        if not all(re.fullmatch(r"-?[0-9]{1,3}", part) for part in parts):
            raise Odd("write days as whole numbers, for example -3 1 7 15")
        return tuple(sorted({int(part) for part in parts}))

    def write(self, value: Any) -> str:
        return " ".join(map(str, value))


@dataclass(frozen=True)
class Dates(Rule):
    def read(self, written: str) -> tuple[dt.date, ...]:
        try:
            return tuple(sorted({dt.date.fromisoformat(part) for part in _parts(written)}))
        except ValueError:
            raise Odd("write days as 2026-09-01, with spaces between them") from None

    def write(self, value: Any) -> str:
        return " ".join(each.isoformat() for each in value)


@dataclass(frozen=True)
class Day(Rule):
    def read(self, written: str) -> dt.date | None:
        days = Dates().read(written)
        if len(days) > 1:
            raise Odd("is one day, for example 2026-09-01")
        return days[0] if days else None

    def write(self, value: Any) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True)
class Url(Rule):
    schemes: frozenset[str]

    def read(self, written: str) -> str:
        if written and urlsplit(written).scheme not in self.schemes:
            raise Odd(f"is {written!r}; it must begin with {' or '.join(sorted(self.schemes))}://")
        return written


@dataclass(frozen=True)
class Secure(Url):
    """An address that secrets are sent to: encrypted, or on this machine."""

    def read(self, written: str) -> str:
        value = super().read(written).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise Odd(f"is {value!r}; it must begin with https://, or be on this machine")
        return value


def _ruled(rule: Rule, default: Any) -> Any:
    return field(default=default, metadata={"rule": rule})


def text(default: str) -> Any:
    return _ruled(Rule(), default)


def flag() -> Any:
    return _ruled(Flag(), False)


def whole(default: int, low: int, high: int) -> Any:
    return _ruled(Whole(low, high), default)


def choice(default: str, known: set[str]) -> Any:
    return _ruled(Choice(frozenset(known)), default)


def words(default: tuple[str, ...]) -> Any:
    return _ruled(Words(), default)


def several(default: tuple[str, ...], known: set[str]) -> Any:
    return _ruled(Several(frozenset(known)), default)


def mails() -> Any:
    return _ruled(Mails(), "")


def days(default: tuple[int, ...]) -> Any:
    return _ruled(Days(), default)


def dates() -> Any:
    return _ruled(Dates(), ())


def url(default: str, schemes: set[str]) -> Any:
    return _ruled(Url(frozenset(schemes)), default)


def secure(default: str) -> Any:
    return _ruled(Secure(frozenset({"http", "https"})), default)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that differs from one installation to another."""

    database_url: str = DEFAULT_DATABASE
    redis_url: str = url("", {"redis", "rediss"})
    storage_url: str = url(f"file://{ROOT / 'instance' / 'files'}", {"file", "s3"})
    s3_endpoint_url: str = url("", {"http", "https"})
    smtp_url: str = url("", {"smtp", "smtps"})
    mail_from: str = text("cho@htx.example")
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = words(())
    trusted_proxies: int = whole(0, 0, 5)
    stripe_secret_key: str = text("")
    stripe_webhook_secret: str = text("")
    stripe_api_base: str = secure("https://api.stripe.com")
    # Cards: on with both Stripe secrets. The alliance collects only where this is switched on.
    cards_collected: bool = flag()
    card_least: int = whole(15_000, 1, 99_999_999)
    card_most: int = whole(99_999_999, 1, 99_999_999)
    card_minutes: int = whole(60, 31, 1430)
    site_name: str = text("Chợ HTX")
    alliance_name: str = text("Liên minh HTX tỉnh Hải Dương")
    site_name_en: str = text("")
    alliance_name_en: str = text("Hải Dương Cooperative Alliance")
    alliance_phone: str = text("0220 0000 000")
    # Where papers are signed ("…, ngày 5 tháng 12"); the codes of its provinces, before and after July 2025: the first
    # is the one that maps draw.
    alliance_place: str = text("Hải Dương")
    alliance_provinces: tuple[str, ...] = words(("30", "31"))
    # The alliance's sign, a marketplace.foundation.media.mark.Mark: only its office can give one.
    logo: Any = None
    workers: int = whole(0, 0, 64)
    demo: bool = flag()
    testing: bool = False
    password_cost: int = whole(3, 1, 10)
    # How long a sign-in lasts: unused, and at the longest; the alliance's officers see everybody's data.
    sign_in_idle_days: int = whole(30, 1, 365)
    sign_in_longest_days: int = whole(180, 1, 730)
    staff_sign_in_idle_hours: int = whole(12, 1, 720)
    staff_sign_in_longest_days: int = whole(7, 1, 365)
    instance: Path = ROOT / "instance"
    # Times that rules of the house set; law below high certainty is a setting, never a constant.
    order_answer_hours: int = whole(12, 1, 240)
    counter_answer_hours: int = whole(12, 1, 240)
    change_answer_hours: int = whole(24, 1, 240)
    call_off_answer_hours: int = whole(24, 1, 240)
    # Settlement sheets of contracts are drawn up by themselves on this day: 1 is Monday, 7 Sunday.
    settlement_weekday: int = whole(1, 1, 7)
    complaint_hours: int = whole(24, 1, 720)
    complaint_answer_hours: int = whole(24, 1, 240)
    dispute_answer_hours: int = whole(48, 1, 240)
    dispute_days: int = whole(7, 1, 60)
    # Slips of acceptance: hours until a claim stands without an answer; days until silence takes it back.
    slip_dispute_answer_hours: int = whole(48, 1, 240)
    slip_dispute_days: int = whole(7, 1, 60)
    # A side that alone kept no more of a contract than so many per cent of what was due counts as refusing to keep it:
    # the closing sheet then proposes that its deposit is lost, or doubled (Civil Code 2015, article 328). The law names
    # no figure: 0 means that nothing at all was kept.
    deposit_refusal_percent: int = whole(0, 0, 100)
    receipt_silence_hours: int = whole(48, 1, 720)
    # Weighed goods: the usual tolerance; how long packed goods wait for the buyer's word; what silence means then.
    weighing_tolerance: int = whole(5, 1, 30)
    weighing_answer_hours: int = whole(2, 1, 48)
    weighing_silence: str = choice("agreed", {"agreed", "refused"})
    cart_hold_minutes: int = whole(20, 1, 240)
    standing_lead_days: int = whole(2, 1, 10)
    offer_working_days: int = whole(3, 1, 20)
    relocation_days: int = whole(14, 0, 120)
    # Closed days beside the public holidays, and days off that are worked instead.
    holidays: tuple[dt.date, ...] = dates()
    worked_days: tuple[dt.date, ...] = dates()
    # Officers: from which day on a second step is demanded of them (none: it is offered), and for how many minutes one
    # that was shown counts for weighty acts. Which acts two officers have to agree to, and for how many days one waits.
    second_factor_from: dt.date | None = field(default=None, metadata={"rule": Day()})
    proof_minutes: int = whole(15, 1, 720)
    four_eyes: tuple[str, ...] = several(FOUR_EYES_ALONE, set(FOUR_EYES_KINDS))
    approval_days: int = whole(7, 1, 60)
    # Personal data (Luật 91/2025, NĐ 356/2025): working days until receipt is confirmed, days until each is done.
    data_confirm_days: int = whole(2, 1, 30)
    data_see_days: int = whole(10, 1, 90)
    data_correct_days: int = whole(10, 1, 90)
    data_restrict_days: int = whole(15, 1, 90)
    data_object_days: int = whole(15, 1, 90)
    data_erase_days: int = whole(20, 1, 90)
    data_longer_days: int = whole(15, 1, 90)
    # Ours: how long somebody can come back after "delete my account", and how long a copy of the data lies ready.
    erase_grace_days: int = whole(14, 1, 20)
    data_copy_days: int = whole(7, 1, 60)
    # Words of people in the trail: kept as long as accounts have to be (Luật Kế toán 88/2015/QH13, điều 41), or longer.
    audit_words_years: int = whole(10, 10, 100)
    audit_export_days: int = whole(7, 1, 30)
    # How long after a fair the names of its visitors are kept; that they came stays.
    visitor_days: int = whole(90, 1, 3650)
    # Words of buyers: asked for some days after receipt, written and amended until; no percentage of fewer than these.
    words_after_days: int = whole(3, 0, 30)
    words_days: int = whole(60, 7, 365)
    words_amend_days: int = whole(14, 0, 60)
    facts_least: int = whole(10, 2, 100)
    # Days before a certificate ends on which its holder is reminded.
    certificate_warning_days: tuple[int, ...] = days((7, 30, 60))
    # Fairs (NĐ 81/2018, art. 29-30): days before opening to file and to tell changes, at the earliest to file; working
    # days the Department has to answer; days after the end to report. Kinds that are filed at all, and days before a
    # term on which officers are warned.
    fair_filing_days: int = whole(30, 1, 180)
    fair_filing_earliest_days: int = whole(365, 30, 1100)
    fair_answer_days: int = whole(7, 1, 60)
    fair_change_days: int = whole(30, 1, 180)
    fair_report_days: int = whole(30, 1, 180)
    fair_filed_kinds: tuple[str, ...] = several(("fair", "exhibition", "week"), FAIR_KINDS)
    fair_warning_days: tuple[int, ...] = days((1, 7, 14))
    # Days from the day a sum is due on which its buyer is reminded: before it (negative) and after.
    payment_reminder_days: tuple[int, ...] = days((-3, 1, 7, 15))
    # Yearly reports of cooperatives (NĐ 107/2017): the last day in the year after, and the days from it on which those
    # that have not reported are reminded, before it (negative) and after.
    report_due_month: int = whole(1, 1, 12)
    report_due_day: int = whole(15, 1, 28)
    report_reminder_days: tuple[int, ...] = days((-60, -30, -7, 1, 15, 45))
    # Reports of the alliance on a month, a quarter or a year, laid out as administrative papers are (NĐ 30/2020): the
    # body above it, the sign behind the number, who signs as what, who receives it (semicolons between them); which
    # kinds the worker drafts by itself, on which day of the month after, and which desks are told; who gets the link.
    report_superior: str = text("Liên minh Hợp tác xã Việt Nam")
    report_symbol: str = text("BC-LMHTX")
    report_signer_title: str = text("Chủ tịch")
    report_signer: str = text("")
    report_receivers: str = text("Liên minh Hợp tác xã Việt Nam; UBND tỉnh; Lưu: VT")
    report_draft_kinds: tuple[str, ...] = several((), REPORT_KINDS)
    report_draft_day: int = whole(5, 1, 28)
    report_draft_desks: tuple[str, ...] = several(("registry",), OFFICE_DESKS)
    report_mail_to: str = mails()
    # The price board: how far a price may lie from those of so many days before somebody is asked whether it is right;
    # of how many sellers and buyers a mean of deals is at least, how much of it at most is anybody's, and for how many
    # weeks deals wait for others; from how many kilograms on an organisation's purchase is trade.
    price_odd_percent: int = whole(50, 5, 500)
    price_odd_days: int = whole(30, 1, 365)
    price_deal_least: int = whole(3, 3, 50)
    price_deal_share: int = whole(60, 10, 60)
    price_deal_weeks: int = whole(4, 1, 12)
    price_deal_kg: int = whole(50, 1, 100_000)
    # Matching requests and cooperatives: the points of each part, and from how many km on nearness gives none; from how
    # many points on somebody is told, how many cooperatives of one request at most, and how many quotes are enough.
    match_volume: int = whole(50, 1, 100)
    match_grade: int = whole(10, 0, 100)
    match_papers: int = whole(25, 0, 100)
    match_distance: int = whole(15, 0, 100)
    match_far_km: int = whole(300, 1, 3000)
    match_least: int = whole(50, 1, 100)
    match_told: int = whole(10, 1, 60)
    match_enough: int = whole(3, 1, 20)
    # Deals that began at a fair: a contract signed so many months after its last day at the latest counts for it.
    deal_months: int = whole(12, 1, 60)
    # Helping: how many days a cooperative may let officers decide for it at the longest. Complaints to the alliance:
    # working days until receipt is confirmed, days until they are answered, days of silence after which one is closed.
    delegation_longest_days: int = whole(366, 1, 1100)
    complaint_confirm_days: int = whole(3, 1, 30)
    complaint_days: int = whole(15, 1, 90)
    complaint_silence_days: int = whole(30, 1, 365)
    # Two records that became one: so many days they can be made two again.
    merge_undo_days: int = whole(30, 1, 180)
    # What is taken down: how long its owner can appeal.
    appeal_days: int = whole(14, 3, 90)
    # Minutes in which an officer can take a decision for many back.
    bulk_undo_minutes: int = whole(15, 1, 240)
    max_upload_bytes: int = 90 * 1024 * 1024

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def cards(self) -> bool:
        """Whether cards can be paid with at all."""
        return bool(self.stripe_secret_key and self.stripe_webhook_secret)

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


RULES: dict[str, Rule] = {each.name: each.metadata["rule"] for each in fields(Settings) if each.metadata}
NOBODY: dict[str, Any] = {
    "alliance_name": "Liên minh Hợp tác xã",
    "alliance_phone": "0000 000 000",
    "alliance_place": "",
    "alliance_provinces": (),
}
NAMED = {"cards_collected": "CARDS_COLLECTED_BY_ALLIANCE"}
"""Variables that are not called as their setting is."""


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    Raises OddSetting (a SystemExit) naming the first variable that is missing or odd.
    """

    def told(name: str, rule: Rule, default: Any) -> Any:
        written = environ.get(name, "").strip()
        if not written:
            return default
        try:
            return rule.read(written)
        except Odd as odd:
            raise OddSetting(name, str(odd)) from None

    found = {
        name: told(NAMED.get(name, name.upper()), rule, getattr(Settings, name))
        for name, rule in RULES.items()
    }
    port = told("PORT", Whole(1, 65535), 8000)
    base_url = told("BASE_URL", Url(frozenset({"http", "https"})), f"http://127.0.0.1:{port}").rstrip("/")
    database_url = told("DATABASE_URL", Url(DATABASES), DEFAULT_DATABASE)
    secret = told("SECRET_KEY", Rule(), "")
    if not secret:
        if base_url.startswith("https://"):
            raise OddSetting("SECRET_KEY", "is needed in production: a long random text, kept for ever")
        secret = _local_secret(ROOT / "instance" / "secret-key")
    elif len(secret) < 16:
        raise OddSetting("SECRET_KEY", "is shorter than 16 characters")
    if not environ.get("FOUR_EYES", "").strip() and not found["demo"]:
        found["four_eyes"] = FOUR_EYES_KINDS
    found |= _alliance(environ, found)
    return Settings(
        **found,
        base_url=base_url,
        database_url=_in_project(database_url),
        secret_key=secret,
        instance=Path(told("INSTANCE", Rule(), str(Settings.instance))),
    )


def _alliance(environ: Mapping[str, str], found: Mapping[str, Any]) -> dict[str, Any]:
    """Nobody is called by the name of the demonstration's alliance: an installation without it begins with none, to be
    given in its office. An English name goes with its Vietnamese one only; empty: the Vietnamese one everywhere."""
    nobody = {} if found["demo"] else NOBODY
    told = {name: nobody[name] for name in nobody if not environ.get(name.upper(), "").strip()}
    name = told.get("alliance_name", found["alliance_name"])
    english = {
        Settings.alliance_name: Settings.alliance_name_en,
        NOBODY["alliance_name"]: "Cooperative Alliance",
    }
    return told | {"alliance_name_en": environ.get("ALLIANCE_NAME_EN", english.get(name, "")).strip()}


def _in_project(database_url: str) -> str:
    """A relative SQLite path counts from the project's root, wherever the command was typed."""
    if database_url.startswith("postgresql://"):
        return "postgresql+psycopg://" + database_url.removeprefix("postgresql://")
    path = database_url.removeprefix("sqlite:///")
    if database_url.startswith("sqlite:///") and not path.startswith("/"):
        return f"sqlite:///{ROOT / path}"
    return database_url


def _local_secret(path: Path) -> str:
    """On a developer's machine the key is made once and kept beside the database."""
    import secrets

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def installation() -> Settings:
    """The settings of the running application without what the alliance has changed."""
    from flask import current_app

    found: Settings = current_app.extensions["settings"]
    return found


def current() -> Settings:
    """The settings of the running application as they hold today: the installation's, and over them what the alliance
    has changed in its office (see marketplace.alliance.overlay)."""
    from flask import current_app

    found = installation()
    changed = current_app.extensions.get("settings_today")
    return changed(found) if changed is not None else found
