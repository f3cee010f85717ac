"""Photographs every main page of the demonstration as somebody who has it before them, and writes docs/pictures.

Run by `./daybook pictures`, which fills a demonstration of its own first.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.bench.server import HOST, HOUSE, Server
from tests.journeys.browser import DESK, PHONE, Screen, chromium, visit

FOLDER = HOUSE / "docs" / "pictures"
PAPER = {"width": 794, "height": 1123}  # A4 at 96 dots an inch
# How each page is taken: the size of the screen, what it prefers, and how high and how wide the picture may be.
WAYS = {
    "phone": (PHONE, {"color_scheme": "light"}, 900, 360),
    "phone-dark": (PHONE, {"color_scheme": "dark"}, 900, 360),
    "desk": (DESK, {"color_scheme": "light"}, 1300, 960),
    "desk-dark": (DESK, {"color_scheme": "dark"}, 1300, 960),
    "paper": (PAPER, {"color_scheme": "light", "media": "print"}, 1123, 480),
}
LIGHT = {"color_scheme": "light", "media": "screen"}
TEACHER, REPORTER = "o.pritchard-lamb@thornbyvale.example", "y.demirci@thornbyvale.example"
DSL, HEAD = "s.nidhalaigh@thornbyvale.example", "h.braithwaite-osei@thornbyvale.example"
CHAIR, INVESTIGATOR = "a.fairweather@thornbyvale.example", "v.adeyemi-knowles@ashenquay.example"
HR, DPO, ADMINISTRATOR = (
    "f.prydderch@archwaytrust.example",
    "n.qadir@archwaytrust.example",
    "t.wrenshaw@archwaytrust.example",
)


@dataclass(frozen=True)
class View:
    """One page: what it is, before whom, and how one comes to it.

    way: an address, then the beginnings of the links to follow from there, one after the other.
    """

    name: str
    title: str
    who: str
    email: str
    way: tuple[str, ...]


VIEWS = [
    View("desk-teacher", "First page of a teacher", "teacher", TEACHER, ("/",)),
    View("doors", "What happened?", "teacher", TEACHER, ("/report/?door=saw",)),
    View("report", "A report", "teacher", TEACHER, ("/report/abuse_of_staff/",)),
    View("stop-sign", "The stop sign", "teacher", TEACHER, ("/report/child_imagery/",)),
    View("my-report", "What became of my report", "teacher who reported", REPORTER, ("/my-reports/", "/my-reports/")),
    View("desk-dsl", "First page of a safeguarding lead", "DSL", DSL, ("/",)),
    View("concerns", "Concerns", "DSL", DSL, ("/concerns/",)),
    View("concern", "A concern", "DSL", DSL, ("/concerns/?sort=reported", "/concerns/")),
    View("triage", "Triage", "DSL", DSL, ("/concerns/?status=triaged", "/concerns/", "/concerns/*/triage/")),
    View("takedown", "A takedown", "DSL", DSL, ("/takedowns/", "/takedowns/")),
    View("search", "Search", "DSL", DSL, ("/search/#post",)),
    View("desk-head", "First page of a head", "head", HEAD, ("/",)),
    View("case", "A case", "head", HEAD, ("/cases/", "/cases/")),
    View("low-level", "One part of a case", "head", HEAD, ("/cases/", "/cases/", "/parts/M-")),
    View("line", "One line of history, with what it changed", "head", HEAD, ("/concerns/", "/concerns/", "/records/")),
    View("looked", "Who looked", "head", HEAD, ("/concerns/", "/concerns/", "/records/*/looked/")),
    View("verified", "Nothing was altered", "head", HEAD, ("/concerns/", "/concerns/", "/records/*/verified/")),
    View("proceeding", "A proceeding", "chair of governors", CHAIR, ("/", "/parts/D-")),
    View("desk-investigator", "First page of an investigator", "investigator", INVESTIGATOR, ("/",)),
    View("desk-hr", "First page of HR", "HR lead", HR, ("/",)),
    View("people", "People", "HR lead", HR, ("/people/",)),
    View("desk-dpo", "First page of a data protection officer", "DPO", DPO, ("/",)),
    View("policy", "The policy", "teacher", TEACHER, ("/policy/",)),
    View("what-if", "What would happen if", "DSL", DSL, ("/what-if/",)),
    View("school", "A school", "administrator", ADMINISTRATOR, ("/schools/thv/",)),
    View("desk-administrator", "First page of an administrator", "administrator", ADMINISTRATOR, ("/",)),
]


def password_of_all() -> str:
    """The password that everybody in the demonstration has."""
    command = [sys.executable, "manage.py", "seed_demo", "--accounts", "--json"]
    return json.loads(subprocess.check_output(command, cwd=HOUSE))["password"]


def sign_in(screen: Screen, email: str, password: str) -> Page:
    """Somebody at a screen of their own, signed in."""
    page = screen.page
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")
    return page


def go(page: Page, way: tuple[str, ...]) -> bool:
    """Come to a page as people do: open the first address, then follow the links, if they are there."""
    visit(page, way[0])
    for start in way[1:]:
        first, _, last = start.partition("*")
        link = page.locator(f'main a[href^="{first}"][href$="{last}"]' if last else f'main a[href^="{first}"]').first
        if not link.count():
            return False
        page.goto(link.get_attribute("href"))
    return True


def take(screen: Screen, view: View) -> None:
    """Take one page in every way there is."""
    page = screen.page
    if not go(page, view.way):
        print(f"{view.title}: the demonstration has none for: {view.who}")
        return
    for name, (size, media, highest, width) in WAYS.items():
        page.set_viewport_size(size)
        page.emulate_media(**LIGHT | media)
        screen.settles()
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(whole, highest)}
        keep(page.screenshot(clip=clip, full_page=True), f"{view.name}-{name}", width=width)
    page.emulate_media(**LIGHT)


def keep(taken: bytes, name: str, *, width: int) -> None:
    """Write a picture, small enough to be kept: at most this many pixels wide."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    picture.thumbnail((width, picture.height), Image.Resampling.LANCZOS)
    picture.save(FOLDER / f"{name}.webp", quality=42, method=6)


