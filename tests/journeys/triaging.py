"""Dee, the safeguarding lead, reads and triages; Harriet, the head, answers the threshold question and opens a case."""

from datetime import date

from tests.journeys.somebody import in_one_line, in_order
from tests.journeys.story import Story, last_part


class Reading:
    """Dee finds the report on her desk and is the first to read it."""

    def __init__(self, story: Story):
        self.story, self.dee, self.tom = story, story.people["dee"], story.people["tom"]

    def given_it_waits_on_her_desk_without_a_name(self):
        self.dee.opens("/")
        unread = in_one_line(self.dee.section("Not read yet 1").inner_text())
        assert f"Read {self.story.concern} Confidential or internal information given out" in unread
        self.dee.misses("Sam Field", "rota")

    def when_she_finds_and_opens_it(self):
        self.dee.opens("/")
        self.dee.follows(f"Read {self.story.concern}")
        self.dee.presses("Read this report")

    def when_she_opens_it(self):
        self.dee.follows(f"Read {self.story.concern}")
        self.dee.sees("Nobody has read this report yet")
        self.dee.misses("rota", "Sam Field")
        self.dee.presses("Read this report")

    def then_she_has_the_words_the_link_and_the_file(self):
        self.dee.sees("Dot’s hospital appointment is on it.", "https://pictures.example/p/rota-4711", "sam.f")
        self.dee.sees("1 file, kept exactly as received.", "screenshot.png")

    def then_the_reporter_is_shown_that_somebody_has_read_it(self):
        self.tom.opens(f"/my-reports/{self.story.concern}/")
        assert self.tom.main.get_by_role("status").inner_text().endswith("Read.")


class Triaging:
    """Dee sees what follows, says what it is, and tells those who must know."""

    def __init__(self, story: Story):
        self.story, self.dee, self.tom = story, story.people["dee"], story.people["tom"]

    def given_she_is_shown_who_must_know_by_when_and_under_which_paragraph(self):
        self.dee.follows("Triage it")
        assert_each(self.dee.list_under("Who needs to know now"), self.story.matter.told)

    def given_she_is_shown_the_times_of_the_law(self):
        assert_each(self.dee.list_under("Times fixed by the law"), self.story.matter.clocks)

    def given_she_is_shown_whose_question_it_is_and_what_may_be_charged(self):
        self.dee.sees("Harriet Lowe answers it, after consulting Dee Marsh.")
        self.dee.unfolds("What your policy says")
        matter = self.story.matter
        self.dee.sees(f"version {matter.version}, was in force when this was reported.", "Review overdue")
        assert_each(self.dee.list_under("Paragraphs that can be charged"), [(each,) for each in matter.may])
        assert_each(self.dee.list_under("Paragraphs that cannot be charged"), [(each,) for each in matter.may_not])

    def given_she_is_shown_what_the_policy_says_of_removal_and_governors(self):
        self.dee.sees(self.story.matter.removal, self.story.matter.governors)

    def when_she_says_what_it_is_and_why(self):
        self.dee.answers("Why?", "It shows a colleague’s medical appointment to everybody.")
        self.dee.presses("Triage")

    def then_the_question_is_the_heads_and_nobody_elses(self):
        self.dee.sees("Triaged", "Answer the threshold question")
        assert self.dee.main.get_by_role("link", name="Answer the threshold question").count() == 0

    def then_the_reporter_is_shown_that_it_is_being_dealt_with(self):
        self.tom.opens(f"/my-reports/{self.story.concern}/")
        assert self.tom.main.get_by_role("status").inner_text().endswith("Being dealt with.")

    def when_she_records_that_the_head_was_told(self):
        self.dee.follows_the_one_about("below, and record when")
        self.dee.answers("Who has been told?", f"Harriet Lowe, {self.story.matter.head}")
        self.dee.answers("When?", self.dee.just_now())
        self.dee.presses("Record that someone has been told")

    def then_it_says_so(self):
        (head,) = [one for one in self.dee.list_under("Who needs to know now") if one.startswith("Harriet Lowe")]
        assert in_order(head, "Told", "Mon 23 Nov 2026, 0")


