"""The built static files wear our own dress and ask for nothing we do not serve."""

import gzip
import re
from pathlib import Path

import pytest

from config import static_build

BUILT = static_build.ROOT / "static" / "built"
STYLES, SCRIPTS = "govuk-frontend.min.css", "govuk-frontend.min.js"
ADDRESS = re.compile(r"""url\(\s*["']?(?!data:)[^"')]+""")


@pytest.mark.parametrize("name", [STYLES, SCRIPTS])
def test_nothing_of_the_government_typeface_or_a_source_map_is_left(name):
    text = (BUILT / name).read_text(encoding="utf-8")
    assert len(text) > 20_000
    assert "GDS Transport" not in text
    assert "sourceMappingURL" not in text
    assert "@font-face" not in text


@pytest.mark.parametrize("name", [STYLES, SCRIPTS])
def test_a_compressed_form_says_the_same(name):
    plain, compressed = (BUILT / name).read_bytes(), (BUILT / f"{name}.gz").read_bytes()
    assert gzip.decompress(compressed) == plain
    assert len(compressed) < len(plain) / 3


def test_the_style_sheet_is_in_our_typeface_and_asks_for_no_file():
    css = (BUILT / STYLES).read_text(encoding="utf-8")
    assert '"Atkinson Hyperlegible",arial,sans-serif' in css
    assert ADDRESS.findall(css) == []


def test_no_crest_crown_or_logo_is_copied():
    names = {path.name for path in BUILT.rglob("*") if path.is_file()}
    assert "licences.txt" in names
    assert not [name for name in names if re.search("crest|crown|logo|govuk-icon|apple-touch|opengraph", name)]


def test_the_typeface_comes_in_regular_bold_and_italic():
    fonts = {path.name for path in (BUILT / "fonts").iterdir()}
    wanted = {
        f"atkinson-hyperlegible-latin-{weight}-{style}.woff2" for weight in (400, 700) for style in ("normal", "italic")
    }
    assert wanted <= fonts


def test_the_letters_the_typeface_lacks_come_for_paper_alone():
    fonts = {path.name for path in (BUILT / "fonts").glob("noto-sans-*")}
    alphabets = ("latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
    assert fonts == {f"noto-sans-{alphabet}-{weight}-normal.ttf" for alphabet in alphabets for weight in (400, 700)}
    sheets = {path.name for path in (static_build.ROOT / "static").glob("*.css") if "Noto Sans" in path.read_text()}
    assert sheets == {"paper.css"}


def test_every_typeface_that_paper_asks_for_is_there():
    asked = set(re.findall(r"casefile:fonts/([^\"]+)", (static_build.ROOT / "static" / "paper.css").read_text()))
    assert len(asked) == 16  # two alphabets of our own typeface and six others, each regular and bold
    assert asked <= {path.name for path in (BUILT / "fonts").iterdir()}


def test_each_package_is_named_with_its_licence():
    lines = (BUILT / "licences.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines] == list(static_build.PACKAGES)
    assert all(line.split()[2] in {"MIT", "OFL-1.1"} for line in lines)


def test_the_three_changes_to_a_style_sheet():
    published = (
        '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
        "p{font-family:GDS Transport,arial,sans-serif}"
        "a{background-image:url(/assets/images/govuk-crest.svg)}"
        'b{background:url("/assets/images/icon-cross.svg") no-repeat}'
        "i{background:url(data:image/png;base64,AAAA)}"
        "\n/*# sourceMappingURL=x.min.css.map */\n"
    )
    assert static_build.our_styles(published) == (
        'p{font-family:"Atkinson Hyperlegible",arial,sans-serif}'
        "a{background-image:none}"
        "b{background:none no-repeat}"
        "i{background:url(data:image/png;base64,AAAA)}\n"
    )


def test_a_missing_package_leaves_the_last_build_standing(tmp_path):
    target = tmp_path / "built"
    target.mkdir()
    (target / "kept.css").write_text("p{}")
    with pytest.raises(FileNotFoundError):
        static_build.build(packages=tmp_path / "node_modules", target=target)
    assert Path(target / "kept.css").read_text() == "p{}"
