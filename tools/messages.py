"""Texts and their translations.

python -m tools.messages AREA …     collect the texts of these areas into translations/vi/AREA.po
python -m tools.messages --all      the same for every area
python -m tools.messages --check    fail on every text missing, unsure, left over or with other placeholders
python -m tools.messages --compile  merge all areas into the one file the shop reads, when any of them changed

An area is a folder of marketplace/ with its folder of templates/. `foundation` also covers the files directly
in marketplace/; `look` is the templates that belong to no area: layouts, macros, error pages.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "vi"
FOLDER = ROOT / "translations" / LOCALE
COMPILED = FOLDER / "LC_MESSAGES" / "messages.mo"

KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "_n": (1, 2),
    "_ln": (1, 2),
    "ngettext": (1, 2),
    "_p": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
}
JINJA = {
    "extensions": "jinja2.ext.do",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")


def areas() -> list[str]:
    """Every area that has a folder, and the two that are made of what is left."""
    folders = {path.name for path in (ROOT / "marketplace").iterdir() if (path / "__init__.py").exists()}
    return sorted(folders | {"foundation", "look"})


def sources(area: str) -> Iterator[Path]:
    """The files whose texts belong to an area, in a stable order."""
    templates = ROOT / "templates"
    if area == "look":
        owned = set(areas())
        yield from sorted(
            path for path in templates.rglob("*.html") if path.relative_to(templates).parts[0] not in owned
        )
        return
    if area == "foundation":
        yield from sorted((ROOT / "marketplace").glob("*.py"))
    yield from sorted((ROOT / "marketplace" / area).rglob("*.py"))
    for suffix in ("html", "txt", "xml"):
        yield from sorted((templates / area).rglob(f"*.{suffix}"))


def extract(area: str) -> Catalog:
    """The texts of an area as the code has them now, untranslated."""
    catalog = Catalog(locale=LOCALE)
    for path in sources(area):
        method = "python" if path.suffix == ".py" else "jinja2"
        options = {} if method == "python" else JINJA
        where = path.relative_to(ROOT).as_posix()
        try:
            found = extract_from_file(method, path, KEYWORDS, options=options)
            for _line, message, _comments, context in found:
                if message and (message if isinstance(message, str) else message[0]):
                    catalog.add(message, locations=[(where, 0)], context=context)
        except Exception as problem:
            raise SystemExit(f"{where}: {problem}") from problem
    return catalog


def file_of(area: str) -> Path:
    return FOLDER / f"{area}.po"


def read(area: str) -> Catalog:
    """The translated texts of an area, as its file has them."""
    path = file_of(area)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def update(area: str) -> tuple[int, int]:
    """Rewrite the file of an area; how many texts it holds, and how many of them are not translated."""
    fresh, known = extract(area), read(area)
    missing = 0
    for message in texts(fresh):
        old = known.get(message.id, message.context)
        if old is not None and bool(old.pluralizable) == bool(message.pluralizable):
            message.string, message.flags = old.string, old.flags
            message.user_comments = old.user_comments
        missing += not translated(message)
        message.locations = sorted(set(message.locations))
    path = file_of(area)
    if not len(fresh):
        path.unlink(missing_ok=True)
        return 0, 0
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, fresh, width=110, omit_header=True, sort_output=True, include_lineno=False)
    draft.replace(path)
    return len(fresh), missing


def written(message: Message) -> list[str]:
    """The translations of a text: one, or one for each plural form."""
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [string or "" for string in strings]


def translated(message: Message) -> bool:
    strings = written(message)
    return bool(strings) and all(strings)


def placeholders(text: str) -> set[str]:
    return {name or position for name, position in PLACEHOLDER.findall(text)}


def original(message: Message) -> str:
    """The English a translation must answer: the plural where there is one, for it names the number."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def problems_of(area: str) -> Iterator[str]:
    fresh, known = extract(area), read(area)
    file = file_of(area).relative_to(ROOT)
    for message in texts(fresh):
        here = known.get(message.id, message.context)
        where = message.locations[0][0]
        if here is None or not translated(here):
            yield f"{file}: not translated: {original(message)!r} ({where})"
        elif here.fuzzy:
            yield f"{file}: marked unsure: {original(message)!r}"
        else:
            wanted = placeholders(original(message))
            for string in written(here):
                if placeholders(string) != wanted:
                    yield f"{file}: placeholders differ: {original(message)!r} -> {string!r}"
    for message in texts(known):
        if fresh.get(message.id, message.context) is None:
            yield f"{file}: no longer in the code: {original(message)!r} (python -m tools.messages {area})"


def merged(names: list[str]) -> tuple[Catalog, list[str]]:
    """All areas as one catalogue, and every text that two areas translate differently."""
    whole = Catalog(locale=LOCALE)
    owner: dict[tuple[str, str | None], str] = {}
    clashes = []
    for area in names:
        for message in texts(read(area)):
            if not translated(message) or message.fuzzy:
                continue
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            before = whole.get(message.id, message.context)
            if before is None:
                whole.add(message.id, message.string, context=message.context)
                owner[key] = area
            elif written(before) != written(message):
                clashes.append(
                    f"{key[0]!r} is {written(before)} in {owner[key]}.po but {written(message)} in {area}.po"
                )
    return whole, clashes


def po_areas() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.po"))


def compile_all() -> int:
    """Write the compiled catalogue, unless it is newer than everything it is made of."""
    inputs = [*(file_of(area) for area in po_areas()), FOLDER]
    if COMPILED.exists() and all(path.stat().st_mtime <= COMPILED.stat().st_mtime for path in inputs):
        return 0
    whole, clashes = merged(po_areas())
    if clashes:
        print("One text needs one translation, or a context (_p):", *clashes, sep="\n  ", file=sys.stderr)
        return 1
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    draft = COMPILED.with_suffix(".new")
    with draft.open("wb") as file:
        write_mo(file, whole)
    draft.replace(COMPILED)
    return 0


def check() -> int:
    names = areas()
    found = [problem for area in names for problem in problems_of(area)]
    found += [f"{file_of(name).relative_to(ROOT)}: no such area" for name in po_areas() if name not in names]
    found += merged(po_areas())[1]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"Translations: {len(found)} problems in {len(names)} areas.")
    return 1 if found else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.messages", description="Texts and their translations."
    )
    parser.add_argument("areas", nargs="*", metavar="AREA")
    parser.add_argument("--all", action="store_true", help="every area")
    parser.add_argument("--check", action="store_true", help="fail on anything untranslated")
    parser.add_argument("--compile", action="store_true", help="write what the shop reads")
    options = parser.parse_args(arguments)
    if options.check:
        return check()
    if options.compile:
        return compile_all()
    chosen = areas() if options.all else options.areas
    unknown = sorted(set(chosen) - set(areas()))
    if unknown or not chosen:
        parser.error(f"the areas are {', '.join(areas())}")
    for area in chosen:
        held, missing = update(area)
        print(f"{area}: {held} texts, {missing} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
