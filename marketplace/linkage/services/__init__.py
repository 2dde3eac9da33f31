"""Verbs of value chains."""

from marketplace.linkage.services import (
    call_off,
)
from marketplace.linkage.services.agreed_price import (
    agree_price,
    compute_price,
)
from marketplace.linkage.services.award_contract import (
    contract_from_award,
)
from marketplace.linkage.services.award_return import (
    give_back,
    take_back,
)
from marketplace.linkage.services.call_off_plan import (
    plan_call_offs,
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
from marketplace.linkage.services.need_hiding import hide_need, hide_question, show_need, show_question
from marketplace.linkage.services.need_match import (
    look_for_suppliers,
    note_buyer_told,
    note_sellers_told,
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
from marketplace.linkage.services.pool import (
    answer_with_pool,
    begin_pool_delivery,
    change_pool_terms,
    commit_to_pool,
    dissolve_pool,
    form_pool,
    invite_to_pool,
    lock_pool,
    note_pool_delivered,
    note_pool_lost,
    note_pool_reserved,
    note_pool_returned,
    note_pool_won,
    release_pool_member,
    settle_pool,
)
from marketplace.linkage.services.pool_allocation import (
    fail_allocation,
    finish_allocation,
    put_allocation_in_force,
    queue_allocation,
    start_allocation,
    tell_allocation,
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
from marketplace.linkage.services.quote_watch import (
    note_lapse_told,
    note_short_told,
)
from marketplace.linkage.services.reserve import (
    agree,
    decline,
    drop_asks,
    let_lapse,
    step_up,
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
    "agree",
    "agree_price",
    "answer_question",
    "answer_with_pool",
    "ask_about_need",
    "award",
    "begin_annex",
    "begin_pool_delivery",
    "bring_scan",
    "call_off",
    "cancel_need",
    "change_pool_terms",
    "choose_none",
    "choose_quotes",
    "close",
    "close_need",
    "commit_to_pool",
    "compute_price",
    "confirm_scan",
    "contract_from_award",
    "copy_contract",
    "copy_need",
    "counter_quote",
    "decline",
    "decline_counter",
    "dissolve_pool",
    "draft_contract",
    "draft_need",
    "drop",
    "drop_asks",
    "drop_question",
    "drop_watch",
    "end_signatory",
    "fail_allocation",
    "fill_in",
    "finish_allocation",
    "form_pool",
    "give_back",
    "hide_need",
    "hide_question",
    "hold",
    "invite",
    "invite_to_pool",
    "keep_question",
    "keep_watch",
    "let_lapse",
    "lock_pool",
    "look_for_suppliers",
    "name_signatory",
    "note_buyer_told",
    "note_lapse_told",
    "note_pool_delivered",
    "note_pool_lost",
    "note_pool_reserved",
    "note_pool_returned",
    "note_pool_won",
    "note_sellers_told",
    "note_short_told",
    "note_told",
    "numbers_of",
    "offer",
    "open_need",
    "pass_over_rest",
    "penalty_cap",
    "plan_call_offs",
    "put_allocation_in_force",
    "queue_allocation",
    "refuse_scan",
    "release_pool_member",
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
    "settle_pool",
    "shortlist",
    "show_need",
    "show_question",
    "sign",
    "start_allocation",
    "step_up",
    "submit_quote",
    "take_back",
    "tell_allocation",
    "terminate",
    "withdraw_need",
    "withdraw_quote",
    "witness",
    "write_form",
]
