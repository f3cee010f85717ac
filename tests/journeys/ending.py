"""Support is offered, parts and case are closed with their days of destruction, and the case file is printed."""

import html
import re
import subprocess
from datetime import date
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import expect

from tests.journeys.somebody import in_one_line, in_order
from tests.journeys.story import Story, winter

FOR = "Grace Adeyemi, chair of governors"
PROMISE = "Will you see that it is locked away, not copied, and destroyed by the day it shows?"
PURPOSE = "To hear an appeal against the warning."


class Closing:
    """Harriet sees to the person harmed, Hugh ends his part, Harriet ends hers and the case."""

    def __init__(self, story: Story):
        self.story, self.harriet, self.hugh = story, story.people["harriet"], story.people["hugh"]

    def given_support_cannot_be_closed_before_it_was_offered(self):
        self.harriet.opens(f"/parts/{self.story.support}/")
        self.harriet.unfolds("Not now, and why")
        self.harriet.sees("Offer support first: that is what this part is for.")

    def when_she_offers_support(self):
        self.harriet.follows("Offer support")
        self.harriet.answers("What did they say?", "Accepted")
        self.harriet.answers("What was offered?", "Time off for the appointment, and the counselling line.")
        self.harriet.answers("When?", winter(11, 24, 15))
        self.harriet.presses("Offer support")
        self.harriet.sees("Accepted", "the counselling line")

    def when_the_last_day_for_an_appeal_is_over_and_each_closes_their_part(self):
        self.when_the_last_day_for_an_appeal_is_over_and_hugh_closes_his_part()
        self._closes(self.harriet, self.story.support, "She is well.", last=date(2026, 11, 20))

    def _closes(self, who, part: str, what: str, *, last: date | None = None):
        who.opens(f"/parts/{part}/")
        who.follows("Close this part")
        if last:
            who.answers("When was the last post, comment, message or reappearance?", last)
        who.answers("What came of it?", what)
        who.presses("Close this part")
        who.sees("Closed", what)

    def when_the_last_day_for_an_appeal_is_over_and_hugh_closes_his_part(self):
        self.story.time_comes(winter(1, 14, 9, year=2027))
        self._closes(self.hugh, self.story.conduct, "A first written warning; no appeal came.")

    def then_it_says_when_it_is_destroyed_and_why(self):
        # Six months from the warning, and not weeded in the twelve that it counts: given on 29 December 2026.
        self.harriet.opens(f"/cases/{self.story.case}/")
        kept = self.harriet.fact("Keep until", inside=self.harriet.card("Staff conduct"))
        assert in_order(kept, "Wed 29 Dec 2027", "taken out of the file and destroyed", "Written warning, level 1")

    def then_each_part_says_when_it_is_destroyed_and_why(self):
        # A first warning is kept six months and not weeded in the twelve that it counts: 29 December 2027.
        # Abuse of staff: six years from the last post, of Friday 20 November 2026.
        self.harriet.opens(f"/cases/{self.story.case}/")
        conduct, support = (
            self.harriet.fact("Keep until", inside=self.harriet.card(name)) for name in ("Staff conduct", "Support")
        )
        assert in_order(conduct, "Wed 29 Dec 2027", "taken out of the file and destroyed", "Written warning, level 1")
        assert in_order(support, "Sat 20 Nov 2032", "destroyed", "6 years from 20 November 2026")

    def when_she_closes_the_case(self):
        self.harriet.follows("Close the case")
        self.harriet.presses("Close the case")

    def then_it_is_closed(self):
        self.harriet.sees("Closed")

    def then_it_is_closed_and_the_look_at_the_post_is_overdue(self):
        # Due on Thursday 24 December; this is Thursday 14 January.
        self.harriet.sees("Closed")
        self.harriet.opens("/")
        waiting = in_one_line(self.harriet.section("Overdue 1").inner_text())
        assert f"Look whether it is still gone {self.story.takedown}" in waiting


