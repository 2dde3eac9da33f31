"""`flask --app wsgi fairs allocate SLUG`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from marketplace.accounts import queries as accounts
from marketplace.fairs import queries, services
from marketplace.fairs.models import AllocationRun
from marketplace.fairs.tasks import allocate
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import in_language

group = AppGroup("fairs", help="Fairs.")


@group.command("allocate")
@click.argument("slug")
@click.option("--by", "email", required=True, help="E-mail of the officer who answers for it.")
def allocate_fair(slug: str, email: str) -> None:
    """Compute who stands where at the fair SLUG, here and now, and tell what came out."""
    with in_language("vi"):
        try:
            run_id = in_transaction(lambda: _queued(slug, email))
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        allocate(run_id)
        run = db.session.get_one(AllocationRun, run_id)
        click.echo(f"{run.number}: {run.state} {run.solver} {run.seconds or 0:.1f} s {run.problem}".strip())
        for name in ("applications", "placed", "halves", "mean_wish", "same_neighbours"):
            click.echo(f"  {name}: {run.objective.get(name)}")


def _queued(slug: str, email: str) -> int:
    fair, officer = queries.fair_called(slug), accounts.person_by_identifier(email)
    if fair is None:
        raise click.ClickException(f"there is no fair {slug}")
    if officer is None or not officer.is_officer:
        raise click.ClickException(f"{email} is no officer")
    return services.queue_run(fair=fair, by=officer).id
