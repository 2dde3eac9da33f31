"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.fair import (FairFacts, Filing, ON_COPY, Place, announce_fair, archive_fair, cancel_fair, change_fair, copy_fair, draft_fair, move_fair, note_filing, note_phase, publish_fair, remove_poster, reopen_fair, report_fair, set_budget, set_poster, )
from marketplace.fairs.services.stand import (confirm, decline, expire, move, offer, release, )
from marketplace.fairs.services.swap import (agree, ask_swap, decline_swap, end_swaps, take_back_swap, )
from marketplace.fairs.services.waiting import (ask_for_better, expire_better, keep_own, leave, leave_relocation, put_on_list, serve, take_better, )

__all__ = ["FairFacts", "Filing", "ON_COPY", "Place", "agree", "announce_fair", "archive_fair", "ask_for_better", "ask_swap", "cancel_fair", "change_fair", "confirm", "copy_fair", "decline", "decline_swap", "draft_fair", "end_swaps", "expire", "expire_better", "keep_own", "leave", "leave_relocation", "move", "move_fair", "note_filing", "note_phase", "offer", "publish_fair", "put_on_list", "release", "remove_poster", "reopen_fair", "report_fair", "serve", "set_budget", "set_poster", "take_back_swap", "take_better"]
