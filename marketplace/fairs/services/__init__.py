"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.allocation import (choose_run, fail, finish, lay_aside, move_by_hand, progress, queue_run, set_rules, start, stop, )
from marketplace.fairs.services.application import (Wished, begin, set_goods, set_needs, set_place, )
from marketplace.fairs.services.day_sheet import (GoodsSold, write_day, )
from marketplace.fairs.services.deal import (drop_deal, move_deal, sign_deal, )
from marketplace.fairs.services.decision import (prepare_from_run, )
from marketplace.fairs.services.fair import (FairFacts, Filing, ON_COPY, Place, announce_fair, archive_fair, cancel_fair, change_fair, copy_fair, draft_fair, move_fair, note_filing, note_phase, publish_fair, remove_poster, reopen_fair, report_fair, set_budget, set_poster, )
from marketplace.fairs.services.fair_pass import (add_organiser_pass, add_staff_pass, forget_visitors, plan_arrival, register_visitor, replace_pass, revoke_pass, revoke_passes_of, )
from marketplace.fairs.services.gate import (Received, ToldClick, ToldScan, close_gate, make_gate, receive, settle_conflict, take_gate, )
from marketplace.fairs.services.lead import (forget_lead, take_lead, )
from marketplace.fairs.services.plan import (Changes, change_hall, change_zone, copy_plan, draw_booths, make_hall, make_zone, remove_hall, remove_zone, set_things, spot_of, )
from marketplace.fairs.services.report import (file_report, set_layout, )
from marketplace.fairs.services.result import (add_evidence, ask_follow_up, begin_result, declare_follow_up, keep_result, lock_result, return_result, submit_result, verify_follow_up, verify_result, )
from marketplace.fairs.services.stand import (confirm, decline, expire, move, offer, release, )
from marketplace.fairs.services.swap import (agree, ask_swap, decline_swap, end_swaps, take_back_swap, )
from marketplace.fairs.services.waiting import (ask_for_better, expire_better, keep_own, leave, leave_relocation, put_on_list, serve, take_better, )

__all__ = ["Changes", "FairFacts", "Filing", "GoodsSold", "ON_COPY", "Place", "Received", "ToldClick", "ToldScan", "Wished", "add_evidence", "add_organiser_pass", "add_staff_pass", "agree", "announce_fair", "archive_fair", "ask_follow_up", "ask_for_better", "ask_swap", "begin", "begin_result", "cancel_fair", "change_fair", "change_hall", "change_zone", "choose_run", "close_gate", "confirm", "copy_fair", "copy_plan", "declare_follow_up", "decline", "decline_swap", "draft_fair", "draw_booths", "drop_deal", "end_swaps", "expire", "expire_better", "fail", "file_report", "finish", "forget_lead", "forget_visitors", "keep_own", "keep_result", "lay_aside", "leave", "leave_relocation", "lock_result", "make_gate", "make_hall", "make_zone", "move", "move_by_hand", "move_deal", "move_fair", "note_filing", "note_phase", "offer", "plan_arrival", "prepare_from_run", "progress", "publish_fair", "put_on_list", "queue_run", "receive", "register_visitor", "release", "remove_hall", "remove_poster", "remove_zone", "reopen_fair", "replace_pass", "report_fair", "return_result", "revoke_pass", "revoke_passes_of", "serve", "set_budget", "set_goods", "set_layout", "set_needs", "set_place", "set_poster", "set_rules", "set_things", "settle_conflict", "sign_deal", "spot_of", "start", "stop", "submit_result", "take_back_swap", "take_better", "take_gate", "take_lead", "verify_follow_up", "verify_result", "write_day"]
