"""One frozen settings object from the environment; a missing or odd value stops the start with its name."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Acts that two officers have to agree to, once there are two. In the demonstration, where one officer shows everything
# alone, those about the officers themselves; elsewhere all of them, until FOUR_EYES says which.
FOUR_EYES_KINDS = (
    "bank-account",
    "support-payment",
    "erasure",
    "closing",
    "desks",
    "desk-end",
    "second-step",
)
FOUR_EYES_ALONE = ("desks", "desk-end", "second-step")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FAIR_KINDS = {"fair", "exhibition", "week", "market_day", "conference", "online"}
DEFAULT_DATABASE = "sqlite:///instance/market.db"


class OddSetting(SystemExit):
    """A setting the program cannot start with; the message names it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that differs from one installation to another."""

    database_url: str = DEFAULT_DATABASE
    redis_url: str = ""
    storage_url: str = f"file://{ROOT / 'instance' / 'files'}"
    s3_endpoint_url: str = ""
    smtp_url: str = ""
    mail_from: str = "Chợ HTX <cho@htx.example>"
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = "https://api.stripe.com"
    # Cards: on with both Stripe secrets. The alliance collects only where this is switched on.
    cards_collected: bool = False
    card_least: int = 15_000
    card_most: int = 99_999_999
    card_minutes: int = 60
    site_name: str = "Chợ HTX"
    alliance_name: str = "Liên minh HTX tỉnh Hải Dương"
    site_name_en: str = ""
    alliance_name_en: str = "Hải Dương Cooperative Alliance"
    alliance_phone: str = "0220 0000 000"
    alliance_provinces: tuple[str, ...] = ("30", "31")
    workers: int = 0
    demo: bool = False
    testing: bool = False
    password_cost: int = 3
    # How long a sign-in lasts: unused, and at the longest; the alliance's officers see everybody's data.
    sign_in_idle_days: int = 30
    sign_in_longest_days: int = 180
    staff_sign_in_idle_hours: int = 12
    staff_sign_in_longest_days: int = 7
    instance: Path = ROOT / "instance"
    # Times that rules of the house set; law below high certainty is a setting, never a constant.
    order_answer_hours: int = 12
    counter_answer_hours: int = 12
    change_answer_hours: int = 24
    call_off_answer_hours: int = 24
    # Settlement sheets of contracts are drawn up by themselves on this day: 1 is Monday, 7 Sunday.
    settlement_weekday: int = 1
    complaint_hours: int = 24
    complaint_answer_hours: int = 24
    dispute_answer_hours: int = 48
    dispute_days: int = 7
    # Slips of acceptance: hours until a claim stands without an answer; days until silence takes it back.
    slip_dispute_answer_hours: int = 48
    slip_dispute_days: int = 7
    # A side that alone kept no more of a contract than so many per cent of what was due counts as refusing to keep it:
    # the closing sheet then proposes that its deposit is lost, or doubled (Civil Code 2015, article 328). The law names
    # no figure: 0 means that nothing at all was kept.
    deposit_refusal_percent: int = 0
    receipt_silence_hours: int = 48
    # Weighed goods: the usual tolerance; how long packed goods wait for the buyer's word; what silence means then.
    weighing_tolerance: int = 5
    weighing_answer_hours: int = 2
    weighing_silence: str = "agreed"
    cart_hold_minutes: int = 20
    standing_lead_days: int = 2
    offer_working_days: int = 3
    relocation_days: int = 14
    holidays: tuple[dt.date, ...] = ()
    # Officers: from which day on a second step is demanded of them (none: it is offered), and for how many minutes one
    # that was shown counts for weighty acts. Which acts two officers have to agree to, and for how many days one waits.
    second_factor_from: dt.date | None = None
    proof_minutes: int = 15
    four_eyes: tuple[str, ...] = FOUR_EYES_ALONE
    approval_days: int = 7
    # Personal data (Luật 91/2025, NĐ 356/2025): working days until receipt is confirmed, days until each is done.
    data_confirm_days: int = 2
    data_see_days: int = 10
    data_correct_days: int = 10
    data_restrict_days: int = 15
    data_object_days: int = 15
    data_erase_days: int = 20
    data_longer_days: int = 15
    # Ours: how long somebody can come back after "delete my account", and how long a copy of the data lies ready.
    erase_grace_days: int = 14
    data_copy_days: int = 7
    # How long after a fair the names of its visitors are kept; that they came stays.
    visitor_days: int = 90
    # Words of buyers: asked for some days after receipt, written and amended until; no percentage of fewer than these.
    words_after_days: int = 3
    words_days: int = 60
    words_amend_days: int = 14
    # What is taken down: how long its owner can appeal.
    appeal_days: int = 14
    facts_least: int = 10
    certificate_warning_days: tuple[int, ...] = (60, 30, 7)
    # Fairs (NĐ 81/2018, art. 29-30): days before opening to file and to tell changes, at the earliest to file; working
    # days the Department has to answer; days after the end to report. Kinds that are filed at all, and days before a
    # term on which officers are warned.
    fair_filing_days: int = 30
    fair_filing_earliest_days: int = 365
    fair_answer_days: int = 7
    fair_change_days: int = 30
    fair_report_days: int = 30
    fair_filed_kinds: tuple[str, ...] = ("fair", "exhibition", "week")
    fair_warning_days: tuple[int, ...] = (1, 7, 14)
    # Days from the day a sum is due on which its buyer is reminded: before it (negative) and after.
    payment_reminder_days: tuple[int, ...] = (-3, 1, 7, 15)
    # Yearly reports of cooperatives (NĐ 107/2017): the last day in the year after, and the days from it on which those
    # that have not reported are reminded, before it (negative) and after.
    report_due_month: int = 1
    report_due_day: int = 15
    report_reminder_days: tuple[int, ...] = (-60, -30, -7, 1, 15, 45)
    # The price board: how far a price may lie from those of so many days before somebody is asked whether it is right;
    # of how many sellers and buyers a mean of deals is at least, how much of it at most is anybody's, and for how many
    # weeks deals wait for others; from how many kilograms on an organisation's purchase is trade.
    price_odd_percent: int = 50
    price_odd_days: int = 30
    price_deal_least: int = 3
    price_deal_share: int = 60
    price_deal_weeks: int = 4
    price_deal_kg: int = 50
    # Matching requests and cooperatives: the points of each part, and from how many km on nearness gives none; from how
    # many points on somebody is told, how many cooperatives of one request at most, and how many quotes are enough.
    match_volume: int = 50
    match_grade: int = 10
    match_papers: int = 25
    match_distance: int = 15
    match_far_km: int = 300
    match_least: int = 50
    match_told: int = 10
    match_enough: int = 3
    # Deals that began at a fair: a contract signed so many months after its last day at the latest counts for it.
    deal_months: int = 12
    # Minutes in which an officer can take a decision for many back.
    bulk_undo_minutes: int = 15
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


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    Raises OddSetting (a SystemExit) naming the first variable that is missing or odd.
    """
    read = _Reader(environ)
    base_url = read.url("BASE_URL", Settings.base_url, {"http", "https"}).rstrip("/")
    database_url = read.url("DATABASE_URL", DEFAULT_DATABASE, {"sqlite", "postgresql", "postgresql+psycopg"})
    secret = read.text("SECRET_KEY", "")
    if not secret:
        if base_url.startswith("https://"):
            raise OddSetting("SECRET_KEY", "is needed in production: a long random text, kept for ever")
        secret = _local_secret(ROOT / "instance" / "secret-key")
    elif len(secret) < 16:
        raise OddSetting("SECRET_KEY", "is shorter than 16 characters")
    return Settings(
        database_url=_in_project(database_url),
        instance=Path(read.text("INSTANCE", str(Settings.instance))),
        redis_url=read.url("REDIS_URL", "", {"redis", "rediss"}),
        storage_url=read.url("STORAGE_URL", Settings.storage_url, {"file", "s3"}),
        s3_endpoint_url=read.url("S3_ENDPOINT_URL", "", {"http", "https"}),
        smtp_url=read.url("SMTP_URL", "", {"smtp", "smtps"}),
        mail_from=read.text("MAIL_FROM", Settings.mail_from),
        secret_key=secret,
        base_url=base_url,
        trusted_hosts=tuple(read.text("TRUSTED_HOSTS", "").replace(",", " ").split()),
        trusted_proxies=read.whole("TRUSTED_PROXIES", 0, 0, 5),
        stripe_secret_key=read.text("STRIPE_SECRET_KEY", ""),
        stripe_webhook_secret=read.text("STRIPE_WEBHOOK_SECRET", ""),
        stripe_api_base=read.secure("STRIPE_API_BASE", Settings.stripe_api_base),
        cards_collected=read.flag("CARDS_COLLECTED_BY_ALLIANCE"),
        card_least=read.whole("CARD_LEAST", 15_000, 1, 99_999_999),
        card_most=read.whole("CARD_MOST", 99_999_999, 1, 99_999_999),
        card_minutes=read.whole("CARD_MINUTES", 60, 31, 1430),
        site_name=read.text("SITE_NAME", Settings.site_name),
        alliance_name=read.text("ALLIANCE_NAME", Settings.alliance_name),
        site_name_en=read.text("SITE_NAME_EN", ""),
        alliance_name_en=_alliance_in_english(read),
        alliance_phone=read.text("ALLIANCE_PHONE", Settings.alliance_phone),
        alliance_provinces=tuple(read.text("ALLIANCE_PROVINCES", "30 31").replace(",", " ").split()),
        workers=read.whole("WORKERS", 0, 0, 64),
        demo=read.flag("DEMO"),
        password_cost=read.whole("PASSWORD_COST", 3, 1, 10),
        sign_in_idle_days=read.whole("SIGN_IN_IDLE_DAYS", 30, 1, 365),
        sign_in_longest_days=read.whole("SIGN_IN_LONGEST_DAYS", 180, 1, 730),
        staff_sign_in_idle_hours=read.whole("STAFF_SIGN_IN_IDLE_HOURS", 12, 1, 720),
        staff_sign_in_longest_days=read.whole("STAFF_SIGN_IN_LONGEST_DAYS", 7, 1, 365),
        order_answer_hours=read.whole("ORDER_ANSWER_HOURS", 12, 1, 240),
        counter_answer_hours=read.whole("COUNTER_ANSWER_HOURS", 12, 1, 240),
        change_answer_hours=read.whole("CHANGE_ANSWER_HOURS", 24, 1, 240),
        call_off_answer_hours=read.whole("CALL_OFF_ANSWER_HOURS", 24, 1, 240),
        settlement_weekday=read.whole("SETTLEMENT_WEEKDAY", 1, 1, 7),
        complaint_hours=read.whole("COMPLAINT_HOURS", 24, 1, 720),
        complaint_answer_hours=read.whole("COMPLAINT_ANSWER_HOURS", 24, 1, 240),
        dispute_answer_hours=read.whole("DISPUTE_ANSWER_HOURS", 48, 1, 240),
        dispute_days=read.whole("DISPUTE_DAYS", 7, 1, 60),
        slip_dispute_answer_hours=read.whole("SLIP_DISPUTE_ANSWER_HOURS", 48, 1, 240),
        slip_dispute_days=read.whole("SLIP_DISPUTE_DAYS", 7, 1, 60),
        deposit_refusal_percent=read.whole("DEPOSIT_REFUSAL_PERCENT", 0, 0, 100),
        weighing_tolerance=read.whole("WEIGHING_TOLERANCE", 5, 1, 30),
        weighing_answer_hours=read.whole("WEIGHING_ANSWER_HOURS", 2, 1, 48),
        weighing_silence=read.choice("WEIGHING_SILENCE", "agreed", {"agreed", "refused"}),
        receipt_silence_hours=read.whole("RECEIPT_SILENCE_HOURS", 48, 1, 720),
        second_factor_from=read.day("SECOND_FACTOR_FROM"),
        proof_minutes=read.whole("PROOF_MINUTES", 15, 1, 720),
        four_eyes=read.several(
            "FOUR_EYES", FOUR_EYES_ALONE if read.flag("DEMO") else FOUR_EYES_KINDS, set(FOUR_EYES_KINDS)
        ),
        approval_days=read.whole("APPROVAL_DAYS", 7, 1, 60),
        data_confirm_days=read.whole("DATA_CONFIRM_DAYS", 2, 1, 30),
        data_see_days=read.whole("DATA_SEE_DAYS", 10, 1, 90),
        data_correct_days=read.whole("DATA_CORRECT_DAYS", 10, 1, 90),
        data_restrict_days=read.whole("DATA_RESTRICT_DAYS", 15, 1, 90),
        data_object_days=read.whole("DATA_OBJECT_DAYS", 15, 1, 90),
        data_erase_days=read.whole("DATA_ERASE_DAYS", 20, 1, 90),
        data_longer_days=read.whole("DATA_LONGER_DAYS", 15, 1, 90),
        erase_grace_days=read.whole("ERASE_GRACE_DAYS", 14, 1, 20),
        data_copy_days=read.whole("DATA_COPY_DAYS", 7, 1, 60),
        visitor_days=read.whole("VISITOR_DAYS", 90, 1, 3650),
        words_after_days=read.whole("WORDS_AFTER_DAYS", 3, 0, 30),
        words_days=read.whole("WORDS_DAYS", 60, 7, 365),
        words_amend_days=read.whole("WORDS_AMEND_DAYS", 14, 0, 60),
        appeal_days=read.whole("APPEAL_DAYS", 14, 3, 90),
        facts_least=read.whole("FACTS_LEAST", 10, 2, 100),
        cart_hold_minutes=read.whole("CART_HOLD_MINUTES", 20, 1, 240),
        standing_lead_days=read.whole("STANDING_LEAD_DAYS", 2, 1, 10),
        offer_working_days=read.whole("OFFER_WORKING_DAYS", 3, 1, 20),
        relocation_days=read.whole("RELOCATION_DAYS", 14, 0, 120),
        holidays=read.dates("HOLIDAYS"),
        fair_filing_days=read.whole("FAIR_FILING_DAYS", 30, 1, 180),
        fair_filing_earliest_days=read.whole("FAIR_FILING_EARLIEST_DAYS", 365, 30, 1100),
        fair_answer_days=read.whole("FAIR_ANSWER_DAYS", 7, 1, 60),
        fair_change_days=read.whole("FAIR_CHANGE_DAYS", 30, 1, 180),
        fair_report_days=read.whole("FAIR_REPORT_DAYS", 30, 1, 180),
        fair_filed_kinds=read.several("FAIR_FILED_KINDS", Settings.fair_filed_kinds, FAIR_KINDS),
        fair_warning_days=read.days("FAIR_WARNING_DAYS", Settings.fair_warning_days),
        payment_reminder_days=read.days("PAYMENT_REMINDER_DAYS", Settings.payment_reminder_days),
        report_due_month=read.whole("REPORT_DUE_MONTH", 1, 1, 12),
        report_due_day=read.whole("REPORT_DUE_DAY", 15, 1, 28),
        report_reminder_days=read.days("REPORT_REMINDER_DAYS", Settings.report_reminder_days),
        price_odd_percent=read.whole("PRICE_ODD_PERCENT", 50, 5, 500),
        price_odd_days=read.whole("PRICE_ODD_DAYS", 30, 1, 365),
        price_deal_least=read.whole("PRICE_DEAL_LEAST", 3, 3, 50),
        price_deal_share=read.whole("PRICE_DEAL_SHARE", 60, 10, 60),
        price_deal_weeks=read.whole("PRICE_DEAL_WEEKS", 4, 1, 12),
        price_deal_kg=read.whole("PRICE_DEAL_KG", 50, 1, 100_000),
        match_volume=read.whole("MATCH_VOLUME", 50, 1, 100),
        match_grade=read.whole("MATCH_GRADE", 10, 0, 100),
        match_papers=read.whole("MATCH_PAPERS", 25, 0, 100),
        match_distance=read.whole("MATCH_DISTANCE", 15, 0, 100),
        match_far_km=read.whole("MATCH_FAR_KM", 300, 1, 3000),
        match_least=read.whole("MATCH_LEAST", 50, 1, 100),
        match_told=read.whole("MATCH_TOLD", 10, 1, 60),
        match_enough=read.whole("MATCH_ENOUGH", 3, 1, 20),
        deal_months=read.whole("DEAL_MONTHS", 12, 1, 60),
        bulk_undo_minutes=read.whole("BULK_UNDO_MINUTES", 15, 1, 240),
    )


