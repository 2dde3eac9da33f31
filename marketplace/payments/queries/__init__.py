"""Reading charges and money; `queries.bank_lines` reads statements and what is in them."""

from marketplace.payments.queries.charge import (
    OPEN,
    Axis,
    Week,
    charge_by_id,
    charge_by_ref,
    charge_for,
    charges_of,
    coming,
    is_settled,
    open_in_cash,
    own_charge,
    payment_axis,
    postings_of,
    statement,
    takes_transfers,
    this_week,
)

__all__ = [
    "OPEN",
    "Axis",
    "Week",
    "charge_by_id",
    "charge_by_ref",
    "charge_for",
    "charges_of",
    "coming",
    "is_settled",
    "open_in_cash",
    "own_charge",
    "payment_axis",
    "postings_of",
    "statement",
    "takes_transfers",
    "this_week",
]
