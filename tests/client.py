"""A client that quietly demands of every page it opens what every page owes its reader."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# English words that give away an untranslated sentence on a Vietnamese page.
ENGLISH = re.compile(
    r"\b(?:the|and|your|you|with|please|order|orders|price|from|this|that|have|not|sign in|search|next|back|"
    r"delivery|cooperative|product|products|payment|save|edit|delete|send|cancel)\b",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"https?://\S+|\S+@\S+|[\w./-]*/[\w./-]+|VietGAP|GlobalGAP|English[\w ]*", re.IGNORECASE
)


class ReadingClient(FlaskClient):
    """Opens pages as a browser of our own site would, and reads each of them."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        # The test's own app context outlives the request: the visitor it remembers is old.
        if has_app_context():
            g.pop("_login_user", None)
        response = super().open(*args, headers=headers, **kwargs)
        if response.mimetype == "text/html":
            read(response)
        return response

    def sign_in(self, identifier: str, password: str = "ca-rot-2026") -> TestResponse:
        response = self.post("/sign-in", data={"identifier": identifier, "password": password})
        assert response.status_code == 303, f"{identifier} could not sign in: {response.status_code}"
        return response

    def token(self) -> str:
        """A form token for this signed-in client."""
        page = self.get("/account").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)
        return found[1] if found else ""

    def send(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form of our own pages, with its token."""
        return self.post(path, data={"csrf_token": self.token(), **(data or {})}, **kwargs)


class Page(HTMLParser):
    """What a page holds, as far as the demands go."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.h1 = 0
        self.title = ""
        self.language = ""
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.tokens = 0
        self.text: list[str] = []
        self.inline: list[str] = []
        self.buttons_without_words: list[str] = []
        self._open: list[str] = []
        self._foreign = 0
        self._label_depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag not in {"input", "img", "br", "hr", "meta", "link", "source", "path", "use", "circle", "rect"}:
            self._enter(tag, values)
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "h1":
            self.h1 += 1
        if tag == "label":
            self._label_depth += 1
            self.labels.add(values.get("for", ""))
        if tag in {"input", "select", "textarea"} and values.get("type") not in {"hidden", "submit"}:
            self.fields.append({**values, "wrapped": "1" if self._label_depth else ""})
        if tag == "form":
            self.forms.append(values)
        if values.get("name") == "csrf_token":
            self.tokens += 1
        if "style" in values or any(name.startswith("on") for name in values):
            self.inline.append(f"<{tag}>")
        if (
            tag == "script"
            and "src" not in values
            and values.get("type") not in {"application/ld+json", "application/json"}
        ):
            self.inline.append("<script>")

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        self._open.append(tag)
        if self._foreign or (values.get("lang") and self.language and values["lang"] != self.language):
            self._foreign += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label_depth = max(0, self._label_depth - 1)
        while self._open and tag in self._open:
            closed = self._open.pop()
            if self._foreign:
                self._foreign -= 1
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "title":
            self.title += data
        if inside not in {"script", "style"} and not self._foreign and data.strip():
            self.text.append(data.strip())

    @property
    def words(self) -> str:
        return "\n".join(self.text)


def read(response: TestResponse) -> None:
    """Fail when the page owes its reader something."""
    html = response.get_data(as_text=True)
    if not html:
        return
    page, where = Page(html), response.request.path
    assert page.h1 == 1, f"{where}: {page.h1} h1 headings"
    assert page.title.strip(), f"{where}: no title"
    assert page.language in {"vi", "en"}, f"{where}: no language"
    assert not page.inline, f"{where}: inline script or style on {page.inline}"
    for field in page.fields:
        named = field.get("id") in page.labels or field["wrapped"]
        assert named or field.get("aria-label") or field.get("aria-labelledby"), (
            f"{where}: a field has no label: {field}"
        )
    for form in page.forms:
        assert "action" not in form or form["action"], f"{where}: a form with an empty action"
    for word in ("None", "Undefined", "%(", "{{", "}}", "<Markup"):
        assert not re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", page.words), f"{where}: shows {word!r}"
    if page.language == "vi":
        shown = HARMLESS.sub(" ", page.words)
        assert not (odd := ENGLISH.search(shown)), (
            f"{where}: English on a Vietnamese page: {_around(shown, odd)}"
        )


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 40) : found.end() + 40].replace("\n", " | ")


def another(app: Flask) -> ReadingClient:
    """One more browser, in which nobody is signed in."""
    return ReadingClient(app, app.response_class)
