"""What becomes of each row when the record it belongs to turns out to be another one's duplicate.

Every column that points at a cooperative or at its organisation has its rule here, by the name of its table, whatever
the floor of that (`tests/architecture` fails for one without). The registry of a record moves. What was traded stays
in the book in which it was written (its numbers run without a gap, its papers are frozen, its money stands in a
ledger) and is read with the survivor; of a record that never traded all goes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.foundation.db import Model
from marketplace.foundation.words import _l


class Rule(StrEnum):
    """`MOVES`: to the survivor, unless that has the same already. `BOOK`: stays, and keeps the rest of the trade where
    it is. `TRADE`: moves with a record that has no book. `STAYS`: belongs to the record itself, or is drawn from
    others. `OWN`: a step of its own in services.duplicate."""

    MOVES = "moves"
    TRADE = "trade"
    BOOK = "book"
    STAYS = "stays"
    OWN = "own"


def _rules(rule: Rule, *columns: str) -> dict[str, Rule]:
    return dict.fromkeys(columns, rule)


RULES: dict[str, Rule] = {
    **_rules(
        Rule.MOVES,
        "cooperative_photos.cooperative_id", "dossier_papers.cooperative_id", "registry_rows.cooperative_id",
        "dues.cooperative_id", "loans.cooperative_id", "recognitions.cooperative_id", "partner_helps.cooperative_id",
        "phone_calls.cooperative_id", "article_cooperatives.cooperative_id", "advice.cooperative_id",
        "campaign_cooperatives.cooperative_id",
        "annual_reports.cooperative_id", "classifications.cooperative_id",
        "cooperatives.duplicate_of_id", "kept_apart.one_id", "kept_apart.other_id", "invitations.organisation_id",
    ),
    **_rules(
        Rule.TRADE,
        "certificates.cooperative_id", "products.cooperative_id", "plots.cooperative_id", "price_lists.cooperative_id",
        "delivery_options.cooperative_id", "pickup_points.cooperative_id", "deposit_terms.payee_organisation_id",
    ),
    **_rules(
        Rule.BOOK,
        "acceptances.cooperative_id", "acceptance_counters.cooperative_id", "applications.cooperative_id",
        "bank_books.organisation_id", "bank_feeds.organisation_id", "bank_lines.organisation_id",
        "bank_statements.organisation_id", "buyers_words.cooperative_id", "card_accounts.organisation_id",
        "charges.payee_organisation_id", "contract_counters.cooperative_id", "contract_signatories.organisation_id",
        "contracts.buyer_id", "contracts.cooperative_id", "credit_terms.organisation_id",
        "credit_terms.payee_organisation_id", "deliveries.contact_organisation_id", "deliveries.cooperative_id",
        "delivery_counters.cooperative_id", "depots.organisation_id", "dossier_links.organisation_id",
        "fair_neighbours.cooperative_id", "fair_passes.cooperative_id", "issued_documents.issuer_id",
        "loads.cooperative_id", "meeting_guests.organisation_id", "need_awards.cooperative_id",
        "need_questions.cooperative_id", "needs.organisation_id", "order_counters.cooperative_id",
        "order_groups.organisation_id", "order_invoices.cooperative_id", "orders.cooperative_id",
        "point_shares.cooperative_id", "pool_members.cooperative_id", "pools.lead_id", "price_deals.buyer_id",
        "price_deals.cooperative_id", "price_list_members.organisation_id", "price_observations.cooperative_id",
        "purchase_request_lines.cooperative_id", "purchase_requests.organisation_id", "quotes.cooperative_id",
        "recall_holdings.organisation_id", "recalls.cooperative_id", "required_papers.organisation_id",
        "round_stops.cooperative_id", "rounds.runner_id", "settlement_counters.cooperative_id",
        "settlement_parts.cooperative_id", "settlements.cooperative_id", "spending_limits.organisation_id",
        "standing_orders.cooperative_id", "standing_orders.organisation_id", "support_grants.cooperative_id",
        "takedowns.organisation_id", "told_entries.organisation_id", "alliance_complaints.organisation_id",
        "alliance_complaints.against_id",
    ),
    **_rules(
        Rule.STAYS,
        "trade_days.cooperative_id",
        "alliance_memberships.cooperative_id", "bank_accounts.organisation_id", "charges.payer_organisation_id",
        "cooperatives.organisation_id", "delegations.cooperative_id", "document_counters.issuer_id",
        "duplicate_merges.loser_id", "duplicate_merges.survivor_id", "life_successors.cooperative_id",
        "member_figures.cooperative_id", "member_sectors.cooperative_id", "membership_moves.cooperative_id",
        "need_invitations.cooperative_id", "need_matches.cooperative_id", "new_model_judgements.cooperative_id",
        "seller_facts.cooperative_id", "standing_spells.cooperative_id", "steady_judgements.cooperative_id",
    ),
    **_rules(Rule.OWN, "coop_officers.cooperative_id", "life_events.cooperative_id", "memberships.organisation_id"),
}  # fmt: skip

TABLE_LABELS = {
    "acceptances": _l("Loads taken in"), "applications": _l("Applications for fairs"),
    "bank_accounts": _l("Bank accounts"), "buyers_words": _l("Buyers' words"), "certificates": _l("Certificates"),
    "charges": _l("Sums to pay"), "contracts": _l("Contracts"), "coop_officers": _l("Officers"),
    "cooperative_photos": _l("Photos"), "deliveries": _l("Deliveries"), "delivery_options": _l("Ways of delivery"),
    "dossier_papers": _l("Papers of the dossier"), "dues": _l("Dues"), "invitations": _l("Invitations"),
    "issued_documents": _l("Papers"), "life_events": _l("Events of its life"), "memberships": _l("People"),
    "membership_moves": _l("Decisions about membership"), "orders": _l("Orders"),
    "partner_helps": _l("Help from partners"), "pickup_points": _l("Pick-up points"), "plots": _l("Fields"),
    "price_lists": _l("Price lists"), "products": _l("Products"), "quotes": _l("Quotes"), "recalls": _l("Recalls"),
    "recognitions": _l("Honours"), "registry_rows": _l("Rows of registry files"), "settlements": _l("Settlements"),
    "support_grants": _l("Support"),
}  # fmt: skip
"""What a preview calls; of the others it tells how many rows there are."""


@dataclass(frozen=True)
class Link:
    """A column that points at a cooperative or an organisation."""

    table: str
    column: str
    to: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


def links() -> list[Link]:
    """Of every table that the house knows."""
    return [
        Link(table.name, column.name, key.column.table.name)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in ("cooperatives", "organisations")
    ]


def label_of(table: str) -> Any:
    return TABLE_LABELS.get(table)
