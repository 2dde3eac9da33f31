"""`flask --app wsgi invariants`."""

from __future__ import annotations

import json

import click

from marketplace.insights.invariants import breaks


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