class Deciding:
    """Harriet answers what only she may, and opens a case with a part for each person."""

    def __init__(self, story: Story):
        self.story, self.harriet = story, story.people["harriet"]

    def given_the_question_waits_on_her_desk(self):
        self.harriet.opens("/")
        waiting = in_one_line(self.harriet.section("Decisions waiting for you 2").inner_text())
        assert f"Answer the threshold question {self.story.concern}" in waiting
        assert f"Confirm or lift a conflict of interest {self.story.concern}" in waiting

    def when_she_answers_the_threshold_question_with_dee_consulted(self):
        self.harriet.follows(f"Answer the threshold question {self.story.concern}")
        self.harriet.answers(
            "Could this have harmed a child, be an offence to do with a child, suggest a risk to children, "
            "or raise doubt about working with children?",
            "Low-level concern",
        )
        self.harriet.answers("Which safeguarding lead did you consult?", "Dee Marsh")
        self.harriet.answers("Why?", "No child is on the picture, and none came to harm.")
        self.harriet.presses("Answer the threshold question")

    def then_the_decision_is_on_record(self):
        decided = in_one_line(self.harriet.section("Decisions").inner_text())
        assert "Low-level concern, Harriet Lowe, Mon 23 Nov 2026, 0" in decided
        assert "Dee Marsh was consulted" in decided

    def when_she_confirms_who_is_kept_out(self):
        for name in ("Sam Field", "Pat Field"):
            self.harriet.follows_the_one_about("Confirm or lift the conflict of interest")
            self.harriet.chooses_the_one_about("About whom?", name)
            self.harriet.answers("Confirm or lift it?", "Confirm")
            self.harriet.answers("Why?", "So it is.")
            self.harriet.presses("Confirm or lift a conflict of interest")

    def when_she_records_what_else_the_policy_wants_on_record(self):
        for step, question, answer in self.story.matter.on_record:
            self.harriet.follows(step)
            self.harriet.answers("Which question?", question)
            self.harriet.answers("Answer", answer)
            self.harriet.answers("Why?", "She was asked this morning, and has a name to ring.")
            self.harriet.presses("Record a decision")

    def when_she_opens_a_case(self):
        self.harriet.presses("Open a case")
        self.story.case = last_part(self.harriet.path)
        assert self.harriet.path == f"/cases/{self.story.case}/"

    def when_she_opens_a_part_for_the_person_harmed(self):
        self.story.support = self._opens_part("Support", "Dot Evans", last_incident_on=date(2026, 11, 20))

    def when_she_opens_a_part_for_the_person_it_is_about(self):
        self.story.conduct = self._opens_part("Staff conduct", "Sam Field")

    def _opens_part(self, lane: str, about: str, **more) -> str:
        self.harriet.opens(f"/cases/{self.story.case}/")
        self.harriet.follows("Open a part" if self.story.support else "Open its first part")
        self.harriet.answers("Which part?", lane)
        self.harriet.chooses_the_one_about("About whom, from the directory?", about)
        if more:
            self.harriet.answers("When was the last post, comment or message?", more["last_incident_on"])
        self.harriet.presses("Open a part")
        self.harriet.opens(f"/cases/{self.story.case}/")
        link = self.harriet.card(lane).get_by_role("link", name=lane, exact=True)
        return last_part(link.get_attribute("href"))

    def then_the_case_shows_both_with_until_when_each_is_kept(self):
        # Abuse of staff: six years from the last post, of Friday 20 November 2026.
        self.harriet.opens(f"/cases/{self.story.case}/")
        assert self.harriet.fact("Keep until", inside=self.harriet.card("Support")).startswith("Sat 20 Nov 2032")
        kept = self.harriet.fact("Keep until", inside=self.harriet.card("Staff conduct"))
        assert kept.startswith("No date yet")


def assert_each(found: list[str], wanted) -> None:
    """Each item of a list says all that is wanted of it, in order, and there is no other item."""
    assert len(found) == len(wanted), found
    for item, parts in zip(found, wanted, strict=True):
        assert in_order(item, *parts), (item, parts)
