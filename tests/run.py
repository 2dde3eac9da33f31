"""The whole suite, as `make test` runs it: services once, then pytest on each database, then one sum.

Words given go to pytest. The last line reads "N passed, N failed, N skipped", added over the runs.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from tests import services

REPORTS = services.CACHE / "reports"
NOTHING_COLLECTED = 5


def main(words: list[str]) -> int:
    # An ended run still ends its servers: the default answer to SIGTERM would leave them behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print("Services:")
    missing = services.report()
    if missing and services.required():
        print(f"REQUIRE_SERVICES=1, but missing: {', '.join(missing)}")
        return 1
    share(missing)
    runs: dict[str, list[str]] = {"sqlite": []}
    if "postgresql" not in missing:
        runs["postgresql"] = ["-m", "database"]
    counts: Counter[str] = Counter()
    codes = [run(database, [*chosen, *words], counts) for database, chosen in runs.items()]
    if "postgresql" in missing:
        print("The run on PostgreSQL was skipped: there is none.")
        counts["skipped"] += 1
    ok = not any(codes) and counts["passed"] > 0
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)
    return 0 if ok else 1


def share(missing: list[str]) -> None:
    """The servers started here serve every process of the run."""
    if "postgresql" not in missing:
        os.environ["TEST_DATABASE_URL"] = services.postgresql().url
    if "redis" not in missing:
        os.environ["TEST_REDIS_URL"] = services.redis().url


def run(database: str, words: list[str], counts: Counter[str]) -> int:
    """One pytest over several processes; its counts are added, its exit code returned."""
    print(f"\n=== {database}", flush=True)
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{database}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--database={database}", f"--junitxml={report}"]
    # File by file in the order of tests/conftest.py: left to itself xdist ends with the fewest and longest tests.
    command += ["-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "loadfile", "--no-loadscope-reorder"]
    command += ["--durations=8", *words]
    code = subprocess.run(command, cwd=services.ROOT, stdin=subprocess.DEVNULL).returncode
    counts.update(counted(report))
    return 0 if code == NOTHING_COLLECTED else code


def counted(report: Path) -> Counter[str]:
    if not report.exists():
        return Counter(failed=1)
    found: Counter[str] = Counter()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        found.update(failed=failed, skipped=skipped, passed=int(suite.get("tests", 0)) - failed - skipped)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