def _alliance_in_english(read: _Reader) -> str:
    """The demonstration's English name goes with its Vietnamese one only; empty: the Vietnamese one everywhere."""
    of_the_demonstration = read.text("ALLIANCE_NAME", Settings.alliance_name) == Settings.alliance_name
    default = Settings.alliance_name_en if of_the_demonstration else ""
    return read.environ.get("ALLIANCE_NAME_EN", default).strip()


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        value = self.text(name, "0")
        if value not in {"0", "1"}:
            raise OddSetting(name, f"is {value!r}; write 1 or 0")
        return value == "1"

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise OddSetting(name, f"is {value!r}; write a whole number from {low} to {high}")
        return int(value)

    def choice(self, name: str, default: str, known: set[str]) -> str:
        value = self.text(name, default)
        if value not in known:
            raise OddSetting(name, f"is {value!r}; write {' or '.join(sorted(known))}")
        return value

    def several(self, name: str, default: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
        """Words out of a few; `none` for not one of them."""
        words = tuple(self.text(name, " ".join(default)).replace(",", " ").split())
        if words == ("none",):
            return ()
        if not set(words) <= known:
            raise OddSetting(name, f"names something else than {', '.join(sorted(known))}")
        return words

    def days(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        parts = self.text(name, " ".join(map(str, default))).replace(",", " ").split()
        if not all(re.fullmatch(r"-?[0-9]{1,3}", part) for part in parts):
            raise OddSetting(name, "write days as whole numbers, for example -3 1 7 15")
        return tuple(sorted({int(part) for part in parts}))

    def dates(self, name: str) -> tuple[dt.date, ...]:
        try:
            parts = self.text(name, "").replace(",", " ").split()
            return tuple(sorted({dt.date.fromisoformat(part) for part in parts}))
        except ValueError:
            raise OddSetting(name, "write days as 2026-09-01, with spaces between them") from None

    def day(self, name: str) -> dt.date | None:
        days = self.dates(name)
        if len(days) > 1:
            raise OddSetting(name, "is one day, for example 2026-09-01")
        return days[0] if days else None

    def url(self, name: str, default: str, schemes: set[str]) -> str:
        value = self.text(name, default)
        if value and urlsplit(value).scheme not in schemes:
            raise OddSetting(name, f"is {value!r}; it must begin with {' or '.join(sorted(schemes))}://")
        return value

    def secure(self, name: str, default: str) -> str:
        """An address that secrets are sent to: encrypted, or on this machine."""
        value = self.url(name, default, {"http", "https"}).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise OddSetting(name, f"is {value!r}; it must begin with https://, or be on this machine")
        return value


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


def current() -> Settings:
    """The settings of the running application."""
    from flask import current_app

    found: Settings = current_app.extensions["settings"]
    return found
