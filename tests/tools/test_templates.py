"""What the check of templates finds, and what it leaves alone."""

import pytest

from tools.templates import problems


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color:red">', "style attribute"),
        ("<p\n  class='x' style = 'y'>", "style attribute"),
        ("<style>p{}</style>", "style element"),
        ('<button onclick="go()">', "handler attribute"),
        ('<a href="javascript:go()">', "javascript: address"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">go()</script>', "inline script"),
        ('<script data-type="application/json">go()</script>', "inline script"),
    ],
)
def test_what_the_policy_forbids_is_found(text: str, name: str):
    assert list(problems(f"<h1>\n{text}")) == [(2, name)]


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{{ asset(\'js/main.js\') }}"></script>',
        '<script type="application/ld+json">{}</script>',
        '<script type="application/json" id="told">{"a": 1}</script>',
        '{# <p style="x"> #}<!-- <script>x</script> -->',
        '<p data-style="x" class="on">on = off, style = good</p>',
    ],
)
def test_what_it_allows_is_not(text: str):
    assert list(problems(text)) == []


def test_a_letter_may_have_style_but_no_script():
    assert list(problems('<p style="x">', letter=True)) == []
    assert list(problems("<script>x</script>", letter=True)) == [(1, "inline script")]
