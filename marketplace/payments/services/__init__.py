"""Verbs of money. Nobody but the payee, a statement or a payment service confirms."""

from marketplace.payments.services.bank_lines import assign, book_of, count, dismiss, recognise, reopen
from marketplace.payments.services.charges import adjust, cancel, open_charge, report_paid
from marketplace.payments.services.clearing import hand_on, keep_fee, move_disputed
from marketplace.payments.services.credit import (
    agree_day,
    end_credit,
    goods_came,
    grant_credit,
    release_credit,
    use_credit,
)
from marketplace.payments.services.deposits import (
    ask_deposit,
    count_deposit,
    end_deposit,
    end_deposit_terms,
    fit_deposit,
    follow_deposit,
    set_deposit_terms,
)
from marketplace.payments.services.document import issue_statement
from marketplace.payments.services.money import (
    check_pay_back,
    confirm,
    draw_instead,
    fail_refund,
    pay_back,
    pay_refund,
    redraw_refunds,
    send_refund,
)
from marketplace.payments.services.way import change_way, check_untouched

__all__ = [
    "adjust",
    "agree_day",
    "ask_deposit",
    "assign",
    "book_of",
    "cancel",
    "change_way",
    "check_pay_back",
    "check_untouched",
    "confirm",
    "count",
    "count_deposit",
    "dismiss",
    "draw_instead",
    "end_credit",
    "end_deposit",
    "end_deposit_terms",
    "fail_refund",
    "fit_deposit",
    "follow_deposit",
    "goods_came",
    "grant_credit",
    "hand_on",
    "issue_statement",
    "keep_fee",
    "move_disputed",
    "open_charge",
    "pay_back",
    "pay_refund",
    "recognise",
    "redraw_refunds",
    "release_credit",
    "reopen",
    "report_paid",
    "send_refund",
    "set_deposit_terms",
    "use_credit",
]
