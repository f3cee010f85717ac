"""A plain proceeding about Sam: Hugh runs it, Ivan investigates, Harriet hears it and decides.

Our suggestions, in working days: twenty for the investigation, ten of notice for a hearing, the papers three before it,
five from it for the letter, ten from the letter for an appeal.
"""

from schools.policy import taxonomy
from tests.journeys.somebody import in_order
from tests.journeys.story import Story, winter

ALLEGED = "That on 20 November 2026 he put online a picture on which a colleague’s hospital appointment can be read."


class Beginning:
    """Hugh, who leads on personnel for the trust, finds the one part that is his and begins."""

    def __init__(self, story: Story):
        self.story, self.hugh = story, story.people["hugh"]

    def given_he_sees_the_case_and_in_it_the_conduct_part_alone(self):
        self.hugh.opens("/cases/")
        self.hugh.follows(self.story.case)
        self.hugh.sees("Staff conduct", "None of them is yours to read.")
        self.hugh.misses(self.story.support, self.story.concern, self.story.takedown, "hospital", "Dot Evans")

    def given_nothing_else_of_it_exists_for_him(self):
        for kind, ref in (("concerns", self.story.concern), ("parts", self.story.support)):
            assert self.hugh.opens(f"/{kind}/{ref}/") == 404
        assert self.hugh.opens(f"/takedowns/{self.story.takedown}/") == 404
        self.hugh.opens("/concerns/")
        self.hugh.sees("No concern to show")

    def when_he_begins_with_ivan_and_harriet(self):
        self.hugh.opens(f"/parts/{self.story.conduct}/")
        self.hugh.presses("Begin a proceeding")
        allegation = self.hugh.row("Allegation 1")
        self.hugh.chooses_the_one_about("Under which paragraph?", self.story.matter.as_chosen, inside=allegation)
        self.hugh.answers("What is alleged, in neutral words?", ALLEGED, inside=allegation)
        self.hugh.chooses_the_one_about("Who investigates?", "Ivan Petrov")
        self.hugh.chooses_the_one_about("Who hears it and decides?", "Harriet Lowe")
        for question in taxonomy().protected_speech_check.questions.values():
            self.hugh.answers(question, "No")
        self.hugh.answers("Why?", "A colleague’s appointment is nobody’s belief and no disclosure.")
        self.hugh.presses("Begin a proceeding")

    def then_nothing_has_been_decided_and_ivan_has_twenty_days(self, *, until: str = "Tue 22 Dec 2026"):
        # From Tuesday 24 November: 25, 26, 27; then four weeks of five less the last three days of the fourth:
        # 30 November to 4 December (8), 7 to 11 (13), 14 to 18 (18), Monday 21 and Tuesday 22 December (20).
        self.hugh.sees("Nothing has been decided.", ALLEGED, *self.story.matter.charge)
        assert in_order(self.hugh.fact("Investigates"), "Ivan Petrov", "by the end of", until)
        assert self.hugh.fact("Hears it and decides") == "Harriet Lowe"


class Investigating:
    """Ivan, of another school, sees this part and nothing else, and records what he found."""

    def __init__(self, story: Story):
        self.story, self.ivan = story, story.people["ivan"]

    def given_it_is_all_that_waits_for_him(self):
        self.ivan.opens("/")
        self.ivan.sees("1 thing")
        self.ivan.follows_the_one_about(self.story.conduct)
        self.ivan.sees(ALLEGED)
        assert self.ivan.opens(f"/concerns/{self.story.concern}/") == 404
        assert self.ivan.opens(f"/parts/{self.story.support}/") == 404

    def when_he_records_the_investigation(self):
        self.story.time_comes(winter(12, 4, 14))
        self.ivan.opens(f"/parts/{self.story.conduct}/")
        self.ivan.follows("Record the investigation")
        self.ivan.answers("When was it finished?", winter(12, 4, 12))
        self.ivan.answers("What are the facts?", "He put it online and did not see the appointment.")
        self.ivan.presses("Record the investigation")

    def then_the_next_step_is_a_hearing(self):
        self.ivan.sees("Investigation finished", "Arrange the hearing")


