"""The build of styles, fonts and scripts, and the layer that serves it."""

import json
from importlib.resources import files
from pathlib import Path

import brotli
import pytest
import tinycss2
from fontTools.ttLib import TTFont
from werkzeug.test import Client

from marketplace.foundation.web.assets import AssetsMissing, StaticFiles, asset, build
from marketplace.foundation.web.assets.styles import minify, purge


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project of its own."""
    root = tmp_path_factory.mktemp("project")
    for name, text in {
        "templates/page.html": '<p class="btn btn-primary">{{ "d-none" }}</p>',
        "marketplace/hues.py": 'HUE = "text-success"\n',
        "static/css/ORDER": "late.css\nearly.css\n",
        "static/css/late.css": '.late { content: "a  ;} b" ; margin : 0 auto }',
        "static/css/early.css": "/* gone */ .early > .x { width: calc(1px + 2px); color: var(--bs-primary) }",
        "static/js/main.js": 'import { open } from "./menu.js";\n' + "open();\n" * 40,
        "static/js/menu.js": "export function open() {}\n",
        "static/img/dot.png": "not really a picture",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    build(folder, root)
    return folder


@pytest.fixture
def browser(built: Path) -> Client:
    def beyond(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"the shop"]

    return Client(StaticFiles(beyond, built))


def read(built: Path, name: str) -> bytes:
    return (built / asset(name, built).removeprefix("/static/")).read_bytes()


def test_a_stylesheet_keeps_what_is_used_and_only_that(built: Path):
    css = read(built, "app.css").decode()
    assert css.startswith('@charset "UTF-8";')
    for used in (".btn{", ".btn-primary{", ".d-none{", ".text-success{", "--bs-primary:"):
        assert used in css
    for unused in (".btn-danger", ".modal", ".accordion", "data:", "data-bs-theme", "--bs-indigo"):
        assert unused not in css


def test_our_styles_come_after_bootstrap_in_the_order_given(built: Path):
    css = read(built, "app.css").decode()
    assert (
        0
        < css.index("@font-face")
        < css.index("@layer bootstrap{")
        < css.index(".late{")
        < css.index(".early")
    )


def test_minifying_changes_no_value():
    tight = minify(
        'a  >  b :hover , c { margin: 0  auto ; --e: ; f: g } @media (min-width: 3px) { d { e: "x  {;} y" } }'
    )
    assert tight == 'a > b :hover,c{margin:0 auto;--e: ;f:g}@media (min-width:3px){d{e:"x  {;} y"}}'


def test_minified_bootstrap_has_the_same_rules():
    bootstrap = (files("bootstrap") / "css" / "bootstrap.css").read_text(encoding="utf-8")

    def shape(css: str) -> list[tuple[str, int]]:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return [
            (rule.type, len(tinycss2.parse_blocks_contents(rule.content, True, True)))
            for rule in rules
            if getattr(rule, "content", None) is not None
        ]

    assert shape(minify(bootstrap)) == shape(bootstrap)
    assert not [rule for rule in shape(bootstrap) if rule[0] == "error"]


def test_a_selector_lives_when_all_its_classes_are_used():
    css = ".a .b, .c { x: 1 } .a:not(.z) { x: 2 } p { x: 3 } @media print { .b { x: 4 } }"
    css += "@keyframes q { to { x: 5 } }"
    assert purge(css, {"a"}).replace(" ", "") == ".a:not(.z){x:2;}p{x:3;}"
    assert ".a .b{" in purge(css, {"a", "b"})


def test_fonts_write_every_vietnamese_letter_and_figures_are_of_one_width(built: Path):
    letters = TTFont(built / asset("fonts/be-vietnam-pro-400.woff2", built).removeprefix("/static/"))
    text = "Nguyễn Đức Hường bán 12.500 ₫/kg – “cà rốt” Đồng Lạc ỷ ỹ ẵ ặ ợ ữ ĩ × …"
    assert {letter for letter in text if ord(letter) not in letters.getBestCmap()} == set()

    figures = TTFont(built / asset("fonts/cho-so-800.woff2", built).removeprefix("/static/"))
    names = figures.getBestCmap()
    assert len({figures["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_nothing_is_built_again_until_something_changes(root: Path, tmp_path: Path):
    first = build(tmp_path, root)
    manifest = tmp_path / "manifest.json"
    written = manifest.stat().st_mtime_ns
    assert build(tmp_path, root) == first
    assert manifest.stat().st_mtime_ns == written

    script = root / "static" / "js" / "menu.js"
    before = script.read_text()
    try:
        script.write_text(before + "// more\n")
        second = build(tmp_path, root)
    finally:
        script.write_text(before)
    assert second != first
    assert asset("js/menu.js", tmp_path) == f"/static/{second}/js/menu.js"
    assert (tmp_path / first / "js" / "menu.js").exists()  # pages sent before still find theirs


def test_the_address_of_a_file_that_is_not_there_is_an_error(built: Path, tmp_path: Path):
    with pytest.raises(AssetsMissing, match=r"nope\.css"):
        asset("nope.css", built)
    with pytest.raises(AssetsMissing, match="make assets"):
        asset("app.css", tmp_path)


def test_a_file_is_served_for_ever_and_compressed(browser: Client, built: Path):
    address = asset("js/main.js", built)
    plain = browser.get(address)
    packed = browser.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert plain.status_code == packed.status_code == 200
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Content-Encoding" not in browser.get(address, headers={"Accept-Encoding": "br;q=0"}).headers


def test_a_browser_that_has_it_is_told_so(browser: Client, built: Path):
    address = asset("img/dot.png", built)
    tag = browser.get(address).headers["ETag"]
    again = browser.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = browser.head(address)
    assert (head.status_code, head.data, head.content_length) == (200, b"", 20)


@pytest.mark.parametrize(
    "address",
    [
        "/static/",
        "/static/../manifest.json",
        "/static/manifest.json",
        "/static/x/app.css",
        "/static/%2e%2e/.lock",
    ],
)
def test_nothing_else_is_served(browser: Client, address: str):
    assert browser.get(address).status_code == 404


def test_other_addresses_and_methods(browser: Client, built: Path):
    assert browser.get("/products").data == b"the shop"
    assert browser.post(asset("app.css", built)).status_code == 405
    assert browser.get(asset("app.css", built) + ".br").status_code == 404


def test_the_manifest_names_every_file(built: Path):
    manifest = json.loads((built / "manifest.json").read_text())
    on_disk = {
        path.relative_to(built / manifest["build"]).as_posix()
        for path in (built / manifest["build"]).rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
    }
    assert on_disk == set(manifest["files"])
