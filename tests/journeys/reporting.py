"""Tom, who teaches history, reports on his telephone what a colleague put online."""

from tests.journeys.browser import PHONE
from tests.journeys.story import Story, last_part, winter

SAID = "Sam put a picture of the staffroom rota online. Dot’s hospital appointment is on it."
ADDRESS = "https://pictures.example/p/rota-4711"
SEEN_AT = winter(11, 22, 21, 30)  # the Sunday evening before


class Reporting:
    """From "I saw something online" to the receipt."""

    def __init__(self, story: Story):
        self.story = story
        self.tom = story.people.sign_in("tom", size=PHONE)

    def given_he_is_told_whom_to_ring_before_anything_else(self):
        self.tom.sees("Report something", "If it cannot wait, ring now", "Dee Marsh")

    def when_he_says_what_happened(self):
        self.tom.follows("I saw something online")
        self.tom.follows(self.story.matter.choice)
        self.tom.answers("Tell us in your own words", SAID)
        self.tom.answers("Is anyone at risk now?", "No")
        self.tom.answers("How did you come to see it?", "It was public")
        self.tom.answers("When did you see it?", SEEN_AT)

    def when_he_names_whom_it_is_about_and_who_was_harmed(self):
        self.tom.presses("Add a person")
        self._names("Person 1", "Sam Field", "staff", "the person this is about")
        for number, (name, kind, part) in enumerate(self.story.matter.others, 2):
            self.tom.presses("Add another person")
            self._names(f"Person {number}", name, kind, part)

    def _names(self, row: str, name: str, kind: str, part: str):
        for question, answer in (
            ("Name", name),
            ("What are they to the school?", kind),
            ("What is their part in it?", part),
        ):
            self.tom.answers(question, answer, inside=self.tom.row(row))

    def when_he_gives_the_link(self):
        self.tom.presses("Add a place")
        place = self.tom.row("Place 1")
        self.tom.answers("Where was it?", "Instagram", inside=place)
        self.tom.answers("Link to the post or page", ADDRESS, inside=place)
        self.tom.answers("Account or group name", "sam.f", inside=place)

    def when_he_adds_the_screenshot_and_sends(self):
        self.tom.answers("Screenshots or other files", self.story.screenshot)
        self.tom.presses("Send this report")

    def then_the_receipt_says_that_nobody_has_read_it(self):
        self.story.concern = last_part(self.tom.path)
        assert self.tom.path == f"/my-reports/{self.story.concern}/"
        self.tom.sees("Sent Mon 23 Nov 2026, 08:", "Not read yet.", "If it cannot wait, ring Dee Marsh")

    def then_he_is_asked_to_delete_his_own_copy(self):
        self.tom.sees("We have your 1 file.", "Delete your own copy now", SAID)

    def then_it_stands_among_his_reports_with_its_stage_and_nothing_else(self):
        self.tom.opens("/my-reports/")
        self.tom.sees(self.story.concern, "Not read yet")
        self.tom.misses("rota", "Instagram", "Sam Field")

    def then_he_may_not_open_the_record_itself(self):
        assert self.tom.opens(f"/concerns/{self.story.concern}/") == 404
