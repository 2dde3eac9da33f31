"""The registry of letters: every kind has a subject, a sentence, a template and a sample for the preview.

Kinds of one topic are switched on and off together. A topic is what stands before the dot of the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import wording
from marketplace.foundation.wording import Part, Wording
from marketplace.foundation.words import _l, later


@dataclass(frozen=True)
class Topic:
    """What a person may choose about: `fixed` letters always come; `shown(person)` says whom it concerns."""

    name: str
    label: Any
    hint: Any
    order: int
    fixed: bool
    shown: Callable[[Any], bool]


TOPICS: dict[str, Topic] = {}
OTHER = Topic("other", _l("Everything else"), "", 90, False, lambda _person: True)
ACCOUNTS = Topic("account", _l("Account and password"), "", 1, True, lambda _person: True)
"""Of letters that carry keys (see accounts.letters); nobody chooses about them."""


def topic(
    name: str,
    label: Any,
    hint: Any = "",
    *,
    order: int = 50,
    fixed: bool = False,
    shown: Callable[[Any], bool] = lambda _person: True,
) -> Topic:
    """Register the topic of all kinds called "<name>.…"."""
    TOPICS[name] = Topic(name, label, hint, order, fixed, shown)
    return TOPICS[name]


@dataclass(frozen=True)
class LetterKind:
    """`acts` are what its links do; `urgent` letters come in quiet hours too."""

    kind: str
    subject: Any
    sentence: Any
    template: str
    sample: Callable[[], dict[str, Any]]
    acts: Sequence[str] = ()
    urgent: bool = False

    @property
    def words(self) -> str:
        """Under which name the alliance keeps its own words for it."""
        return f"letter.{self.kind}"

    @property
    def topic(self) -> Topic:
        return TOPICS.get(self.kind.partition(".")[0], OTHER)


LETTERS: dict[str, LetterKind] = {}
PLAIN = "inbox/letters/plain"


def letter(
    kind: str,
    *,
    subject: Any,
    sentence: Any,
    sample: Callable[[], dict[str, Any]],
    template: str = PLAIN,
    acts: Sequence[str] = (),
    urgent: bool = False,
) -> LetterKind:
    """Register a letter. `subject` and `sentence` are lazy words with %(name)s of the values told with it."""
    if kind in LETTERS:
        raise ValueError(f"the letter {kind} is registered twice")
    LETTERS[kind] = LetterKind(kind, subject, sentence, template, sample, tuple(acts), urgent)
    _may_be_said_otherwise(LETTERS[kind])
    return LETTERS[kind]


def _may_be_said_otherwise(letter: LetterKind) -> None:
    """An alliance may write its own subject and first sentences, and last ones, which the house leaves out."""
    wording.register(
        Wording(
            letter.words,
            later(lambda: str(letter.subject) % letter.sample()),
            (
                Part("subject", _l("Subject line"), letter.subject, 150),
                Part("sentence", _l("First sentences"), letter.sentence, 600, rows=3),
                Part("closing", _l("Last sentences"), "", 600, rows=3),
            ),
            letter.sample,
            shown=f"/office/letters/{letter.kind}/",
        )
    )


wording.register(
    Wording(
        "letters",
        _l("The end of all letters"),
        (Part("closing", _l("Last sentences"), "", 600, rows=3),),
    )
)
