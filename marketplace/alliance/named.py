"""The settings that an alliance changes in its office: what they are called, in which group they stand, and where a
rule of law sets them.

Type, range and default stand in marketplace.config; all that is not here (secrets, addresses, what guards sign-ins)
belongs to whoever runs the installation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from marketplace.foundation.words import _l


class Group(StrEnum):
    NAMES = "names"
    ORDERS = "orders"
    DISPUTES = "disputes"
    WEIGHING = "weighing"
    CARDS = "cards"
    FAIRS = "fairs"
    REPORTS = "reports"
    DATA = "data"
    WORDS = "words"
    PRICES = "prices"
    MATCHING = "matching"


GROUPS: dict[Group, Any] = {
    Group.NAMES: _l("Name and territory"),
    Group.ORDERS: _l("Orders and deliveries"),
    Group.DISPUTES: _l("Complaints, disputes and contracts"),
    Group.WEIGHING: _l("Weighed goods"),
    Group.CARDS: _l("Cards"),
    Group.FAIRS: _l("Fairs"),
    Group.REPORTS: _l("Reports and reminders"),
    Group.DATA: _l("Personal data"),
    Group.WORDS: _l("Words of buyers"),
    Group.PRICES: _l("Price board"),
    Group.MATCHING: _l("Matching requests and cooperatives"),
}


@dataclass(frozen=True)
class Named:
    """`unit` stands after a number; `labels` name the values of a choice; `law` is where a rule of law sets it;
    `weighs` says that money hangs on it though it is no sum."""

    group: Group
    label: Any
    help: Any = ""
    unit: Any = ""
    law: str = ""
    labels: dict[str, Any] = field(default_factory=dict)
    may_be_empty: bool = False
    weighs: bool = False

    @property
    def is_money(self) -> bool:
        """It says how much money: two administrators agree to it."""
        return self.weighs or self.unit == DONG


HOURS, DAYS, WORKING = _l("hours"), _l("days"), _l("working days")
MINUTES, PER_CENT, DONG, POINTS = _l("minutes"), "%", "đ", _l("points")
WEEKDAYS = {
    "1": _l("Monday"),
    "2": _l("Tuesday"),
    "3": _l("Wednesday"),
    "4": _l("Thursday"),
    "5": _l("Friday"),
    "6": _l("Saturday"),
    "7": _l("Sunday"),
}
FAIR_KINDS = {
    "fair": _l("Trade fair"),
    "exhibition": _l("Exhibition"),
    "week": _l("Week of goods"),
    "market_day": _l("Market day"),
    "conference": _l("Supply and demand conference"),
    "online": _l("Online fair"),
}
FAIR_LAW = "Nghị định 81/2018/NĐ-CP, điều 29–30"
DATA_LAW = "Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP"
REPORT_LAW = "Nghị định 107/2017/NĐ-CP"
LAYOUT_LAW = "Nghị định 30/2020/NĐ-CP"
REPORT_KINDS = {"month": _l("Monthly report"), "quarter": _l("Quarterly report"), "year": _l("Yearly report")}
DESKS = {
    "trade": _l("Trade promotion"),
    "registry": _l("Registry"),
    "finance": _l("Finance"),
    "training": _l("Training and courses"),
    "leadership": _l("Leadership"),
    "administrator": _l("Administrator"),
}
BEFORE = _l("Days from the day itself, with a minus for days before it; spaces between them.")

NAMED: dict[str, Named] = {
    "alliance_name": Named(
        Group.NAMES,
        _l("Name of the alliance"),
        _l("Stands in the head and foot of pages, in letters and on papers."),
    ),
    "alliance_name_en": Named(
        Group.NAMES,
        _l("Name of the alliance in English"),
        _l("For English pages and letters. Empty: the Vietnamese name."),
        may_be_empty=True,
    ),
    "site_name": Named(Group.NAMES, _l("Name of the market"), _l("The large name at the top of every page.")),
    "site_name_en": Named(
        Group.NAMES,
        _l("Name of the market in English"),
        _l("For English pages and letters. Empty: the Vietnamese name."),
        may_be_empty=True,
    ),
    "alliance_phone": Named(
        Group.NAMES, _l("Phone of the alliance"), _l("People who need help call this number.")
    ),
    "alliance_place": Named(
        Group.NAMES,
        _l("Place on papers"),
        _l("Stands before the date of a report, as in “Hà Nội, ngày 5 tháng 12”."),
        may_be_empty=True,
    ),
    "alliance_provinces": Named(
        Group.NAMES,
        _l("Provinces of the alliance"),
        _l(
            "As they were before 01/07/2025 and as they are today: tick both. Of places with one name, those of the "
            "alliance come first; the map draws the one that was merged."
        ),
        law="Nghị quyết 202/2025/QH15",
        may_be_empty=True,
    ),
    "order_answer_hours": Named(
        Group.ORDERS,
        _l("A cooperative answers an order within"),
        _l("Silence after that ends the order and sets the goods free."),
        HOURS,
    ),
    "counter_answer_hours": Named(Group.ORDERS, _l("A buyer answers a counter-offer within"), unit=HOURS),
    "change_answer_hours": Named(Group.ORDERS, _l("A change of an order is answered within"), unit=HOURS),
    "call_off_answer_hours": Named(
        Group.ORDERS, _l("A call-off of a contract is answered within"), unit=HOURS
    ),
    "receipt_silence_hours": Named(
        Group.ORDERS,
        _l("Goods count as received after"),
        _l("When the buyer says nothing after the delivery."),
        HOURS,
    ),
    "cart_hold_minutes": Named(Group.ORDERS, _l("Goods in checkout are kept for"), unit=MINUTES),
    "standing_lead_days": Named(Group.ORDERS, _l("Standing orders are placed ahead by"), unit=DAYS),
    "complaint_hours": Named(Group.DISPUTES, _l("A complaint may be made after receipt for"), unit=HOURS),
    "complaint_answer_hours": Named(Group.DISPUTES, _l("A complaint is answered within"), unit=HOURS),
    "dispute_answer_hours": Named(
        Group.DISPUTES, _l("The other side of a dispute answers within"), unit=HOURS
    ),
    "dispute_days": Named(Group.DISPUTES, _l("The alliance decides a dispute within"), unit=DAYS),
    "slip_dispute_answer_hours": Named(
        Group.DISPUTES,
        _l("A claim about a slip of acceptance stands when unanswered after"),
        unit=HOURS,
    ),
    "slip_dispute_days": Named(
        Group.DISPUTES, _l("A claim about a slip counts as taken back after silence of"), unit=DAYS
    ),
    "deposit_refusal_percent": Named(
        Group.DISPUTES,
        _l("Keeping no more than this of a contract counts as refusing it"),
        _l("The closing sheet then proposes what becomes of the deposit. 0: nothing at all was kept."),
        PER_CENT,
        "Bộ luật Dân sự 2015, điều 328 (không nêu tỷ lệ)",
        weighs=True,
    ),
    "settlement_weekday": Named(Group.DISPUTES, _l("Settlement sheets are drawn up on"), labels=WEEKDAYS),
    "weighing_tolerance": Named(Group.WEIGHING, _l("Usual tolerance of a weight"), unit=PER_CENT),
    "weighing_answer_hours": Named(
        Group.WEIGHING, _l("Packed goods wait for the buyer's word for"), unit=HOURS
    ),
    "weighing_silence": Named(
        Group.WEIGHING,
        _l("What silence means then"),
        labels={"agreed": _l("The buyer agrees"), "refused": _l("The buyer refuses")},
    ),
    "card_least": Named(Group.CARDS, _l("Smallest sum paid by card"), unit=DONG),
    "card_most": Named(Group.CARDS, _l("Largest sum paid by card"), unit=DONG),
    "card_minutes": Named(Group.CARDS, _l("A card payment stays open for"), unit=MINUTES),
    "offer_working_days": Named(Group.FAIRS, _l("An offered stand is kept for"), unit=WORKING),
    "relocation_days": Named(
        Group.FAIRS, _l("Stands are no longer moved when the opening is nearer than"), unit=DAYS
    ),
    "fair_filing_days": Named(
        Group.FAIRS, _l("A fair is filed before its opening by"), unit=DAYS, law=FAIR_LAW
    ),
    "fair_filing_earliest_days": Named(
        Group.FAIRS, _l("A fair is filed before its opening at the earliest by"), unit=DAYS, law=FAIR_LAW
    ),
    "fair_answer_days": Named(
        Group.FAIRS, _l("The Department of Industry and Trade answers within"), unit=WORKING, law=FAIR_LAW
    ),
    "fair_change_days": Named(
        Group.FAIRS, _l("A change of a fair is told before its opening by"), unit=DAYS, law=FAIR_LAW
    ),
    "fair_report_days": Named(
        Group.FAIRS, _l("A fair is reported after its end within"), unit=DAYS, law=FAIR_LAW
    ),
    "fair_filed_kinds": Named(
        Group.FAIRS, _l("Kinds of fairs that are filed"), law=FAIR_LAW, labels=FAIR_KINDS
    ),
    "fair_warning_days": Named(
        Group.FAIRS, _l("Officers are warned of a fair's terms before them by"), unit=DAYS
    ),
    "visitor_days": Named(
        Group.FAIRS,
        _l("Names of visitors are kept after a fair for"),
        _l("That they came stays, without the name."),
        DAYS,
        DATA_LAW,
    ),
    "deal_months": Named(
        Group.FAIRS,
        _l("A contract counts for a fair when signed after its end within"),
        unit=_l("months"),
    ),
    "report_due_month": Named(Group.REPORTS, _l("Yearly reports are due in the month"), law=REPORT_LAW),
    "report_due_day": Named(Group.REPORTS, _l("Yearly reports are due on the day"), law=REPORT_LAW),
    "report_reminder_days": Named(Group.REPORTS, _l("Yearly reports: days of reminders"), BEFORE),
    "report_superior": Named(
        Group.REPORTS,
        _l("Reports of the alliance: the body above it"),
        _l("Stands over the alliance's name, top left."),
        law=LAYOUT_LAW,
        may_be_empty=True,
    ),
    "report_symbol": Named(
        Group.REPORTS,
        _l("Reports of the alliance: sign behind the number"),
        _l("As in “Số: 12/BC-LMHTX”."),
        law=LAYOUT_LAW,
    ),
    "report_signer_title": Named(
        Group.REPORTS, _l("Reports of the alliance: title of who signs"), law=LAYOUT_LAW
    ),
    "report_signer": Named(
        Group.REPORTS,
        _l("Reports of the alliance: name of who signs"),
        law=LAYOUT_LAW,
        may_be_empty=True,
    ),
    "report_receivers": Named(
        Group.REPORTS,
        _l("Reports of the alliance: receivers"),
        _l("Bottom left under “Nơi nhận”, with semicolons between them."),
        law=LAYOUT_LAW,
    ),
    "report_draft_kinds": Named(
        Group.REPORTS, _l("Reports of the alliance drafted by themselves"), labels=REPORT_KINDS
    ),
    "report_draft_day": Named(
        Group.REPORTS,
        _l("Reports of the alliance: drafted on the day"),
        _l("Of the month after the period."),
    ),
    "report_draft_desks": Named(
        Group.REPORTS, _l("Reports of the alliance: desks told of a draft"), labels=DESKS
    ),
    "report_mail_to": Named(
        Group.REPORTS,
        _l("Reports of the alliance: mailed to"),
        _l("E-mail addresses that get the link once a report is issued."),
        may_be_empty=True,
    ),
    "payment_reminder_days": Named(Group.REPORTS, _l("Sums to pay: days of reminders"), BEFORE),
    "certificate_warning_days": Named(
        Group.REPORTS, _l("Certificates: reminded before their end by"), unit=DAYS
    ),
    "bulk_undo_minutes": Named(
        Group.DISPUTES, _l("A decision for many can be taken back within"), unit=_l("minutes")
    ),
    "delegation_longest_days": Named(
        Group.DISPUTES, _l("A cooperative lets officers decide for it for at most"), unit=DAYS
    ),
    "complaint_confirm_days": Named(
        Group.DISPUTES, _l("A complaint to the alliance is confirmed within"), unit=WORKING
    ),
    "complaint_days": Named(Group.DISPUTES, _l("A complaint to the alliance is answered within"), unit=DAYS),
    "complaint_silence_days": Named(
        Group.DISPUTES, _l("An answered complaint closes after silence of"), unit=DAYS
    ),
    "merge_undo_days": Named(
        Group.DATA,
        _l("Two records that became one can be made two again within"),
        unit=DAYS,
    ),
    "appeal_days": Named(Group.DISPUTES, _l("An owner may appeal a take-down within"), unit=DAYS),
    "data_confirm_days": Named(
        Group.DATA, _l("Receipt of a request is confirmed within"), unit=WORKING, law=DATA_LAW
    ),
    "data_see_days": Named(Group.DATA, _l("Data is shown within"), unit=DAYS, law=DATA_LAW),
    "data_correct_days": Named(Group.DATA, _l("Data is put right within"), unit=DAYS, law=DATA_LAW),
    "data_restrict_days": Named(Group.DATA, _l("Use of data is restricted within"), unit=DAYS, law=DATA_LAW),
    "data_object_days": Named(Group.DATA, _l("An objection is answered within"), unit=DAYS, law=DATA_LAW),
    "data_erase_days": Named(Group.DATA, _l("Data is deleted within"), unit=DAYS, law=DATA_LAW),
    "data_longer_days": Named(Group.DATA, _l("A term may be made longer by"), unit=DAYS, law=DATA_LAW),
    "erase_grace_days": Named(Group.DATA, _l("A deleted account can come back for"), unit=DAYS),
    "data_copy_days": Named(Group.DATA, _l("A copy of the data lies ready for"), unit=DAYS),
    "audit_words_years": Named(
        Group.DATA,
        _l("What people wrote stays in the trail for"),
        _l("Then the words go. What happened, when and by whom stays for ever."),
        unit=_l("years"),
        law="Luật Kế toán 88/2015/QH13, điều 41",
    ),
    "audit_export_days": Named(Group.DATA, _l("A file of the trail lies ready for"), unit=DAYS),
    "words_after_days": Named(Group.WORDS, _l("Buyers are asked for their words after"), unit=DAYS),
    "words_days": Named(Group.WORDS, _l("Words may be written for"), unit=DAYS),
    "words_amend_days": Named(Group.WORDS, _l("Words may be changed for"), unit=DAYS),
    "facts_least": Named(
        Group.WORDS,
        _l("No percentage is told of fewer than"),
        _l("Of few cases a percentage says nothing, and may tell who it was."),
        _l("cases"),
    ),
    "price_odd_percent": Named(
        Group.PRICES, _l("A price is asked about when it differs by more than"), unit=PER_CENT
    ),
    "price_odd_days": Named(Group.PRICES, _l("It is compared with the prices of the last"), unit=DAYS),
    "price_deal_least": Named(
        Group.PRICES,
        _l("A mean of deals has at least"),
        _l("So many sellers and so many buyers, so that nobody's price can be read off."),
        _l("of each"),
    ),
    "price_deal_share": Named(Group.PRICES, _l("Nobody has more of a mean than"), unit=PER_CENT),
    "price_deal_weeks": Named(Group.PRICES, _l("Deals wait for others for"), unit=_l("weeks")),
    "price_deal_kg": Named(Group.PRICES, _l("A purchase is trade from"), unit="kg"),
    "match_volume": Named(Group.MATCHING, _l("Points for the quantity"), unit=POINTS),
    "match_grade": Named(Group.MATCHING, _l("Points for the grade"), unit=POINTS),
    "match_papers": Named(Group.MATCHING, _l("Points for the papers"), unit=POINTS),
    "match_distance": Named(Group.MATCHING, _l("Points for being near"), unit=POINTS),
    "match_far_km": Named(Group.MATCHING, _l("Being near gives nothing from"), unit="km"),
    "match_least": Named(Group.MATCHING, _l("Somebody is told from"), unit=POINTS),
    "match_told": Named(Group.MATCHING, _l("Of one request are told at most"), unit=_l("cooperatives")),
    "match_enough": Named(Group.MATCHING, _l("A request has enough with"), unit=_l("quotes")),
}
