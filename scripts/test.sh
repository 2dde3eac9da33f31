#!/usr/bin/env bash
# The whole suite: on SQLite, then again on PostgreSQL for every test that touches the database.
# Words after the command go to pytest: scripts/test.sh tests/orders -k accept
# REQUIRE_SERVICES=1  a service that is missing is a failure, not a skip
# TEST_WORKERS=4      processes (2 by default)
set -euo pipefail
cd "$(dirname "$0")/.."
# Compiled code is kept, also where containers switch that off: every process starts three times as fast.
unset PYTHONDONTWRITEBYTECODE

sh scripts/environment.sh dev
.venv/bin/python -m tools.messages --compile
.venv/bin/python -m marketplace.foundation.web.assets
exec .venv/bin/python -m tests.run "$@"
