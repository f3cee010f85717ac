"""On what terms a case file leaves: who may read it, on what ground, and for how long, as data; pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Audience:
    """A kind of copy: what the person who asks for it is shown, and who may read it, as it is printed.

    hint: what it is for, in a sentence. pictures: whether it shows the pictures of the evidence. kinds: the kinds of
    record it prints, first the one it is about; none named means all. masks: whether it leaves out names that whoever
    reads it does not need. originals: whether it carries the pictures of the evidence as received; drawn: as they
    were drawn again, without what a telephone hides in them.
    waived_advice: whether it holds legal advice in which privilege was waived.
    of_one: whether it holds what is about one person, for that person, and a second person releases it.
    """

    label: str
    hint: str
    reads: str
    pictures: bool
    kinds: tuple[str, ...] = ()
    masks: bool = False
    originals: bool = False
    drawn: bool = False
    of_one: bool = False
    waived_advice: bool = False

    @property
    def tells_of_copies(self) -> bool:
        """Whether it says which copies were made before it. For whom and why one was made may be a confidence."""
        return not (self.kinds or self.of_one)


@dataclass(frozen=True)
class Terms:
    """Everything the data say: times are in the unit of their name."""

    classification: str
    kept_days: int
    longest_days: int
    released_within_days: int
    fetched_within_hours: int
    download_within_minutes: int
    embedded_megabytes: int
    names_that_are_words: tuple[str, ...]
    abbreviations: tuple[str, ...]
    kept_from_subject: tuple[dict[str, str], ...]
    audiences: dict[str, Audience]
    grounds: dict[str, str]
    own_ground: str

    @property
    def embedded_bytes(self) -> int:
        """How much of the evidence as received one copy may carry."""
        return self.embedded_megabytes * 1024**2

    def kept_until(self, asked_on: date) -> date:
        """The last day we suggest for a copy asked for on a day."""
        return asked_on + timedelta(days=self.kept_days)

    def latest(self, asked_on: date) -> date:
        """The last day that may be chosen for a copy asked for on a day."""
        return asked_on + timedelta(days=self.longest_days)

    @property
    def released_within(self) -> timedelta:
        """How long a finished file waits here for a second person to release it."""
        return timedelta(days=self.released_within_days)

    @property
    def fetched_within(self) -> timedelta:
        """How long a file that may leave waits here to be fetched."""
        return timedelta(hours=self.fetched_within_hours)

    @property
    def download_within(self) -> timedelta:
        """How long a download may take to begin after its line was written."""
        return timedelta(minutes=self.download_within_minutes)


@cache
def terms() -> Terms:
    """The terms as shipped."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    data["audiences"] = {key: Audience(**row) for key, row in data["audiences"].items()}
    data["own_ground"] = next(key for key, row in data["grounds"].items() if row.get("of_one"))
    data["grounds"] = {key: row["words"] for key, row in data["grounds"].items()}
    return Terms(**data)