def of_screens(browser: Browser, address: str, password: str) -> str:
    """Take every page; the reference of the case that was taken."""
    case = ""
    for email in dict.fromkeys(view.email for view in VIEWS):
        screen = Screen(browser, address, size=DESK)
        page = sign_in(screen, email, password)
        for view in VIEWS:
            if view.email == email:
                take(screen, view)
                case = page.url.rstrip("/").rpartition("/")[2] if view.name == "case" else case
        screen.closes()
    return case


def of_paper(case: str) -> None:
    """Print the case file of a case for its head, and keep its first page and its chronology side by side."""
    with TemporaryDirectory() as folder:
        file = f"{folder}/case.pdf"
        asked = ["--audience", "full", "--purpose", "For the hearing.", "--by", HEAD, "--out", file]
        command = [sys.executable, "manage.py", "print_case_file", case, *asked]
        subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["pdftoppm", "-r", "70", "-png", "-l", "4", file, f"{folder}/page"], check=True)
        pages = [Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("page-*.png"))]
        chosen = [pages[0], pages[-1]]
        both = Image.new("RGB", (sum(one.width for one in chosen) + 24, chosen[0].height), "#9aa")
        both.paste(chosen[0], (0, 0))
        both.paste(chosen[1], (chosen[0].width + 24, 0))
        both.save(FOLDER / "case-file.webp", quality=60, method=6)


def page_of_all() -> str:
    """The page that shows them all."""
    lines = [
        "# Daybook in pictures",
        "",
        "Made by `./daybook pictures` from the demonstration, in which everybody and everything is invented.",
        "Long pages are cut.",
        "",
        "| page | on a phone | at a desk | on paper |",
        "|---|---|---|---|",
    ]
    for view in (view for view in VIEWS if (FOLDER / f"{view.name}-desk.webp").exists()):
        phones, desks = (_pair(view, name) for name in ("phone", "desk"))
        lines.append(f"| {view.title} (seen by: {view.who}) | {phones} | {desks} | {_shown(view, 'paper')} |")
    return "\n".join([*lines, "", "![Two pages of a case file](case-file.webp)", ""])


def _pair(view: View, name: str) -> str:
    return f"{_shown(view, name)} {_shown(view, f'{name}-dark')}"


def _shown(view: View, name: str) -> str:
    return f"![{view.title}, {name.replace('-', ', ')}]({view.name}-{name}.webp)"


def main() -> None:
    """Everything anew: what is no longer taken is gone."""
    for old in FOLDER.glob("*.[pw][ne][gb]*"):
        old.unlink()
    with Server() as server, chromium() as browser:
        case = of_screens(browser, f"http://{HOST}:{server.port}", password_of_all())
    of_paper(case)
    (FOLDER / "README.md").write_text(page_of_all())
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{len(list(FOLDER.iterdir()))} files in {FOLDER.relative_to(HOUSE)}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
