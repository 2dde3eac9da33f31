"""The kinds of documents: registered by the area that owns their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


def _nothing(_told: Any) -> Sequence[tuple[Any, str]]:
    return ()


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """`templates`: version -> print template. A new version is a new file: what was written with an older one keeps it.

    `sees(user, document)` is asked for people who act for neither the issuer nor the alliance. `outline(told)` are
    (label, words) that whoever holds the paper may compare with what stands here: nothing about people.
    """

    name: str
    label: Any
    prefix: str
    templates: Mapping[int, str]
    sees: Callable[[Any, Any], bool]
    outline: Callable[[Any], Sequence[tuple[Any, str]]] = _nothing

    @property
    def version(self) -> int:
        return max(self.templates)


KINDS: dict[str, DocumentKind] = {}


def document_kind(**told: Any) -> DocumentKind:
    """Register a kind by its name, "<area>.<noun>"."""
    registered = DocumentKind(**told)
    if registered.name in KINDS:
        raise ValueError(f"the document {registered.name} is registered twice")
    KINDS[registered.name] = registered
    return registered


def labels() -> dict[str, Any]:
    """Kind -> what people call it."""
    return {name: kind.label for name, kind in KINDS.items()}
