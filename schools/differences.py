"""What a line of history changed, field by field, as people read it: outcome: none → first written warning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models

from schools import sealing, sources
from schools.fields import Envelope, SealedText
from schools.models import Person, User

NAMES: dict[str, str] = {
    "about": "about whom",
    "basis": "because of",
    "asked_again_at": "the threshold question asked again",
    "asked_of": "who was asked",
    "at_risk": "anyone at risk now",
    "chase_at": "chase by",
    "closing_note": "what came of it",
    "code": "what happened",
    "confirmed_at": "confirmed",
    "decision_maker": "who hears it and decides",
    "due_at": "by when",
    "due_basis": "on whose word by then",
    "direction": "who did it to whom",
    "grade": "conflict of interest",
    "hearing_at": "hearing",
    "investigator": "who investigates",
    "is_threat": "a threat",
    "is_words_only": "in words only",
    "lane": "which part",
    "lifted_at": "lifted",
    "live_until_on": "the warning counts until",
    "missed_reason": "why the notice was short",
    "read_at": "read",
    "recheck_on": "look again on",
    "removed_at": "gone since",
    "secondary_codes": "also",
    "status": "stage",
    "told_at": "told",
    "typed_name": "name",
    "what": "what the reporter chose",
}
THINGS = {
    "alsorecorded": "where else it is kept",
    "evidence": "file",
    "exchange": "step of a takedown",
    "exclusion": "conflict of interest",
    "involvement": "person involved",
    "joinedconcern": "concern joined",
    "link": "place",
    "step": "step of the proceeding",
    "telling": "somebody to tell",
}
# What stands in a row for machines alone.
UNTOLD = {"id", "key", "look_up", "password_mark", "pack", "record", "ref", "sha256", "stored_as", "stored_sha256"}
UNTOLD |= {"source_ref"}  # from which part an item came is for those who see that part: its page says it to them
NONE = "none"
CHOICES: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class Change:
    """One field of one thing before and after a line; of kept words only that they changed, unless they are opened.

    is_new: whether the thing was made by this line.
    """

    thing: str
    field: str
    before: object
    after: object
    is_words: bool = False
    is_new: bool = False

    @property
    def of_words(self) -> str:
        """What became of words that are kept, without saying them."""
        return {self.before: "words written", self.after: "words taken out"}.get(NONE, "words changed")


class Reading:
    """The versions of one record's lines, read in their order; each is held against the one before it.

    key: the record's, by which words that were sealed anew and say the same are told from words that changed.
    shown: how the record is told to whoever reads.
    """

    def __init__(self, key: bytes | None, shown: sources.Shown):
        self._key, self._known, self._shown = key, {}, shown

    def next(self, versions: list[dict]) -> list[tuple]:
        """What the versions of the next line changed: model, field, texts before and after, whether the row is new."""
        found = []
        for version in versions:
            model, row = apps.get_model(version["model"]), (version["model"], version["row"])
            before = self._known.get(row)
            self._known[row] = after = self._told(model, version["fields"])
            if model.has_readers_of_its_own:
                continue
            found += [
                (model, field, (before or {}).get(field.attname), after[field.attname], before is None)
                for field in model._meta.concrete_fields
                if field.name not in UNTOLD and field.attname in after and self._differs(model, field, before, after)
            ]
        return found

    def _told(self, model, stood: dict) -> dict:
        """What stood in a row, with a stand-in for whoever reported it where their name is kept back."""
        return stood | {column: str(value) for column, value in self._shown.instead(model, stood.get).items()}

    def _differs(self, model, field, before, after) -> bool:
        old, new = (before or {}).get(field.attname) or "", after[field.attname] or ""
        if old == new:
            return False
        return not isinstance(field, SealedText) or self.words(model, field, old) != self.words(model, field, new)

    def words(self, model, field, text: str | None) -> str:
        """Sealed words, opened; nothing where there are none."""
        if not text or text == sources.KEPT_BACK:
            return text or ""
        envelope = Envelope.from_text(text)
        said = sealing.open_envelope(self._key, model._meta.label_lower, field.name, envelope, row_id=envelope.row_id)
        return self._shown.words(model, said)


def worded(raw: list[tuple], names: dict[str, str], words: Callable | None = None) -> list[Change]:
    """Changes as a page says them, in the order of the fields.

    raw: as `Reading.next` gives them. names: of people, by identifier of person or account. words: opens sealed words;
    without it a page says only that they changed.
    """
    made = []
    for model, field, old, new, is_new in raw:
        before, after = (_said(model, field, text, names, words) for text in (old, new))
        if before != after:
            sealed = isinstance(field, SealedText) and words is None
            made.append(Change(_thing(model), field_words(field), before, after, is_words=sealed, is_new=is_new))
    return made


def names_in(raw: list[tuple], known=()) -> dict[str, str]:
    """The names of the people whom some changes mention, by identifier of person or account.

    known: people who were read already, and who are not asked for again.
    """
    wanted: dict[type, set[str]] = {Person: set(), User: set()}
    stand_in = {str(sources.NOBODY): sources.KEPT_BACK}
    for _, field, old, new, _ in raw:
        if field.related_model in wanted:
            wanted[field.related_model] |= {text for text in (old, new) if text}
    names = stand_in | {str(person.pk): str(person) for person in known if person is not None}
    wanted[Person] -= names.keys()
    if wanted[Person]:
        names |= {str(person.pk): str(person) for person in Person.objects.filter(pk__in=wanted[Person])}
    if wanted[User]:
        users = User.objects.filter(pk__in=wanted[User]).select_related("person")
        names |= {str(user.pk): str(user.person) for user in users}
    return names


def field_words(field) -> str:
    """What a page calls a field."""
    return NAMES.get(field.name) or str(field.verbose_name)


def _thing(model) -> str:
    return THINGS.get(model._meta.model_name) or str(model._meta.verbose_name)


def _said(model, field, text: str | None, names, words) -> str | date | datetime:
    if not text:
        return NONE
    if isinstance(field, SealedText):
        return words(model, field, text) if words else text
    if field.is_relation:
        return names.get(text, NONE)
    if isinstance(field, models.BooleanField):
        return "yes" if text == "True" else "no"
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(text)
    if isinstance(field, models.DateField):
        return date.fromisoformat(text)
    known = dict(field.flatchoices) or CHOICES.get(field.name, {})
    return "; ".join(str(known.get(one, one)) for one in text.split(";"))
