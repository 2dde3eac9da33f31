"""One stylesheet: the used part of Bootstrap in a layer of its own, and ours over it."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import tinycss2
from tinycss2.ast import LiteralToken

from marketplace.foundation.web.assets.fonts import font_faces


def stylesheet(root: Path, fonts: list[str]) -> bytes:
    """Bootstrap's used rules in a layer below ours, then the files of static/css in the order of ORDER."""
    folder = root / "static" / "css"
    order = folder / "ORDER"
    names = order.read_text().split() if order.exists() else []
    ours = "\n".join((folder / name).read_text() for name in names)
    bootstrap = purge(_bootstrap(), used_words(root), also=ours)
    whole = f"{font_faces(fonts)}\n@layer bootstrap{{{bootstrap}}}\n{ours}"
    return ('@charset "UTF-8";' + minify(whole)).encode()


def _bootstrap() -> str:
    return (files("bootstrap") / "css" / "bootstrap.css").read_text(encoding="utf-8")


WORD = re.compile(r"[A-Za-z][\w-]*")
CLASS_LIST = re.compile(r"[\w -]{1,80}")


def used_words(root: Path) -> set[str]:
    """Every word that may be a class: all words of templates and scripts, and short strings of Python."""
    words: set[str] = set()
    for path in [*(root / "templates").rglob("*.html"), *(root / "static" / "js").rglob("*.js")]:
        words.update(WORD.findall(path.read_text(encoding="utf-8")))
    for path in (root / "marketplace").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and CLASS_LIST.fullmatch(node.value)
            ):
                words.update(node.value.split())
    return words


def purge(css: str, used: set[str], also: str = "") -> str:
    """A stylesheet without rules that no used class can meet, dead variables and `data:` pictures.

    `also` is CSS that stays beside it and may read its variables. Colour modes go too: the shop has one.
    """
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = _kept_rules(nodes, used)
    return _without_dead_keyframes(_without_dead_variables(kept, also))


def _kept_rules(nodes: list[Any], used: set[str]) -> list[tuple[str, str]]:
    """Pairs of what stands before the braces and what stands within."""
    kept = []
    for node in nodes:
        if node.type == "qualified-rule":
            heads = [head for head in _selectors(node.prelude) if _can_match(head, used)]
            body = _declarations(node.content)
            if heads and body:
                kept.append((",".join(heads), body))
        elif node.type == "at-rule" and node.at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            rules = _kept_rules(inside, used)
            if rules:
                body = "".join(f"{head}{{{content}}}" for head, content in rules)
                kept.append((f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", body))
        elif node.type == "at-rule" and node.at_keyword == "keyframes":
            kept.append((f"@keyframes{tinycss2.serialize(node.prelude)}", tinycss2.serialize(node.content)))
    return kept


def _selectors(prelude: list[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _can_match(selector: str, used: set[str]) -> bool:
    if "data-bs-" in selector:
        return False
    positive = re.sub(r":not\([^)]*\)", "", selector)
    return all(name in used for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", positive))


def _declarations(content: list[Any]) -> str:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    lines = (tinycss2.serialize([node]) for node in found if node.type == "declaration")
    return ";".join(line.strip() for line in lines if "data:" not in line)


VARIABLE_READ = re.compile(r"var\(\s*(--[\w-]+)")
VARIABLE_SET = re.compile(r"(?:(?<=[;{])|^)\s*(--bs-[\w-]+)\s*:[^;{}]*;?")


def _without_dead_variables(rules: list[tuple[str, str]], also: str) -> list[tuple[str, str]]:
    while True:
        text = also + "".join(body for _, body in rules)
        read = set(VARIABLE_READ.findall(text))

        def alive(found: re.Match[str], read: set[str] = read) -> str:
            return found.group(0) if found.group(1) in read else ""

        fewer = [(head, VARIABLE_SET.sub(alive, body)) for head, body in rules]
        fewer = [(head, body) for head, body in fewer if body.strip()]
        if fewer == rules:
            return rules
        rules = fewer


def _without_dead_keyframes(rules: list[tuple[str, str]]) -> str:
    plain = "".join(f"{head}{{{body}}}" for head, body in rules if not head.startswith("@keyframes"))
    frames = [(head, body) for head, body in rules if head.startswith("@keyframes")]
    living = [f"{head}{{{body}}}" for head, body in frames if head.split()[1] in plain]
    return plain + "".join(living)


TIGHT = re.compile(r"\s*([{};,])\s*")


def minify(css: str) -> str:
    """The same rules without comments and needless spaces."""
    text: list[str] = []
    strings: list[str] = []
    for piece in _flat(tinycss2.parse_component_value_list(css, skip_comments=True)):
        if piece.type in ("string", "url"):
            text.append(f"\0{len(strings)}\0")
            strings.append(piece.serialize())
        else:
            text.append(piece.serialize())
    joined = re.sub(r"\s+", " ", "".join(text))
    joined = TIGHT.sub(r"\1", joined).replace(";}", "}").strip()
    joined = re.sub(r"(?<=[\w-]): ", ":", joined)
    joined = re.sub(r":(?=[;}])", ": ", joined)  # an empty variable keeps its one space
    return re.sub("\0(\\d+)\0", lambda found: strings[int(found.group(1))], joined)


def _flat(tokens: list[Any]) -> Iterator[Any]:
    """Blocks opened up, so that every string inside them is seen; brackets stand as their own tokens."""
    brackets = {"{} block": ("{", "}"), "[] block": ("[", "]"), "() block": ("(", ")")}
    for token in tokens:
        if token.type in brackets:
            opening, closing = brackets[token.type]
            yield LiteralToken(0, 0, opening)
            yield from _flat(token.content)
            yield LiteralToken(0, 0, closing)
        elif token.type == "function":
            yield LiteralToken(0, 0, f"{token.name}(")
            yield from _flat(token.arguments)
            yield LiteralToken(0, 0, ")")
        else:
            yield token
