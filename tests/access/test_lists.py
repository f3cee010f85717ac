"""Lists and records cost the same number of questions to the database for one row as for three."""

import pytest

from casework.workflow import parts
from incidents.workflow import reporting, triage
from schools.models import Looked
from tests import states
from tests.access.browsing import LONG_AGO, address, browser, sought
from tests.bench.measure import questions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
MOST_ON_A_PAGE = 17
MOST_QUESTIONS = 10
LISTS = [
    "/concerns/",
    "/takedowns/",
    "/cases/",
    "/proceedings/",
    "/people/",
    "/papers/",
    "/my-reports/",
]
DOWNLOADS = [f"{path}download/" for path in LISTS[:6]]
OTHERS = ["/", "/schools/oakfield/", "/trusts/oak/"]
OVER_API = [f"/api/v1/{plural}/" for plural in ("concerns", "takedowns", "cases", "parts", "papers")]


def one_more(cast, number: int) -> None:
    """One more of all that is listed: a report, a concern with a takedown, a case with a proceeding, a copy."""
    at = cast.now - LONG_AGO + number * states.DAY
    states.reported(cast, at=at, by=cast.harriet)
    concern = states.answered(cast, at=at)
    states.requested(cast, at=at, concern=concern)
    proceeding = states.begun(cast, at=at, case=states.opened(concern, cast, at=at))
    part = states.part(cast, at=at, case=proceeding.part.case)
    parts.write_note(part, by=cast.dee, at=at + states.DAY, text="About a child.")
    states.asked_for(cast, at=at, subject=part)


def test_lists_cost_the_same_for_one_row_as_for_three(cast):
    client, counts = browser(cast.harriet), {}
    found = sought(client, "child")
    for number in range(3):
        one_more(cast, number)
        for path in [*LISTS, found, *DOWNLOADS, *OTHERS, *OVER_API]:
            Looked.objects.all().delete()  # which would count as downloads of the day
            client.get(path)
            counts.setdefault(path, []).append(len(questions_of(lambda path=path: client.get(path))))
    assert {path: found for path, found in counts.items() if found[0] != found[2]} == {}
    assert {path: found for path, found in counts.items() if path not in OTHERS and found[0] > MOST_QUESTIONS} == {}


@pytest.mark.parametrize("kind", ["concern", "case", "part"])
def test_a_record_costs_the_same_for_one_item_as_for_three(cast, kind):
    at = cast.now - LONG_AGO
    concern = states.answered(cast, at=at)
    case = states.opened(concern, cast, at=at)
    thing = {"concern": concern, "case": case, "part": states.part(cast, at=at, case=case)}[kind]
    client, counts = browser(cast.dee), []
    for number in range(3):
        more(cast, concern, case, at=at + (number + 1) * states.DAY)
        client.get(address(thing))
        counts.append(len(questions_of(lambda: client.get(address(thing)))))
    assert counts[0] == counts[2], counts
    assert counts[2] <= MOST_ON_A_PAGE


def more(cast, concern, case, *, at):
    """One more link, file, decision, part and note."""
    reporting.add_link(concern, by=cast.dee, at=at, links=[states.POST])
    reporting.add_evidence(concern, by=cast.dee, at=at, files=[states.upload(cast.dee)], how_seen="public")
    triage.record_decision(concern, by=cast.dee, at=at, question="police", answer="no", reason="No offence.")
    reporting.name_person(concern, by=cast.dee, at=at, people=[states.PUPIL])
    for part in case.parts.all():
        parts.write_note(part, by=cast.dee, at=at, text="Again.")
        parts.offer_support(part, by=cast.dee, at=at, answer="accepted", text="Time.")
