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
# Few heaps, and pictures outside of them: memory that is freed goes back to the system (glibc; elsewhere unread).
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
exec "$python" scripts/serve.py
