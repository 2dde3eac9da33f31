"""The registry of letters about accounts: they carry keys, so they go by mail only and are never shown in the app.

As with other letters an alliance may say the subject, the first sentences and the last ones in its own way. What a
reader has to know to be safe stands in the template and always stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.accounts.states import ROLE_LABELS, Role
from marketplace.foundation import clock, wording
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.wording import Part, Wording
from marketplace.foundation.words import _l, in_language, later

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class AccountLetter:
    """`subject` and `sentence` are lazy words with %(name)s of the values told with it."""

    name: str
    subject: Any
    sentence: Any
    sample: Callable[[], dict[str, Any]] = dict

    @property
    def words(self) -> str:
        """Under which name the alliance keeps its own words for it."""
        return f"account.{self.name}"


def _invited() -> dict[str, Any]:
    return {
        "who": "Nguyễn Văn Hùng",
        "organisation": "HTX Đồng Lạc",
        "role": ROLE_LABELS[Role.MEMBER],
        "expires_at": clock.now() + dt.timedelta(days=7),
    }


LETTERS = {
    each.name: each
    for each in (
        AccountLetter(
            "confirm",
            _l("Is this your e-mail address?"),
            _l(
                "An account was opened with this e-mail address. If it is yours, open the link, sign in with the "
                "password you chose, and press “Yes, it is mine”."
            ),
        ),
        AccountLetter(
            "known",
            _l("You already have an account"),
            _l(
                "Somebody opened a new account with your e-mail address. You have an account already: sign in with "
                "its password. If you forgot it, open the link and choose a new one."
            ),
        ),
        AccountLetter(
            "reset",
            _l("Choose a new password"),
            _l("Somebody asked for a new password for your account. Open the link to choose one."),
        ),
        AccountLetter(
            "invitation",
            _l("%(organisation)s invites you"),
            _l("%(who)s asks you to act for %(organisation)s on this market. Role: %(role)s"),
            _invited,
        ),
    )
}


def _label(letter: AccountLetter) -> str:
    return str(letter.subject) % letter.sample()


for _each in LETTERS.values():
    wording.register(
        Wording(
            _each.words,
            later(_label, _each),
            (
                Part("subject", _l("Subject line"), _each.subject, 150),
                Part("sentence", _l("First sentences"), _each.sentence, 600, rows=3),
                Part("closing", _l("Last sentences"), "", 600, rows=3),
            ),
            _each.sample,
            shown=f"/office/letters/account.{_each.name}/",
        )
    )


def words_of(letter: AccountLetter, locale: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and first sentences in a language: the alliance's own, or the house's."""
    with in_language(locale):
        subject = wording.said(letter.words, "subject", letter.subject, values)[:LONGEST_SUBJECT]
        return subject, wording.said(letter.words, "sentence", letter.sentence, values).strip()


def written(letter: AccountLetter, locale: str, values: dict[str, Any]) -> tuple[str, str, str]:
    """(subject, text, html) in a language; `values` hold the address of its button, too."""
    subject, sentence = words_of(letter, locale, values)
    with in_language(locale):
        closing = wording.said(letter.words, "closing", "", values)
        context = {**values, "subject": subject, "sentence": sentence, "closing": closing}
        template = f"accounts/letters/{letter.name}"
        return subject, text_of(f"{template}.txt", **context), text_of(f"{template}.html", **context)
