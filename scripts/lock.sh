#!/bin/sh
# Resolves the direct requirements into complete locks with hashes, for every platform, for Python 3.11 and newer.
# UPGRADE=1 takes the newest versions allowed; otherwise what is locked stays.
set -eu
cd "$(dirname "$0")/.."

for name in requirements requirements-dev; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --override overrides.txt ${UPGRADE:+--upgrade} "$name.in" -o "$name.txt"
done
