"""A record at its worst on a telephone: names of sixty letters, two hundred lines of history, forty files.

Nothing scrolls sideways, nothing is cut off, and everything that is pressed is large enough for a thumb that shakes.
"""

import pytest
from django.db import transaction

from schools import ledger
from tests import states
from tests.journeys.browser import PHONE, barriers, too_wide, visit
from tests.journeys.test_every_page import UNFOLD

pytestmark = pytest.mark.django_db(transaction=True)
UNBROKEN = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
NAME = "Maximiliana-Theodora Featherstonehaugh Cholmondeley-Majoriba"
FILE = f"{UNBROKEN.lower()}_2026-11-20.png"
FILES, LINES = 40, 200
# Words whose box hides a part of them.
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && one.childElementCount === 0 && one.textContent.trim())
  .filter((one) => getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
  .filter((one) => !one.closest(".govuk-visually-hidden"))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def crowded(cast):
    """A concern, its case and a proceeding about Sam, with every name and number at its longest."""
    assert len(NAME) == len(UNBROKEN) == 60
    at = cast.now - 30 * states.DAY
    with transaction.atomic():
        for row, new in (
            (cast.sam.person, {"name": NAME, "job_title": UNBROKEN}),
            (cast.dee.person, {"name": UNBROKEN}),
            (cast.harriet.person, {"name": NAME[::-1].capitalize(), "job_title": NAME}),
            (cast.oakfield, {"name": NAME}),
        ):
            vars(row).update(new)
            ledger.record("person.added", cast.oakfield.record, row, by=cast.ada, at=at)
    files = [states.upload(cast.tom, f"{number}-{FILE}") for number in range(FILES)]
    outsider = {"name": UNBROKEN[::-1].capitalize(), "kind": "parent", "part": "author"}
    place = {"platform": "Facebook", "url": f"https://facebook.example/{UNBROKEN * 3}", "handle": UNBROKEN}
    people = (states.SAM | {"name": NAME}, states.DOT, outsider)
    concern = states.answered(cast, at=at, files=files, people=people, links=[place])
    takedown = states.requested(cast, at=at, concern=concern)
    proceeding = states.begun(cast, at=at, case=states.opened(concern, cast, at=at))
    with transaction.atomic():
        for record in (concern.record, proceeding.record):
            for _ in range(LINES):
                ledger.record("note.written", record, by=cast.dee, at=cast.now - states.DAY)
    return {"concern": concern, "takedown": takedown, "proceeding": proceeding}


def wrong_with(screen, path: str) -> list[str]:
    """What is wrong with a page on a telephone, with everything that is folded away unfolded."""
    visit(screen.page, path)
    screen.settles()
    screen.page.evaluate(UNFOLD)
    found = [f"answered {screen.status}"] if screen.status != 200 else []
    found += [f"too wide: {one}" for one in too_wide(screen.page)]
    found += [f"cut off: {one}" for one in screen.page.evaluate(CUT)]
    found += [f"too small: {one}" for one in barriers(screen.page, only=["target-size"])]
    return [f"{path}: {one}" for one in found]


def test_nothing_is_cut_off_however_long_and_many(people, crowded):
    concern, takedown, part = crowded["concern"], crowded["takedown"], crowded["proceeding"].part
    harriet, dee = (people.recognised(name).screen for name in ("harriet", "dee"))
    opened = [
        (harriet, "/"),
        (harriet, "/people/"),
        (harriet, "/schools/oakfield/"),
        (harriet, f"/concerns/{concern.ref}/"),
        (harriet, f"/concerns/{concern.ref}/?kind=notes"),
        (harriet, f"/cases/{part.case.ref}/"),
        (harriet, f"/parts/{part.ref}/"),
        (dee, "/"),
        (dee, "/concerns/"),
        (dee, "/takedowns/"),
        (dee, "/search/#child"),
        (dee, f"/concerns/{concern.ref}/record-decision/"),
        (dee, f"/concerns/{concern.ref}/name-person/"),
        (dee, f"/takedowns/{takedown.ref}/"),
        (dee, f"/records/{concern.ref}/history/1/"),
        (harriet, f"/records/{concern.ref}/looked/"),
    ]
    for screen in (harriet, dee):
        screen.page.set_viewport_size(PHONE)
    found = [one for screen, path in opened for one in wrong_with(screen, path)]
    assert found == [], "\n".join(found)


def test_the_files_and_lines_are_all_there(people, crowded):
    harriet = people.recognised("harriet")
    harriet.opens(f"/concerns/{crowded['concern'].ref}/")
    assert harriet.page.locator(".daybook-kept__one").count() == FILES
    assert harriet.page.locator(".daybook-history__line").count() >= LINES
