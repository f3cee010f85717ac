"""A picture is taken down: the platform is asked, answers, and somebody looks whether it is gone.

We chase after two working days and look again after thirty days, both our suggestion.
"""

from tests.journeys.somebody import in_order
from tests.journeys.story import Story, last_part, winter


class TakingDown:
    """Dee asks the platform; Sam, whom it is about, hears nothing of it from here."""

    def __init__(self, story: Story):
        self.story, self.dee = story, story.people["dee"]

    def when_she_asks_the_platform(self):
        self.dee.opens(f"/concerns/{self.story.concern}/")
        self.dee.follows("Request a takedown")
        self.dee.chooses_the_one_about("Which copy?", "Instagram: https://pictures.example/p/rota-4711")
        self.dee.answers("Who is asked?", "The platform")
        self.dee.answers("What was asked?", "Please remove a picture of somebody’s hospital appointment.")
        self.dee.presses("Request a takedown")
        self.story.takedown = last_part(self.dee.path)
        assert self.dee.path == f"/takedowns/{self.story.takedown}/"

    def then_it_says_when_to_chase(self):
        # Asked on Monday 23 November; two working days: Tuesday 24, Wednesday 25.
        assert self.dee.fact("Now") == "Asked; no answer yet"
        assert in_order(self.dee.fact("Chase it"), "by the end of", "Wed 25 Nov 2026", "our suggestion")
        self.dee.sees(self.story.matter.removal)

    def when_the_platform_says_the_next_day_that_it_is_gone(self):
        self.story.time_comes(winter(11, 24, 9))
        self.dee.opens(f"/takedowns/{self.story.takedown}/")
        self.dee.follows("Log a reply")
        self.dee.answers("What did they say?", "They say it is gone")
        self.dee.answers("When?", winter(11, 24, 8, 40))
        self.dee.answers("What came back?", "We have removed the picture.")
        self.dee.presses("Log a reply")

    def then_it_is_not_taken_for_gone_until_somebody_has_looked(self):
        assert self.dee.fact("Now") == "Asked; no answer yet"
        self.dee.sees("We have removed the picture.")

    def when_she_has_looked_herself(self):
        self.dee.follows("Confirm removal")
        self.dee.answers("When did you look?", winter(11, 24, 8, 50))
        self.dee.answers("What did you see?", "The page is empty.")
        self.dee.presses("Confirm removal")

    def then_it_is_gone_and_looked_at_again_in_thirty_days(self):
        # Six days of November are left after the 24th, and twenty-four of December make thirty.
        assert self.dee.fact("Now") == "Gone"
        assert self.dee.fact("Gone since") == "Tue 24 Nov 2026, 08:50"
        assert in_order(self.dee.fact("Look again"), "by the end of", "Thu 24 Dec 2026", "our suggestion")
