#!/bin/sh
# From a fresh clone to a running shop. Every step is skipped when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."

sh scripts/environment.sh runtime
python=.venv/bin/python

# The demonstration belongs to the default database only: never fill somebody's own unasked.
if [ -z "${DATABASE_URL:-}" ]; then
    DEMO=${DEMO:-1}
else
    DEMO=${DEMO:-0}
fi
export DEMO

prepare() {
    mkdir -p instance
    "$python" -m tools.messages --compile
    # Checking an earlier build of the assets goes on beside the database's step; a first build comes before it.
    [ -f instance/assets/manifest.json ] || "$python" -m marketplace.foundation.web.assets
    "$python" -m marketplace.foundation.web.assets &
    assets=$!
    if [ "$DEMO" = 1 ]; then
        "$python" -m flask --app wsgi demo load --if-empty --db-up
    else
        "$python" -m flask --app wsgi db-up
    fi
    wait "$assets"
    "$python" scripts/ready.py --mark
}

if [ -n "${DATABASE_URL:-}" ] || [ "$DEMO" != 1 ] || ! "$python" scripts/ready.py; then
    prepare
fi
exec "$python" scripts/serve.py
