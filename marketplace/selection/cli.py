"""Commands of selection."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from marketplace.foundation.db.session import in_transaction
from marketplace.selection.reference import load_rules

group = AppGroup("selection", help="Rules of eligibility and the legal order of preference.")


@group.command("load")
def load() -> None:
    """Enter the rules of the law and of the house; once more changes nothing."""
    click.echo(f"rules: {in_transaction(load_rules)}")
