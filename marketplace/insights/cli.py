"""`flask --app wsgi invariants`, `flask --app wsgi targets load`."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from marketplace.foundation.db.session import in_transaction
from marketplace.insights.invariants import breaks
from marketplace.insights.reference import load_periods


@click.command("invariants")
@click.option("--json", "as_json", is_flag=True, help='Only {"S1": 0, …}.')
def invariants(as_json: bool) -> None:
    """Check every numbered invariant; exit 1 when one is broken."""
    found = list(breaks(thorough=True))
    if as_json:
        click.echo(json.dumps({number: count for number, _, count in found}))
    else:
        for number, sentence, count in found:
            click.echo(f"{number:4} {count:6}  {sentence}")
    if any(count for _, _, count in found):
        raise SystemExit(1)


targets = AppGroup("targets", help="Periods, what was reported of them and what is aimed at.")


@targets.command("load")
def load() -> None:
    """Enter the periods that ship; once more changes nothing."""
    click.echo(f"periods: {in_transaction(load_periods)}")
