"""Verbs of value chains."""

from marketplace.linkage.services.agreed_price import agree_price, compute_price
from marketplace.linkage.services.contract import (
    begin_annex,
    copy_contract,
    draft_contract,
    drop,
    fill_in,
    offer,
    penalty_cap,
    reopen,
)
from marketplace.linkage.services.keeping import close, hold, resume, terminate
from marketplace.linkage.services.law import add_figure
from marketplace.linkage.services.signing import (
    bring_scan,
    confirm_scan,
    end_signatory,
    name_signatory,
    refuse_scan,
    send_code,
    sign,
    witness,
)

__all__ = [
    "add_figure",
    "agree_price",
    "begin_annex",
    "bring_scan",
    "close",
    "compute_price",
    "confirm_scan",
    "copy_contract",
    "draft_contract",
    "drop",
    "end_signatory",
    "fill_in",
    "hold",
    "name_signatory",
    "offer",
    "penalty_cap",
    "refuse_scan",
    "reopen",
    "resume",
    "send_code",
    "sign",
    "terminate",
    "witness",
]
