"""The plainest case there is, a parent's rude comment that gets a reply: how many answers it takes from end to end."""

import pytest

from incidents.models import Concern
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
AT_MOST = {"report": 8, "triage": 4, "closing": 3}


def test_a_rude_comment_takes_few_answers(people, capsys):
    tom = people.sign_in("tom", size=PHONE)
    tom.follows("I saw something online")
    tom.follows("Someone attacking the school or the trust")
    tom.answers("Tell us in your own words", "A mother writes that we are all useless, because of the trip.")
    tom.answers("Is anyone at risk now?", "No")
    tom.presses("Add a place")
    tom.answers("Where was it?", "Facebook", inside=tom.row("Place 1"))
    tom.answers("Account or group name", "Friends of Oakfield", inside=tom.row("Place 1"))
    tom.presses("Send this report")
    dee = people.sign_in("dee")
    dee.follows_the_one_about(Concern.objects.get().ref)
    dee.presses("Read this report")
    dee.follows("Triage it")
    dee.answers("Which procedures is it run under?", "Complaints")
    dee.answers("Why?", "A parent is cross. There is no threat, and nobody is named.")
    dee.presses("Triage")
    triaged = dee.answered
    dee.sees("Triaged")
    dee.presses("Finish without a case")
    dee.answers("How does it end?", "Reply to them or meet them")
    dee.answers("Because", "The head has asked her in for a talk.")
    dee.presses("Finish without a case")
    dee.sees("Finished", "Reply to them or meet them")
    # The plain answer to what happened is the first of the reporter's.
    needed = {"report": 1 + tom.answered, "triage": triaged, "closing": dee.answered - triaged}
    with capsys.disabled():
        print(f"\nAnswers in the plainest case: {needed}, of at most {AT_MOST}")
    assert all(needed[stage] <= most for stage, most in AT_MOST.items())
    # Nothing that the facts did not open was asked.
    assert Concern.objects.get().threshold == ""
