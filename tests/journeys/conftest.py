"""The browser, the people at their screens, and the demonstration's clock, which a journey moves on by hand."""

import pytest
from django.core.cache import cache

from schools import clock
from schools.models import Installation
from tests.journeys.browser import chromium
from tests.journeys.somebody import People


@pytest.fixture(scope="package")
def browser():
    """One Chromium for the whole folder. While it is driven, Django takes this thread for one of an event loop."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with chromium() as opened:
            yield opened


@pytest.fixture
def people(browser, cast, on_the_day, live_server):
    """The cast in front of a server of this run, on Monday 23 November 2026 at eight in the morning."""
    cache.clear()  # attempts to sign in are counted by address, and everybody here has the same one
    gathered = People(browser, live_server.url, cast)
    yield gathered
    gathered.leave()


@pytest.fixture
def time_comes(on_the_day):
    """Move the product's clock to a moment, from which it runs on."""

    def move(moment) -> None:
        Installation.objects.filter(pk=1).update(demo_opens_at=moment, started_at=clock.machine_now())
        clock.forget()

    return move


@pytest.fixture
def screenshot(tmp_path):
    """A picture of a screen, as somebody would take it with a telephone: a small white one."""
    from PIL import Image

    path = tmp_path / "screenshot.png"
    Image.new("RGB", (40, 30), "white").save(path)
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """When a journey fails, say what each person had before them."""
    report = yield
    if report.when == "call" and report.failed and "people" in item.funcargs:
        for one in item.funcargs["people"].seated:
            if not one.screen.status:
                continue  # nothing was opened there yet
            report.sections.append((f"{one.user.email} at {one.path}", one.main.aria_snapshot()))
    return report
