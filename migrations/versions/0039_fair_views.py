"""Booths and who holds them, passes and what gates saw, for anyone who checks the books from outside."""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

VIEWS = {
    "v_booth": """
        SELECT b.id, b.fair_id, CASE WHEN b.blocked THEN 'blocked' ELSE COALESCE((
            SELECT min(s.state) FROM stand_booths p JOIN stands s ON s.id = p.stand_id
            WHERE p.booth_id = b.id AND p.active), 'free') END AS state
        FROM fair_booths b""",
    "v_booth_alloc": """
        SELECT p.id, p.booth_id, p.half, s.application_id,
               CASE WHEN p.active THEN s.state ELSE 'released' END AS state, p.since AS "from",
               CASE WHEN p.active AND s.state = 'offered' THEN s.until ELSE p.until END AS "until"
        FROM stand_booths p JOIN stands s ON s.id = p.stand_id""",
    "v_pass": """
        SELECT p.id, p.fair_id, p.serial, p.kind, p.stand_id, p.cooperative_id AS coop_id, p.made_at, p.revoked_at
        FROM fair_passes p""",
    "v_scan": """
        SELECT s.id, s.fair_id, s.gate_id, s.pass_id, s.uuid AS client_uuid, s.direction, s.let_in, s.offline,
               s.verdict_device, s.verdict_server AS verdict, s.day, s.at, s.device_at, s.server_at
        FROM scans s""",
}


def upgrade() -> None:
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {' '.join(query.split())}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
