"""What a plain report costs: how many questions it puts to the two databases."""

import secrets

import pytest

from schools.models import Record
from tests.access.browsing import asked, browser, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_a_plain_report_asks_few_questions_and_each_row_more_at_most_three(cast):
    client = browser(cast.tom)
    plain = {"what": "staff_bullying", "narrative": "A post.", "at_risk": "no"}
    who = {"name": "Somebody", "kind": "external", "part": "author"}
    where = {"platform": "Facebook", "url": "https://posts.example/1"}
    first = plain | {"people": [who], "links": [where]}
    second = plain | {"people": [who], "links": [where] * 2}
    third = plain | {"people": [who, who | {"name": "Kim Lane", "kind": "pupil"}], "links": [where]}

    def cost(answers, key):
        client.get("/my-reports/")
        return len(asked(lambda: send(client, "/schools/oakfield/report/", answers, key=key)))

    cost(first, "warm-it-up")
    one, link, person = cost(first, "first-report"), cost(second, "second-report"), cost(third, "third-report")
    assert Record.objects.filter(kind="concern").count() == 4
    assert one <= 33
    assert link - one <= 3
    assert person - one <= 3


def test_a_plain_report_from_its_page_asks_at_most_thirty_questions(cast):
    client = browser(cast.tom)
    typed = {"narrative": "A post.", "at_risk": "no", "people-count": "1", "links-count": "1"}
    typed |= {"people-0-name": "Sam Field", "people-0-kind": "staff", "people-0-part": "author"}
    typed |= {"links-0-platform": "Facebook", "links-0-url": "https://posts.example/1", "links-0-handle": "one"}

    def send():
        page = client.get("/report/staff_bullying/").content.decode()
        mark = page.split('name="form_mark" value="')[1].split('"')[0]
        given = typed | {"form_token": secrets.token_urlsafe(24), "form_mark": mark}
        sent = []
        questions = asked(lambda: sent.append(client.post("/report/staff_bullying/", given)))
        assert sent[0].status_code == 302
        return len(questions)

    send()
    assert send() <= 30
    assert Record.objects.filter(kind="concern").count() == 2
