"""Collecting, checking and compiling the texts of a small project."""

from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools import messages


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "marketplace/__init__.py": "",
        "marketplace/foundation/__init__.py": "",
        "marketplace/shop/__init__.py": "",
        "marketplace/shop/views.py": '_("Add")\n_n("%(num)s crate", "%(num)s crates", 3)\n_p("verb", "Order")\n',
        "templates/shop/list.html": "<h1>{{ _('Hello %(name)s', name=x) }}</h1>{% trans %}Sold out{% endtrans %}",
        "templates/ui/button.html": "{% macro button() %}{{ _('Send') }}{% endmacro %}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "FOLDER", tmp_path / "translations" / "vi")
    monkeypatch.setattr(
        messages, "COMPILED", tmp_path / "translations" / "vi" / "LC_MESSAGES" / "messages.mo"
    )
    return tmp_path


def translate(project: Path, area: str, words: dict[str, str]) -> Path:
    """Answer the texts of an area as a translator would, in the file."""
    path = project / "translations" / "vi" / f"{area}.po"
    text = path.read_text()
    for source, answer in words.items():
        asked = f'msgid "{source}"\nmsgstr ""'
        if asked not in text:
            asked = f'msgid_plural "{source}"\nmsgstr[0] ""'
        assert asked in text
        text = text.replace(asked, asked[:-1] + f'{answer}"')
    path.write_text(text)
    return path


ALL_OF_SHOP = {
    "Add": "Thêm",
    "%(num)s crates": "%(num)s thùng",
    "Order": "Đặt mua",
    "Hello %(name)s": "Chào %(name)s",
    "Sold out": "Hết hàng",
}


def test_texts_go_to_the_file_of_their_area(project: Path):
    assert messages.main(["--all"]) == 0
    folder = project / "translations" / "vi"
    assert sorted(path.name for path in folder.glob("*.po")) == ["look.po", "shop.po"]
    text = (folder / "shop.po").read_text()
    assert 'msgctxt "verb"\nmsgid "Order"' in text
    assert (
        "#: templates/shop/list.html\n" in text
    )  # no line numbers, so that an edit elsewhere changes nothing
    assert "POT-Creation-Date" not in text
    assert 'msgid "Send"' in (folder / "look.po").read_text()


def test_translations_stay_and_what_left_the_code_goes(project: Path):
    messages.main(["shop"])
    path = translate(project, "shop", ALL_OF_SHOP)
    translated = path.read_text()
    messages.main(["shop"])
    assert path.read_text() == translated
    (project / "marketplace" / "shop" / "views.py").write_text('_("Add")\n_("New")\n')
    messages.main(["shop"])
    text = path.read_text()
    assert 'msgid "Add"\nmsgstr "Thêm"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "crate" not in text


def test_check_passes_only_when_every_text_is_answered(project: Path, capsys: pytest.CaptureFixture[str]):
    messages.main(["--all"])
    assert messages.main(["--check"]) == 1
    assert "not translated: 'Send'" in capsys.readouterr().out
    translate(project, "look", {"Send": "Gửi"})
    translate(project, "shop", ALL_OF_SHOP)
    assert messages.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("Chào %(name)s", "Chào %(ten)s", "placeholders differ: 'Hello %(name)s'"),
        ("%(num)s thùng", "thùng", "placeholders differ: '%(num)s crates'"),
        ('msgid "Add"', 'msgid "Added"', "no longer in the code: 'Added'"),
        ('#: marketplace/shop/views.py\nmsgid "Add"', '#, fuzzy\nmsgid "Add"', "marked unsure: 'Add'"),
    ],
)
def test_check_names_what_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, complaint: str
):
    messages.main(["shop"])
    path = translate(project, "shop", ALL_OF_SHOP)
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    assert messages.main(["--check"]) == 1
    assert complaint in capsys.readouterr().out


def test_compiling_merges_the_areas(project: Path):
    messages.main(["--all"])
    translate(project, "look", {"Send": "Gửi"})
    translate(project, "shop", ALL_OF_SHOP)
    assert messages.main(["--compile"]) == 0
    with messages.COMPILED.open("rb") as file:
        words = GNUTranslations(file)
    assert words.gettext("Send") == "Gửi"
    assert words.pgettext("verb", "Order") == "Đặt mua"
    assert words.ngettext("%(num)s crate", "%(num)s crates", 1) == "%(num)s thùng"


def test_one_text_with_two_translations_is_refused(project: Path, capsys: pytest.CaptureFixture[str]):
    (project / "templates" / "ui" / "button.html").write_text("{{ _('Add') }}")
    messages.main(["--all"])
    translate(project, "look", {"Add": "Cộng"})
    translate(project, "shop", ALL_OF_SHOP)
    assert messages.main(["--compile"]) == 1
    assert "'Add' is ['Cộng'] in look.po but ['Thêm'] in shop.po" in capsys.readouterr().err
