"""A report by keyboard alone: Tab, arrows, Enter and Space from signing in to the receipt; nothing is ever clicked."""

import pytest

from incidents.models import Concern
from schools import sealing
from schools.models import Involvement
from tests.factories import PASSWORD
from tests.journeys.somebody import Somebody

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 150  # keys pressed before somebody would give up
WHERE_I_AM = """() => {
  const here = document.activeElement;
  const label = here.labels && here.labels.length ? here.labels[0].innerText : null;
  return (label ?? here.getAttribute("aria-label") ?? here.innerText ?? "").trim().split("\\n")[0];
}"""
IS_SHOWN = """() => {
  const here = document.activeElement;
  const drawn = [getComputedStyle(here), getComputedStyle(here.labels?.[0] ?? here, "::before")];
  return drawn.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""


class Keyboard:
    """Somebody who uses no pointer."""

    def __init__(self, who: Somebody):
        self.who, self.page = who, who.page

    @property
    def here(self) -> str:
        """The words of what has the focus."""
        return self.page.evaluate(WHERE_I_AM)

    def goes_to(self, words: str) -> None:
        """Press Tab until what has these words has the focus, and the focus can be seen."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if self.here.removesuffix(" (optional)") == words:
                assert self.page.evaluate(IS_SHOWN), f"nothing shows that {words} has the focus"
                return
        raise AssertionError(f"{words} cannot be reached from the keyboard at {self.who.path}")

    def types(self, question: str, words: str) -> None:
        self.goes_to(question)
        self.page.keyboard.type(words)

    def chooses(self, first: str, wanted: str) -> None:
        """Go to the first of several answers and on with the arrows to the one that is meant."""
        self.goes_to(first)
        for _ in range(MOST):
            if self.here == wanted:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert self.page.evaluate("() => document.activeElement.checked")
        assert self.here == wanted

    def picks(self, question: str, wanted: str) -> None:
        """Go to a list and down it with the arrows."""
        self.goes_to(question)
        for _ in range(MOST):
            if self.page.evaluate("() => document.activeElement.selectedOptions[0].innerText") == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} cannot be chosen from the keyboard")

    def presses(self, key: str, on: str) -> None:
        """Go to a link or a button and press a key on it."""
        self.goes_to(on)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.who.screen.holds()


def test_a_report_is_made_without_a_pointer(people, cast):
    tom = people.sit_down("tom")
    keys = Keyboard(tom)
    tom.opens("/accounts/login/")
    keys.types("Email", cast.tom.email)
    keys.types("Password", PASSWORD)
    keys.presses("Enter", on="Sign in")
    keys.presses("Enter", on="I saw something online")
    keys.presses("Enter", on="A member of staff running down the school, the trust, colleagues or families")
    keys.types("Tell us in your own words", "He called the governors fools.")
    keys.chooses("Yes", "No")
    keys.presses("Space", on="Add a person")
    keys.types("Name", "Sam Field")
    keys.picks("What are they to the school?", "staff")
    keys.picks("What is their part in it?", "the person this is about")
    keys.presses("Enter", on="Send this report")
    tom.sees("Not read yet.", "He called the governors fools.")
    concern = Concern.objects.get()
    assert sealing.open_row(concern).narrative == "He called the governors fools."
    assert concern.at_risk == "no"
    assert Involvement.objects.get(part="subject").person == cast.sam.person


def test_the_first_stop_leads_past_what_stands_on_every_page(people):
    tom = people.sign_in("tom")
    keys = Keyboard(tom)
    tom.opens("/report/other/")
    tom.page.keyboard.press("Tab")
    assert keys.here == "Skip to main content"
    tom.page.keyboard.press("Enter")
    tom.page.keyboard.press("Tab")
    assert tom.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
