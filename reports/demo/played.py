"""Plays what was done about a concern of the demonstration: a list of acts, each by a person and at its own time."""

import re
import tomllib
from pathlib import Path

from casework.models import Allegation, Proceeding
from casework.workflow import apart, appeals, breaches, cases, endings, handing_over, officers, parts, proceedings
from incidents.models import Link, Telling
from incidents.workflow import reporting, speech, takedowns, triage
from reports.demo import source
from reports.demo.institution import Institution
from schools import sealing
from schools.models import Exclusion

ACTS = {
    act.__name__: act
    for act in (
        triage.read_report, triage.triage, triage.answer_threshold, triage.record_decision, triage.record_told,
        triage.confirm_conflict, triage.finish_concern, reporting.name_person, reporting.add_link, speech.check_speech,
        takedowns.request_takedown, takedowns.log_reply, takedowns.chase, takedowns.confirm_removal, takedowns.give_up,
        takedowns.record_reappearance, takedowns.record_another_copy, takedowns.recheck, cases.open_case,
        cases.join_case, cases.open_part,
        cases.close_case, parts.write_note, parts.offer_support, parts.review_support, parts.record_elsewhere,
        handing_over.hand_over, handing_over.end_hand_over, parts.copy_item, parts.close_part,
        proceedings.begin_proceeding,
        proceedings.record_investigation, proceedings.arrange_hearing, proceedings.record_hearing,
        proceedings.record_finding, proceedings.decide_outcome, proceedings.postpone_hearing,
        appeals.lodge_appeal, appeals.decide_appeal, officers.name_somebody_else,
        apart.ask_advice, apart.record_advice, cases.reopen_case,
        proceedings.add_allegation, endings.end_without_hearing, endings.record_letter,
        breaches.decide_ico, breaches.tell_ico_more, breaches.record_ico_answer,
    )
}  # fmt: skip
POINTER = re.compile(r"(thing|person|link|telling|exclusion|proceeding|allegation):(\S.*)")


class Story:
    """One concern, and everything that acts have made in its trust so far, by the names the data gives them."""

    def __init__(self, institution: Institution, concern):
        self.institution, self.concern = institution, concern
        # A later concern may join what an earlier one began.
        self.things = institution.things
        self.things["concern"] = concern

    def play(self, key: str) -> None:
        """Carry out every act that the data lists for a concern; most have none.

        key: the concern's word in the data.
        """
        path = source.FOLDER / "stories" / f"{key}.toml"
        if path.exists():
            self.go_on(path)

    def go_on(self, path: Path) -> None:
        """Carry out every act that a file lists, in its order."""
        for line in tomllib.loads(path.read_text(encoding="utf-8"))["act"]:
            self._carry_out(**line)

    def _carry_out(self, *, at, by: str, do: str, on: str = "concern", made: str = "", **answers) -> None:
        user = self.institution.account(by)
        result = ACTS[do](self._found(on), by=user, at=at, **self._meant(answers))
        if made:
            self.things[made] = result

    def _meant(self, value):
        """Answers with every pointer replaced by the row it means."""
        if isinstance(value, dict):
            return {name: self._meant(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._meant(item) for item in value]
        return self._found(value) if isinstance(value, str) and POINTER.fullmatch(value) else value

    def _found(self, pointer: str):
        match = POINTER.fullmatch(pointer)
        kind, word = match.groups() if match else ("thing", pointer)
        return getattr(self, f"_{kind}")(word)

    def _thing(self, word):
        return self.things[word]

    def _person(self, word):
        return self.institution.people[word]

    def _link(self, words):
        """The place whose address or account holds these words."""
        rows = sealing.open_rows(Link.objects.filter(record=self.concern.record))
        (found,) = [row for row in rows if words in row.opened.url or words in row.opened.handle]
        return found

    def _telling(self, role):
        return Telling.objects.filter(record=self.concern.record, role=role, told_at__isnull=True).first()

    def _exclusion(self, person):
        return Exclusion.objects.standing().get(record=self.concern.record, person=self._person(person))

    def _proceeding(self, part):
        return Proceeding.objects.get(part=self.things[part])

    def _allegation(self, words):
        """The allegation in a part that rests on a paragraph, as "part paragraph"."""
        part, _, paragraph = words.partition(" ")
        return Allegation.objects.get(record=self.things[part].record, paragraphs=paragraph)
