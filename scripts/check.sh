#!/usr/bin/env bash
# Everything that can be judged without running the shop. All of it runs, then the failures are named.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# Compiled code is kept, also where containers switch that off: every process starts three times as fast.
unset PYTHONDONTWRITEBYTECODE

bin=.venv/bin
failed=()

judge() {
    local name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed+=("$name")
}

judge format "$bin/ruff" format --check --quiet .
judge lint "$bin/ruff" check --quiet .
judge types "$bin/mypy"
judge floors "$bin/lint-imports" --no-logo
judge templates "$bin/djlint" --lint --quiet templates
judge policy "$bin/python" -m tools.templates
judge translations "$bin/python" -m tools.messages --check

if ((${#failed[@]})); then
    printf 'Not in order: %s\n' "${failed[*]}"
    exit 1
fi
printf 'All in order.\n'