class Printing:
    """Harriet asks for the case file, waits for it, fetches it and opens it."""

    def __init__(self, story: Story, folder: Path):
        self.story, self.harriet, self.folder = story, story.people["harriet"], folder

    def when_she_asks_for_the_case_file(self, *, kind: str = "Everything I may read and print"):
        self.harriet.opens(f"/cases/{self.story.case}/")
        self.harriet.follows("Print the case file")
        lanes = (("Support", self.story.support), ("Staff conduct", self.story.conduct))
        parts = {f"{lane} {ref}" for lane, ref in lanes if ref}
        concern, *others = self.harriet.list_under("What goes in")
        assert (concern, set(others)) == (f"Concern {self.story.concern}", parts)
        self.harriet.answers("Who is it for?", FOR)
        self.harriet.answers("What do they need it for?", PURPOSE)
        self.harriet.answers("What kind of copy?", kind)
        self.harriet.answers(
            "On what legal ground may they have it?",
            "The employer's duties and legitimate interests: UK GDPR Article 6(1)(b) and (f)",
        )
        self.harriet.presses("Print the case file")

    def then_she_sees_that_it_is_being_made(self):
        self.harriet.sees("The copy is being made.")
        expect(self.harriet.page.get_by_role("progressbar", name="The copy is being made")).to_be_visible()

    def when_it_has_been_made(self):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    def then_the_page_says_so_by_itself(self):
        self.harriet.sees("The copy is ready.")
        self.harriet.screen.holds()

    def when_she_fetches_it(self):
        self.harriet.presses("Fetch the copy")
        self.harriet.answers(PROMISE, "Yes")
        with self.harriet.page.expect_download() as download:
            self.harriet.main.get_by_role("button", name="Fetch the copy", exact=True).click()
        self.copy = self.folder / download.value.suggested_filename
        download.value.save_as(self.copy)

    def then_it_names_the_case_and_its_reader_and_tells_the_story(self):
        self._prints(self.story.concern, "First written warning", "6.h", "Harriet Lowe")

    def then_it_says_who_acted_and_what_is_charged_under_which_policy(self):
        matter = self.story.matter
        self._prints(f"version {matter.version}", f"overdue since {matter.overdue}")
        self._prints("Keeping children safe in education 2026", *matter.charge)
        self._prints("Dee Marsh", "Harriet Lowe", "Hugh Bannerman", "Ivan Petrov")

    def then_it_tells_the_procedure_from_notice_to_letter(self):
        self._prints("Hearing on", "22 December 2026", "First written warning", "It counts until 29 December 2027")
        self._prints("The outcome letter was given", "By hand, with the last day for an appeal.", "13 January 2027")

    def then_it_masks_whoever_only_reported_it(self):
        assert self.story.people.cast.tom.person.name not in self._said()

    def _said(self) -> str:
        words = subprocess.run(["pdftotext", self.copy, "-"], check=True, capture_output=True, text=True).stdout
        return in_one_line(words)

    def _prints(self, *wanted: str):
        said = self._said()
        assert [each for each in (self.story.case, FOR, PURPOSE, *wanted) if each not in said] == []

    def then_the_history_says_who_fetched_it(self):
        self.harriet.opens(f"/papers/{self.copy.stem}/")
        self.harriet.sees("Copy fetched by Harriet Lowe", FOR)


class Unseen:
    """Sam, whom it is about, and Pat, his partner, in every place where something of it could stand."""

    def __init__(self, story: Story, name: str):
        self.story, self.who = story, story.people[name]
        self.addresses = [
            f"/concerns/{story.concern}/",
            f"/takedowns/{story.takedown}/",
            f"/cases/{story.case}/",
            f"/parts/{story.support}/",
            f"/parts/{story.conduct}/",
        ]
        self.known = [address.split("/")[2] for address in self.addresses]

    def then_their_desk_shows_nothing_of_it(self):
        self.who.opens("/")
        self.who.sees("Report something")
        self.who.misses(*self.known, "rota", "hospital", "First written warning")

    def then_no_search_finds_any_of_it(self):
        self.who.opens("/search/")
        for sought in ["rota", *self.known]:
            self.who.main.get_by_label("Words to look for").fill(sought)
            self.who.presses("Search")
            self.who.sees("Nothing was found")

    def then_nothing_of_it_is_on_any_page_to_which_a_link_leads(self):
        to_open, opened = ["/", "/search/", "/concerns/", "/cases/", "/papers/"], {}
        while to_open:
            path = to_open.pop()
            opened[path] = self.who.asks_for(path)
            to_open += [each for each in links_in(opened[path]) if each not in opened and each not in to_open]
        told = [path for path, page in opened.items() for word in [*self.known, "Dot’s hospital"] if word in page]
        assert told == []
        assert {"/my-reports/", "/schools/oakfield/", "/trusts/oak/"} <= opened.keys()

    def then_each_of_its_addresses_answers_as_if_it_had_never_been(self):
        for address in self.addresses:
            kind, ref = address.strip("/").split("/")
            nothing = self.who.asks_for(f"/{kind}/{ref[:2]}0000-0000/", status=404)
            assert self.who.asks_for(address, status=404) == nothing


def links_in(page: str) -> list[str]:
    """The addresses of this place to which a page leads, except its styles and the way out."""
    found = dict.fromkeys(re.findall(r'href="(/[^"#]*)', page))
    # The forms of a report are the same for everybody.
    return [html.unescape(each) for each in found if not each.startswith(("/static/", "/accounts/", "/report/"))]