class Hearing:
    """Hugh gives notice and keeps the record of the hearing."""

    def __init__(self, story: Story):
        self.story, self.hugh = story, story.people["hugh"]

    def when_he_gives_notice_for_a_day_too_soon(self):
        self.story.time_comes(winter(12, 7, 9))
        self.hugh.opens(f"/parts/{self.story.conduct}/")
        self.hugh.follows("Arrange the hearing")
        self.hugh.answers("When was notice given?", winter(12, 7, 8, 30))
        self.hugh.answers("When is the hearing?", winter(12, 21, 10))
        self.hugh.answers("Does the notice state the right to be accompanied?", "Yes")
        self.hugh.presses("Arrange the hearing")

    def then_he_is_told_from_when_on_it_may_be(self):
        # Ten working days after Monday 7 December: 8 to 11 (4), 14 to 18 (9), Monday 21 (10).
        assert self.hugh.screen.status == 409
        self.hugh.sees("The notice is too short: not until after Monday 21 December 2026 without a reason.")

    def when_he_chooses_the_day_after(self):
        self.hugh.answers("When is the hearing?", winter(12, 22, 10))
        self.hugh.presses("Arrange the hearing")

    def then_the_papers_are_due_before_it(self):
        # Three working days before Tuesday 22 December: Monday 21, Friday 18, Thursday 17.
        hearing = self.hugh.fact("Hearing")
        assert in_order(hearing, "Tue 22 Dec 2026, 10:00", "notice given", "Mon 7 Dec 2026, 08:30", "Thu 17 Dec 2026")

    def when_it_was_heard(self):
        self.story.time_comes(winter(12, 22, 14))
        self.hugh.opens(f"/parts/{self.story.conduct}/")
        self.hugh.follows("Hold and record the hearing")
        self.hugh.answers("When was it held?", winter(12, 22, 10))
        self.hugh.answers("Who was there, and what was said?", "All were there, he with a companion. He was sorry.")
        self.hugh.presses("Record the hearing")

    def then_still_nothing_has_been_decided(self):
        self.hugh.sees("Heard; nothing has been decided")


class Outcome:
    """Harriet, who heard it, finds and decides."""

    def __init__(self, story: Story):
        self.story, self.harriet = story, story.people["harriet"]

    def when_she_records_her_finding(self):
        self.story.time_comes(winter(12, 23, 9))
        self.harriet.opens(f"/parts/{self.story.conduct}/")
        self.harriet.follows("Record the findings")
        finding = self.harriet.row("Finding 1")
        charged = f"{self.story.matter.charge[0]}: That on 20 November 2026"
        self.harriet.chooses_the_one_about("Which allegation?", charged, inside=finding)
        self.harriet.answers("What was found?", "Found", inside=finding)
        self.harriet.answers("Why?", "The picture shows it, and he says so.", inside=finding)
        self.harriet.presses("Record the findings")

    def when_she_decides_the_outcome(self):
        self.harriet.follows("Decide the outcome")
        self.harriet.answers("What is the outcome?", "First written warning")
        self.harriet.answers("Why?", "He did not mean to, and put it right at once.")
        self.harriet.presses("Decide the outcome")

    def then_the_letter_and_the_warning_have_their_days_and_an_appeal_has_none_yet(self):
        # Christmas Day, the Monday after it and New Year's Day are left out. The letter, from the hearing on Tuesday 22
        # December: 23, 24, 29, 30, 31 make five.
        assert in_order(self.harriet.fact("Outcome"), "First written warning", "Wed 23 Dec 2026", "He did not mean to")
        assert in_order(self.harriet.fact("Letter"), "Thu 31 Dec 2026")
        assert self.harriet.fact("Appeal") == "its last day is counted from the letter"
        assert self.harriet.fact("The warning counts until") == "Thu 23 Dec 2027"


class Letter:
    """Hugh, who ran it, gives Sam the outcome in writing."""

    def __init__(self, story: Story):
        self.story, self.hugh = story, story.people["hugh"]

    def when_he_records_that_it_was_given(self):
        self.story.time_comes(winter(12, 29, 15))
        self.hugh.opens(f"/parts/{self.story.conduct}/")
        self.hugh.follows("Give the outcome letter")
        self.hugh.answers("When was it given?", winter(12, 29, 14))
        self.hugh.answers("How was it given?", "By hand, with the last day for an appeal.")
        self.hugh.presses("Record that the outcome letter was given")

    def then_the_days_run_from_it(self):
        # From Tuesday 29 December: 30, 31 (2), 4 to 8 January (7), 11, 12, Wednesday 13 (10).
        assert self.hugh.fact("Letter") == "given Tue 29 Dec 2026, 14:00"
        assert in_order(self.hugh.fact("Appeal"), "Wed 13 Jan 2027", "our suggestion")
        assert self.hugh.fact("The warning counts until") == "Wed 29 Dec 2027"
