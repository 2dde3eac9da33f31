#!/bin/sh
# Makes .venv and installs the locked packages: environment.sh runtime|dev
# Does nothing, quickly, when the lock file has not changed since the last time.
set -eu
cd "$(dirname "$0")/.."

set_name=${1:-runtime}
case $set_name in
    runtime) lock=requirements.txt ;;
    dev) lock=requirements-dev.txt ;;
    *) echo "environment.sh: runtime or dev, not '$set_name'" >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python3.14; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    say "Chợ HTX needs Python 3.11 or newer, and none was found: install it, or say where it is with PYTHON=/path/to/python3."
    exit 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        package="python$version-venv"
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "Installing $package …"
            apt-get update -q >/dev/null
            apt-get install -q -y --no-install-recommends "$package" >/dev/null
        else
            say "Python's venv module is incomplete here: run 'sudo apt-get install $package' and try again."
            exit 1
        fi
    fi
    say "Making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv
}

if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python; }; then
    make_venv
fi

# macOS has no sha256sum, Debian no shasum: the interpreter just found has both.
digest() { .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }

stamp=.venv/installed-$set_name
now=$(digest "$lock")
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
    exit 0
fi

# uv installs many times faster than pip; its own version and hashes are read from the development lock.
if [ ! -x .venv/bin/uv ]; then
    only_uv=.venv/uv-requirement.txt
    awk '/^uv==/ { inside = 1 } inside { print } inside && !/\\$/ { exit }' requirements-dev.txt >"$only_uv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$only_uv" ||
        say "uv could not be installed; going on with pip."
fi

say "Installing the packages of $lock …"
# --no-deps: the lock is complete, and leaves out on purpose what data-only packages claim to need.
if [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes -r "$lock"
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
fi
printf '%s\n' "$now" >"$stamp"
# The development lock holds everything of the runtime lock.
if [ "$set_name" = dev ]; then
    digest requirements.txt >.venv/installed-runtime
fi
