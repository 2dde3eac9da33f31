"""The company's own pages, for a person or a browser's driver."""

from __future__ import annotations

import html
from typing import Any

WORDS = {
    "declined": "Your card was declined. Please try another card.",
    "closed": "This page is no longer open.",
}


def card_page(session: dict[str, Any], problem: str = "") -> str:
    if session["status"] != "open":
        return _page("Closed", f"<p>{WORDS['closed']}</p>")
    told = f'<p role="alert">{WORDS[problem]}</p>' if problem else ""
    cancel = html.escape(session["cancel_url"] or "")
    return _page(
        html.escape(session["title"]),
        f"""<p>₫{session["amount_total"]:,}</p>{told}
        <form method="post"><label>Card number <input name="card" autocomplete="cc-number"></label>
        <label>Expiry <input name="expiry" value="12/34"></label> <label>CVC <input name="cvc" value="123"></label>
        <button>Pay</button></form><p><a href="{cancel}">Back</a></p>""",
    )


def bank_page(card: str) -> str:
    return _page(
        "Your bank asks",
        f"""<form method="post"><input type="hidden" name="card" value="{html.escape(card)}">
        <button name="bank" value="yes">Complete</button> <button name="bank" value="no">Fail</button></form>""",
    )


def onboarding_page() -> str:
    return _page(
        "Your account", '<form method="post"><button name="done" value="1">Send my data</button></form>'
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><h1>{title}</h1>{body}</html>"
    )
