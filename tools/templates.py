"""python -m tools.templates: what the Content-Security-Policy would refuse, found before a browser does.

No inline style, no inline script, no handler attributes: the policy has no `unsafe-inline`. Data blocks
(`application/ld+json` for search engines, `application/json` for a page's own modules) are never run, so the policy
does not ask about them. Letters may have style: mail programs know no other.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "templates"
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
RULES = {
    "style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "handler attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}
DATA = re.compile(r"""(?<![\w-])type\s*=\s*["']?application/(?:ld\+)?json["']?(?:\s|$)""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
OF_STYLE = {"style attribute", "style element"}


def problems(text: str, letter: bool = False) -> Iterator[tuple[int, str]]:
    """Line and name of each thing that the policy forbids."""
    text = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    for name, pattern in RULES.items():
        if letter and name in OF_STYLE:
            continue
        for found in pattern.finditer(text):
            yield text.count("\n", 0, found.start()) + 1, name
    for found in SCRIPT.finditer(text):
        if "src=" not in found.group(1) and not DATA.search(found.group(1)):
            yield text.count("\n", 0, found.start()) + 1, "inline script"


def main() -> int:
    count = 0
    for path in sorted(ROOT.rglob("*.html")):
        for line, name in problems(path.read_text(encoding="utf-8"), letter="letters" in path.parts):
            print(f"{path.relative_to(ROOT.parent)}:{line}: {name}")
            count += 1
    print(f"Templates: {count} things that the page policy forbids.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
