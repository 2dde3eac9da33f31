"""Commands of the registry of a lifetime."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from marketplace.foundation.db.session import in_transaction
from marketplace.registry.reference import load_schemes

group = AppGroup("grading", help="The rules by which cooperatives are graded and measured.")


@group.command("load")
def load() -> None:
    """Enter the rules that ship; once more changes nothing."""
    click.echo(f"rules: {in_transaction(load_schemes)}")
