"""How pages say states, kinds and sections of value chains."""

from __future__ import annotations

from flask import Flask

from marketplace.catalogue import grading
from marketplace.linkage import arriving, calling, need_words, pool_holding, quote_holding, shown
from marketplace.linkage.ladder import RUNG_LABELS
from marketplace.linkage.states import (
    DONE_LABELS,
    DONE_TONES,
    FIELD_LABELS,
    NEED_LABELS,
    NEED_TONES,
    POOL_LABELS,
    POOL_MEMBER_LABELS,
    POOL_MEMBER_TONES,
    POOL_TONES,
    RULE_LABELS,
    RULE_WORDS,
    SECTION_LABELS,
    SHARE_RUN_LABELS,
    SHARE_RUN_TONES,
)
from marketplace.linkage.states.call_off import CALL_OFF_LABELS, CALL_OFF_TONES, CAUSE_LABELS
from marketplace.linkage.states.contract import (
    CONTRACT_LABELS,
    CONTRACT_TONES,
    SIDE_LABELS,
    VERSION_LABELS,
    VERSION_TONES,
    WAY_LABELS,
)
from marketplace.selection.states import ENTERED_LABELS
from marketplace.supply.holders import HOLDERS


def install(app: Flask) -> None:
    assert {pool_holding.HOLDER, quote_holding.HOLDER} <= HOLDERS.keys(), "claims have a name"
    app.jinja_env.filters.update(
        need_label=NEED_LABELS.get,
        need_tone=lambda state: NEED_TONES.get(state, ""),
        need_section=SECTION_LABELS.get,
        need_done=DONE_LABELS.get,
        need_done_tone=lambda done: DONE_TONES.get(done, ""),
        need_when=need_words.when,
        need_hours=lambda need: need_words.hours(need.arrives_from, need.arrives_until),
        need_area=arriving.area_told,
        field_kind=FIELD_LABELS.get,
        grade_told=grading.name_in,
        pool_state=POOL_LABELS.get,
        pool_tone=lambda state: POOL_TONES.get(state, ""),
        pool_member_state=POOL_MEMBER_LABELS.get,
        pool_member_tone=lambda state: POOL_MEMBER_TONES.get(state, ""),
        pool_rule=RULE_LABELS.get,
        pool_rule_words=RULE_WORDS.get,
        share_run_state=SHARE_RUN_LABELS.get,
        share_run_tone=lambda state: SHARE_RUN_TONES.get(state, ""),
        entered_label=ENTERED_LABELS.get,
        contract_state=CONTRACT_LABELS.get,
        contract_tone=CONTRACT_TONES.get,
        version_state=VERSION_LABELS.get,
        version_tone=VERSION_TONES.get,
        call_off_state=CALL_OFF_LABELS.get,
        call_off_tone=CALL_OFF_TONES.get,
        call_off_cause=CAUSE_LABELS.get,
        call_off_slot=calling.slot_told,
        call_off_effect=calling.effect_told,
        contract_side=SIDE_LABELS.get,
        signing_way=WAY_LABELS.get,
        ladder_rung=RUNG_LABELS.get,
        term_value=shown.term_value,
        term_row=shown.row_words,
        week_told=shown.week_told,
        both=shown.both,
        both_values=shown.both_values,
    )
