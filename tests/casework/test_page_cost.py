"""What the pages of one record cost: the same number of questions for four lines of history as for two hundred."""

import pytest
from django.db import transaction

from schools import ledger
from tests import states
from tests.access.browsing import LONG_AGO, address, asked, browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def pages(cast) -> dict:
    """A concern not in a case, one in a case with a takedown, its case, and two parts of it, one a proceeding."""
    at = cast.now - LONG_AGO
    concern = states.answered(cast, at=at)
    states.requested(cast, at=at, concern=concern)
    case = states.opened(concern, cast, at=at)
    proceeding = states.begun(cast, at=at, case=case)
    part = states.part(cast, at=at, case=case)
    alone = states.triaged(cast, at=at)
    return {"alone": alone, "concern": concern, "case": case, "part": part, "conduct": proceeding.part}


def lines(things, count: int, *, at, by) -> None:
    """That many more lines in the history of each record."""
    with transaction.atomic():
        for thing in things:
            for _ in range(count):
                ledger.record("note.written", thing.record, by=by, at=at)


def test_the_pages_of_a_record_cost_the_same_for_four_lines_as_for_two_hundred(cast, pages):
    client = browser(cast.harriet)

    def costs() -> dict[str, int]:
        for thing in pages.values():
            client.get(address(thing))
        return {name: len(asked(lambda thing=thing: client.get(address(thing)))) for name, thing in pages.items()}

    few = costs()
    records = [pages[name] for name in ("alone", "concern", "part", "conduct")]
    lines(records, 200, at=cast.now - LONG_AGO + states.DAY, by=cast.dee)
    assert costs() == few
    most = {"alone": 15, "concern": 17, "case": 17, "part": 13, "conduct": 16}
    assert {name: few[name] for name in most if few[name] > most[name]} == {}


@pytest.mark.parametrize(("who", "most"), [("dee", 19), ("harriet", 26), ("hugh", 14), ("tom", 6)])
def test_the_desk_asks_few_questions(cast, pages, who, most):
    client = browser(getattr(cast, who))
    client.get("/")
    assert len(asked(lambda: client.get("/"))) <= most
