"""One person of the cast at a screen of their own, finding everything by the words that stand on the page."""

import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, expect

from schools.clock import LONDON, now
from tests.factories import PASSWORD
from tests.journeys.browser import DESK, Screen


class Somebody:
    """One person and the screen they sit at.

    user: their account. screen: theirs alone.
    """

    def __init__(self, user, screen: Screen):
        self.user, self.screen, self.page = user, screen, screen.page
        self.answered = 0

    @property
    def main(self) -> Locator:
        """What the page is about, without what stands round every page."""
        return self.page.get_by_role("main")

    @staticmethod
    def just_now() -> datetime:
        """The minute that the product's clock shows."""
        return now().replace(second=0, microsecond=0)

    @property
    def path(self) -> str:
        """Where the person is, as an address of this place."""
        return urlsplit(self.page.url).path

    def signs_in(self) -> None:
        self.screen.opens("/accounts/login/")
        self.gives_name_and_password()

    def gives_name_and_password(self) -> None:
        self.fills("Email", self.user.email)
        self.fills("Password", PASSWORD)
        self.presses("Sign in")

    def hands_over_to(self, user) -> "Somebody":
        """Somebody else sits down at the same screen."""
        return Somebody(user, self.screen)

    def in_another_window(self) -> "Somebody":
        """The same person in a second window of the same browser."""
        return Somebody(self.user, self.screen.second())

    def opens(self, path: str) -> int:
        """Open an address as if typed; the status of the answer."""
        return self.screen.opens(path)

    def follows(self, words: str, *, inside: Locator | None = None) -> None:
        """Follow the link with these words; where it stands twice, both lead to the same place."""
        links = (inside or self.page).get_by_role("link", name=words, exact=True)
        links.first.wait_for()
        assert len({link.get_attribute("href") for link in links.all()}) == 1, words
        self._goes(links.first)

    def follows_the_one_about(self, reference: str) -> None:
        """Follow the one link that names a reference."""
        self._goes(self.main.get_by_role("link", name=reference))

    def presses(self, words: str) -> None:
        """Press the button with these words and see what comes of it."""
        self._goes(self.main.get_by_role("button", name=words, exact=True))

    def _goes(self, to: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            to.click()
        self.screen.holds()

    def sees(self, *words: str) -> None:
        """Every one of these stands on the page, as a person reads it."""
        for each in words:
            expect(self.main).to_contain_text(each)

    def misses(self, *words: str) -> None:
        """None of these stands anywhere in the page, not even in what is not shown."""
        everything = self.page.content()
        assert [each for each in words if each in everything] == [], self.page.url

    def section(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        return self.page.get_by_role("region", name=heading, exact=True)

    def fact(self, name: str, *, inside: Locator | None = None) -> str:
        """What stands beside a name in a list of facts."""
        row = (
            (inside or self.main)
            .locator(".govuk-summary-list__row")
            .filter(has=self.page.locator("dt").get_by_text(name, exact=True))
        )
        return in_one_line(row.get_by_role("definition").inner_text())

    def list_under(self, heading: str) -> list[str]:
        """The items of the list that follows a heading, each in one line."""
        following = "/following-sibling::*[self::ul or self::ol][1]/li"
        items = self.main.locator(f"xpath=.//*[self::h2 or self::h3][normalize-space()='{heading}']{following}")
        return [in_one_line(one) for one in items.all_inner_texts()]

    def card(self, heading: str) -> Locator:
        """One card of several, by its heading."""
        return self.main.locator(".govuk-summary-card").filter(
            has=self.page.get_by_role("link", name=heading, exact=True)
        )

    def unfolds(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.main.locator("summary").get_by_text(words, exact=True).click()

    def asks_for(self, path: str, *, status: int = 200) -> str:
        """What the server answers to this person, without a page being drawn."""
        answer = self.page.request.get(path)
        assert answer.status == status, path
        return answer.body().decode(errors="replace")

    def chooses_the_one_about(self, question: str, name: str, *, inside: Locator | None = None) -> None:
        """Choose the answer that begins with a name."""
        where = inside or self.main
        self.answered += 1
        asked = self._asked(where, "group", question)
        if asked.count():
            asked.get_by_label(re.compile(f"^{re.escape(name)}")).check()
        else:
            listed = self._asked(where, "combobox", question)
            (words,) = [one for one in listed.get_by_role("option").all_inner_texts() if one.startswith(name)]
            listed.select_option(label=words)

    def fills(self, question: str, words: str) -> None:
        """Type one line or many into a box of its own."""
        self._asked(self.main, "textbox", question).fill(words)

    def answers(self, question: str, answer, *, inside: Locator | None = None) -> None:
        """Answer a question in whichever way it is asked: words, one of several, a day or a moment."""
        where = inside or self.main
        self.answered += 1
        if isinstance(answer, date):
            self._writes_day(self._asked(where, "group", question), answer)
        elif isinstance(answer, Path):
            self._asked(where, "group", question).locator("input[type=file]").set_input_files(answer)
        elif (choices := self._asked(where, "group", question)).count():
            choices.get_by_label(re.compile(rf"^{re.escape(answer)}$", re.IGNORECASE)).check()
        elif (chosen := self._asked(where, "combobox", question)).count():
            chosen.select_option(label=answer)
        else:
            self._asked(where, "textbox", question).fill(answer)

    def writes(self, question: str, **boxes: str) -> None:
        """Type into the boxes of a question exactly what is given for each."""
        asked = self._asked(self.main, "group", question)
        for label, typed in boxes.items():
            asked.get_by_label(label, exact=True).fill(typed)

    def typed(self, question: str, *, inside: Locator | None = None) -> str:
        """What stands in a box."""
        return self._asked(inside or self.main, "textbox", question).input_value()

    def row(self, name: str) -> Locator:
        """One row of a list of small forms, such as Person 1."""
        return self.main.get_by_role("group", name=name, exact=True)

    @staticmethod
    def _asked(where: Locator, role: str, question: str) -> Locator:
        return where.get_by_role(role, name=re.compile(rf"^{re.escape(question)}( \(optional\))?$"))

    @staticmethod
    def _writes_day(boxes: Locator, answer: date) -> None:
        local = answer.astimezone(LONDON) if isinstance(answer, datetime) else answer
        for label, typed in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            boxes.get_by_label(label, exact=True).fill(str(typed))
        if isinstance(local, datetime):
            boxes.get_by_label("Time, such as 13:10", exact=True).fill(f"{local:%H:%M}")


def in_order(text: str, *parts: str) -> bool:
    """Whether these stand in a text one after the other, whatever stands between them."""
    for each in parts:
        _, found, text = text.partition(each)
        if not found:
            return False
    return True


def in_one_line(words: str) -> str:
    """Words as they are read, whatever lines the page breaks them into."""
    return " ".join(words.split())


class People:
    """The cast, each sitting down at a screen of their own when first called upon.

    browser: shared by all. address: of the server. looks_for_barriers: whether their screens do, on every page.
    """

    looks_for_barriers = True

    def __init__(self, browser, address: str, cast):
        self.browser, self.address, self.cast = browser, address, cast
        self.seated: list[Somebody] = []
        self.signed_in: dict[str, Somebody] = {}

    def __getitem__(self, name: str) -> Somebody:
        """One of the cast where they signed in; at a desk, when first called upon."""
        return self.signed_in.get(name) or self.sign_in(name)

    def sit_down(self, name: str, *, size: dict = DESK, scripts: bool = True) -> Somebody:
        """One of the cast at a new screen, not signed in yet."""
        looks = self.looks_for_barriers
        screen = Screen(self.browser, self.address, size=size, scripts=scripts, barriers=looks)
        self.seated.append(Somebody(getattr(self.cast, name), screen))
        return self.seated[-1]

    def sign_in(self, name: str, **screen) -> Somebody:
        """One of the cast at a new screen, signed in by e-mail and password."""
        self.signed_in[name] = self.sit_down(name, **screen)
        self.signed_in[name].signs_in()
        return self.signed_in[name]

    def recognised(self, name: str) -> Somebody:
        """One of the cast whose session is open already, for what is not about signing in."""
        if name not in self.signed_in:
            one, client = self.sit_down(name), Client()
            client.force_login(one.user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            one.screen.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
            self.signed_in[name] = one
        return self.signed_in[name]

    def leave(self) -> None:
        for one in self.seated:
            one.screen.closes()
