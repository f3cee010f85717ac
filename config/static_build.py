"""Copies the pages' ready-made styles, components and typeface from node_modules to static/built, in our own dress.

The GOV.UK typeface, crest and icons belong to central government: none of them is copied or asked for.
"""

import json
import re
import shutil
from pathlib import Path

from fontTools.ttLib import woff2
from whitenoise.compress import Compressor

ROOT = Path(__file__).resolve().parent.parent
OUR_TYPEFACE = '"Atkinson Hyperlegible",arial,sans-serif'
GOVUK = Path("govuk-frontend/dist/govuk")
TYPEFACE = Path("@fontsource/atkinson-hyperlegible")
# For the letters that the typeface lacks: a Welsh Ŵ, Vietnamese, Cyrillic, Greek. Paper alone asks for them.
OTHER_LETTERS = Path("@fontsource/noto-sans")
ALPHABETS = ("latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
PACKAGES = ("govuk-frontend", "@fontsource/atkinson-hyperlegible", "@fontsource/noto-sans")

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_GOVUK_TYPEFACE = re.compile(r"""["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif""")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:)[^"')]*["']?\s*\)""")


def without_source_map(text):
    """Drops the pointer to a source map we do not serve: a manifest of static files refuses a link to nothing."""
    return _SOURCE_MAP.sub("", text).rstrip() + "\n"


def our_styles(css):
    """Puts a package's built style sheet into our own typeface and leaves no address in it: we serve none of them.

    css: the style sheet as published.
    """
    css = _FONT_FACE.sub("", css)
    css = _GOVUK_TYPEFACE.sub(OUR_TYPEFACE, css)
    return without_source_map(_ADDRESS.sub("none", css))


def build(*, packages, target):
    """Makes the folder of built static files anew, whole or not at all.

    packages: node_modules. target: the folder to replace. Raises FileNotFoundError when a package is not installed.
    """
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "fonts").mkdir(parents=True)
    _copy_styles_and_components(packages, fresh)
    _copy_fonts(packages, fresh / "fonts")
    for text in sorted(fresh.glob("*.min.*")):
        # Beside the file, where the server looks for a form that a phone loads in a sixth of the time.
        Compressor(quiet=True).compress(str(text))
    (fresh / "licences.txt").write_text(_licences(packages), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _copy_styles_and_components(packages, fresh):
    published = packages / GOVUK
    css = our_styles((published / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    (fresh / "govuk-frontend.min.css").write_text(css, encoding="utf-8")
    script = (published / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (fresh / "govuk-frontend.min.js").write_text(without_source_map(script), encoding="utf-8")


def _copy_fonts(packages, fonts):
    for font in (packages / TYPEFACE / "files").glob("*.woff2"):
        shutil.copyfile(font, fonts / font.name)
    for alphabet in ALPHABETS:
        for weight in (400, 700):
            packed = packages / OTHER_LETTERS / "files" / f"noto-sans-{alphabet}-{weight}-normal.woff2"
            # Unpacked here, once: the printer would unpack each of them again for every paper.
            woff2.decompress(str(packed), str(fonts / f"{packed.stem}.ttf"))


def _licences(packages):
    manifests = (json.loads((packages / name / "package.json").read_text(encoding="utf-8")) for name in PACKAGES)
    return "".join(f"{found['name']} {found['version']} {found['license']}\n" for found in manifests)


if __name__ == "__main__":
    build(packages=ROOT / "node_modules", target=ROOT / "static" / "built")
