"""Verbs of value chains."""

from marketplace.linkage.services.agreed_price import (
    agree_price,
    compute_price,
)
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
from marketplace.linkage.services.keeping import (
    close,
    hold,
    resume,
    terminate,
)
from marketplace.linkage.services.law import (
    add_figure,
)
from marketplace.linkage.services.need import (
    cancel_need,
    choose_none,
    close_need,
    copy_need,
    draft_need,
    open_need,
    withdraw_need,
)
from marketplace.linkage.services.need_award import (
    Part,
    Reserve,
    award,
)
from marketplace.linkage.services.need_form import (
    drop_question,
    keep_question,
    write_form,
)
from marketplace.linkage.services.need_question import (
    answer_question,
    ask_about_need,
)
from marketplace.linkage.services.need_section import (
    invite,
    set_amounts,
    set_deadlines,
    set_delivery,
    set_goods,
    set_more,
    set_papers,
    set_terms,
)
from marketplace.linkage.services.need_watch import (
    drop_watch,
    keep_watch,
    note_told,
)
from marketplace.linkage.services.quote import (
    MOST_COUNTERS,
    Numbers,
    accept_counter,
    counter_quote,
    decline_counter,
    numbers_of,
    revise_quote,
    set_back,
    shortlist,
    submit_quote,
    withdraw_quote,
)
from marketplace.linkage.services.quote_award import (
    choose_quotes,
    pass_over_rest,
)
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
    "MOST_COUNTERS",
    "Numbers",
    "Part",
    "Reserve",
    "accept_counter",
    "add_figure",
    "agree_price",
    "answer_question",
    "ask_about_need",
    "award",
    "begin_annex",
    "bring_scan",
    "cancel_need",
    "choose_none",
    "choose_quotes",
    "close",
    "close_need",
    "compute_price",
    "confirm_scan",
    "copy_contract",
    "copy_need",
    "counter_quote",
    "decline_counter",
    "draft_contract",
    "draft_need",
    "drop",
    "drop_question",
    "drop_watch",
    "end_signatory",
    "fill_in",
    "hold",
    "invite",
    "keep_question",
    "keep_watch",
    "name_signatory",
    "note_told",
    "numbers_of",
    "offer",
    "open_need",
    "pass_over_rest",
    "penalty_cap",
    "refuse_scan",
    "reopen",
    "resume",
    "revise_quote",
    "send_code",
    "set_amounts",
    "set_back",
    "set_deadlines",
    "set_delivery",
    "set_goods",
    "set_more",
    "set_papers",
    "set_terms",
    "shortlist",
    "sign",
    "submit_quote",
    "terminate",
    "withdraw_need",
    "withdraw_quote",
    "witness",
    "write_form",
]
