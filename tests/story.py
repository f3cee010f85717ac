"""One story in which every act is done at least once, by people who may; whatever is free text holds one given word."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from casework.models import Allegation, Note
from casework.workflow import (
    apart,
    appeals,
    breaches,
    cases,
    childs_file,
    endings,
    handing_over,
    officers,
    parts,
    proceedings,
    waiving,
)
from incidents.models import Evidence, Link, Telling
from incidents.workflow import reporting, speech, takedowns, triage
from reports import jobs
from reports import workflow as printing
from schools.models import Appointment, Arrangement, Exclusion, Reader, User
from schools.workflow import accounts, people, policies
from tests import states
from tests.conftest import ALL_SAINTS
from tests.factories import PASSWORD

MINUTE = timedelta(minutes=1)


@dataclass
class Story:
    """Sam has named a child on Facebook; Tom reports it, Dee and Harriet deal with it, Hugh and Ivan run the procedure.

    word: stands in every free text. at: when it begins; it ends some twenty-five days later. done: the acts, in order.
    """

    cast: object
    at: datetime
    word: str = "harbour"
    done: list = field(default_factory=list)

    def do(self, act, subject, by, **answers):
        self.done.append(act.act_key)
        self.at += MINUTE
        return act(subject, by=by, at=self.at, **answers)

    def says(self, what: str) -> str:
        return f"{what} {self.word}."

    def play(self) -> "Story":
        self.register()
        self.another_matter()
        self.reports()
        self.deals_with_it()
        self.takes_down()
        self.opens_a_case()
        self.asks_apart()
        self.runs_the_procedure()
        self.tells_the_outcome()
        self.ends()
        return self

    def prints(self) -> "Story":
        """A copy of the whole case and one of a part: asked for, made by the worker, fetched."""
        harriet = self.cast.harriet
        asked = {"recipient": self.says("Grace Adeyemi"), "purpose": self.says("To review it:")}
        asked |= {"legal_ground": "legal_obligation"}
        self.paper = self.do(printing.ask_for_paper, self.case, harriet, **asked)
        self.part_paper = self.do(printing.ask_for_part_paper, self.support, harriet, **asked)
        his = asked | {"audience": "subject", "legal_ground": "subject_access"}
        self.own_copy = self.do(printing.ask_for_part_paper, self.conduct, self.cast.hugh, **his)
        for paper in (self.paper, self.part_paper, self.own_copy):
            jobs.print_paper.func(str(paper.pk))
        self.do(printing.fetch_paper, self.part_paper, harriet, promise="yes")
        self.do(printing.fetch_paper, self.own_copy, harriet, promise="yes")
        self.do(printing.release_paper, self.own_copy, harriet, has_read="yes")
        return self

    def register(self):
        cast, school, ada = self.cast, self.cast.oakfield, self.cast.ada
        una = self.do(people.add_person, school, ada, kind="staff", name="Una Reid", job_title="Cook")
        self.child = self.do(
            people.add_person, school, ada, kind="pupil", name=f"Kit {self.word}", born_on=date(2013, 5, 1)
        )
        self.do(people.record_telephone, school, ada, person=cast.dee.person, telephone="01234 500500")
        kin = self.do(people.relate, school, ada, person=una, to=cast.tom.person, kind="sibling_of")
        self.do(people.end_relation, school, ada, relation=kin, reason=self.says("Only a namesake:"))
        office = self.do(people.appoint, school, ada, person=una, role="coo")
        self.do(people.confirm_appointment, school, cast.harriet, appointment=office)
        self.do(people.end_appointment, school, ada, appointment=Appointment.objects.get(pk=office.pk))
        self.do(
            people.record_arrangement, school, ada, kind="lado", name="Oakshire LADO team", from_on=date(2026, 9, 1)
        )
        term = {"kind": "term", "name": "Autumn", "start_on": date(2026, 9, 2), "end_on": date(2026, 12, 18)}
        self.do(people.record_calendar, school, ada, days=[term])
        account = {"person": una, "email": "una.reid@oakfield.example", "password": "three-green-lamps"}
        opened = self.do(accounts.open_account, school, ada, **account)
        self.do(accounts.change_password, school, opened, present="three-green-lamps", fresh=PASSWORD)
        self.do(accounts.confirm_account, school, cast.harriet, account=User.objects.get(pk=opened.pk))
        self.do(accounts.close_account, school, ada, account=User.objects.get(pk=opened.pk))
        token = self.do(accounts.make_token, school, cast.tom, present=PASSWORD, name="A weekly list", days="30")
        self.do(accounts.revoke_token, school, cast.tom, which=token)
        self.do(accounts.change_password, school, cast.tom, present=PASSWORD, fresh="three-green-lamps")
        self.do(policies.adopt_policy, cast.trust, ada, text=ALL_SAINTS.read_text())
        self.do(policies.add_to_policy, school, cast.harriet, text=states.ADDITIONS)

    def another_matter(self):
        """A concern about nobody who works here."""
        self.third = self._reported(people=[], links=[], what="about_school")
        self._triage(self.third)

    def reports(self):
        upload = states.upload(self.cast.tom, name=f"{self.word}.png", content=states.PICTURE + self.word.encode())
        self.concern = self._reported(files=[upload], people=[states.SAM, states.DOT, self._child()])
        self.second = self._reported(people=[states.SAM], links=[])

    def _reported(self, **more):
        post = {"platform": "Facebook", "url": f"https://posts.example/{self.word}", "handle": f"@{self.word}"}
        answers = {"what": "staff_confidential", "narrative": self.says("He named a child:"), "at_risk": "no"}
        answers |= {"links": [post], "posted_when": self.says("Last week"), "how_seen": "public", "seen_at": self.at}
        return self.do(reporting.report, self.cast.oakfield, self.cast.tom, **answers | more)

    def _triage(self, concern):
        self.do(triage.read_report, concern, self.cast.dee)
        told = {"code": concern.code, "direction": concern.direction, "reason": self.says("As reported:")}
        self.do(triage.triage, concern, self.cast.dee, managed_under=self.says("Behaviour"), **told)

    def _child(self):
        return {"name": f"Kit {self.word}", "kind": "pupil", "part": "affected"}

    def deals_with_it(self):
        dee, concern = self.cast.dee, self.concern
        self._triage(concern)
        self._triage(self.second)
        self.rings_the_lado()
        telling = Telling.objects.get(record=concern.record, role="head_of_school")
        self.do(triage.record_told, concern, dee, telling=telling, told_at=self.at)
        for one in (concern, self.second):
            for exclusion in Exclusion.objects.filter(record=one.record, grade="hidden"):
                confirmed = {"exclusion": exclusion, "answer": "confirm", "reason": self.says("It is so:")}
                self.do(triage.confirm_conflict, one, dee, **confirmed)
        police = {"question": "police", "answer": "no", "reason": self.says("No offence:")}
        self.do(triage.record_decision, concern, dee, outside_reference=self.says("Log 5"), **police)
        self.do(
            reporting.name_person, concern, dee, people=[{"name": self.word, "kind": "parent", "part": "mentioned"}]
        )
        copy = {"platform": "TikTok", "url": f"https://copies.example/{self.word}", "handle": self.word}
        self.do(reporting.add_link, concern, dee, links=[copy])
        upload = states.upload(dee, name=f"{self.word}.txt", content=self.word.encode())
        self.do(reporting.add_evidence, concern, dee, files=[upload], how_seen="public", seen_at=self.at)
        file = Evidence.objects.filter(record=concern.record).latest("received_at")
        self.do(reporting.describe_evidence, concern, dee, file=file, shows=self.says("A page of text:"))

    def rings_the_lado(self):
        """Of both concerns the head says that they meet the threshold, and the lead rings the LADO."""
        dee, harriet = self.cast.dee, self.cast.harriet
        threshold = {"answer": "meets_threshold", "consulted": dee.person, "reason": self.says("A child was named:")}
        told = {"question": "lado", "answer": "yes", "reason": self.says("By telephone:")}
        for one in (self.concern, self.second):
            self.do(triage.answer_threshold, one, harriet, **threshold)
            self.do(triage.record_decision, one, dee, happened_at=self.at, **told)

    def takes_down(self):
        dee, links = self.cast.dee, Link.objects.filter(record=self.concern.record)
        post, copy = links.get(platform="Facebook"), links.get(platform="TikTok")
        asked = {"link": post, "asked_of": "platform", "said": self.says("Please remove")}
        self.takedown = self.do(takedowns.request_takedown, self.concern, dee, **asked)

        def happened(what):
            return {"happened_at": self.at, "said": self.says(what)}

        self.do(takedowns.log_reply, self.takedown, dee, answer="refused", **happened("They refuse"))
        self.do(takedowns.chase, self.takedown, dee, step="appeal", **happened("Please think again"))
        self.do(takedowns.confirm_removal, self.takedown, dee, **happened("Gone"))
        self.do(takedowns.recheck, self.takedown, dee, **happened("Still gone"))
        self.other = self.do(takedowns.record_another_copy, self.takedown, dee, link=copy, **happened("There too"))
        self.do(takedowns.record_reappearance, self.takedown, dee, **happened("Back"))
        for one in (self.takedown, self.other):
            self.do(takedowns.give_up, one, dee, reason=self.says("Nobody answers:"))
            self.do(takedowns.chase, one, dee, step="helpline", **happened("Once more"))
            self.do(takedowns.confirm_removal, one, dee, **happened("Gone for good"))

    def opens_a_case(self):
        dee, harriet, hugh = self.cast.dee, self.cast.harriet, self.cast.hugh
        self.case = self.do(cases.open_case, self.concern, dee)
        self.do(cases.join_case, self.second, dee, case=self.case)
        open_part = cases.open_part
        self.safeguarding = self.do(open_part, self.case, dee, lane="safeguarding", about_name=f"Kit {self.word}")
        self.support = self.do(open_part, self.case, dee, lane="support", about=self.cast.tom.person)
        self.conduct = self.do(open_part, self.case, harriet, lane="conduct", about=self.cast.sam.person)
        self.do(parts.write_note, self.safeguarding, dee, text=self.says("Rang her aunt"))
        self.do(parts.offer_support, self.support, dee, answer="accepted", text=self.says("Counselling"))
        self.do(parts.review_support, self.support, dee, text=self.says("Better"))
        elsewhere = {"system": "Behaviour log", "reference": self.says("Entry 7"), "recorded_on": self.at.date()}
        self.do(parts.record_elsewhere, self.safeguarding, dee, **elsewhere)
        self.do(parts.record_dates, self.safeguarding, dee, born_on=date(2012, 3, 1))
        self.do(parts.copy_for_childs_file, self.safeguarding, dee, text=self.says("She is safe"))
        self.do(
            handing_over.hand_over,
            self.safeguarding,
            dee,
            person=hugh.person,
            role="hr_lead",
            why=self.says("He arranges her cover:"),
        )
        given = Reader.objects.get(record=self.safeguarding.record, why="handed over")
        self.do(handing_over.end_hand_over, self.safeguarding, dee, reader=given, reason=self.says("It is arranged:"))
        note = Note.objects.get(record=self.safeguarding.record, kind="note")
        self.do(parts.copy_item, self.safeguarding, dee, note=note, into=self.support)

    def asks_apart(self):
        """Advice and notes that stand beside the conduct part, and an entry in the register of breaches."""
        hugh, priya = self.cast.hugh, self.cast.priya
        asked = {"adviser": self.says("Reed and Rowe"), "question": self.says("May we?")}
        self.advice = self.do(apart.ask_advice, self.conduct, hugh, **asked)
        self.do(apart.record_advice, self.advice, hugh, received_at=self.at + MINUTE, text=self.says("You may:"))
        self.do(apart.share_advice, self.advice, hugh, person=priya.person, why=self.says("To know:"))
        waiver = {"waived_to": self.says("The panel"), "reason": self.says("We rely on it:"), "second": priya.person}
        self.do(waiving.ask_to_waive_privilege, self.advice, hugh, **waiver)
        self.do(waiving.waive_privilege, self.advice, priya, confirmed="yes")
        self.breach = self.do(cases.open_part, self.case, self.cast.harriet, lane="data_breach")
        told = {"decision": "told", "reason": self.says("Names:"), "outside_reference": self.says("IC-1")}
        self.do(breaches.decide_ico, self.breach, priya, **told, late_reason=self.says("We were late:"))
        said = {"happened_at": self.at + MINUTE, "said": self.says("More")}
        self.do(breaches.tell_ico_more, self.breach, priya, **said)
        self.do(breaches.record_ico_answer, self.breach, priya, **said | {"answer": "no_action"})
        exclusion = Exclusion.objects.get(record=self.conduct.record, person=self.cast.pat.person)
        confirmed = {"exclusion": exclusion, "answer": "confirm", "reason": self.says("It is so:")}
        self.do(parts.confirm_conflict, self.conduct, self.cast.harriet, **confirmed)

    def runs_the_procedure(self):
        harriet, hugh, ivan = self.cast.harriet, self.cast.hugh, self.cast.ivan
        begun = {
            "allegations": [{"paragraphs": "6.1", "alleged": self.says("That he named a child:")}],
            "investigator": ivan.person,
            "decision_maker": harriet.person,
            "belief": "no",
            "union": "no",
            "public_interest": "no",
            "private": "no",
            "protected_speech_reason": self.says("It is about a child:"),
        }
        self.ends_one_without_hearing(begun)
        self.proceeding = self.do(proceedings.begin_proceeding, self.conduct, hugh, **begun).proceeding_of
        more = {"paragraphs": "6.e", "alleged": self.says("That he did so twice:")}
        self.do(proceedings.add_allegation, self.proceeding, hugh, allegations=[more])
        notes = self.do(apart.keep_working_notes, self.conduct, ivan, text=self.says("He looked away"))
        found = {"happened_at": self.at, "said": self.says("He wrote it:")}
        self.do(proceedings.record_investigation, self.proceeding, ivan, **found)
        self.do(apart.destroy_working_notes, notes, ivan, made_into="report")
        notice = {"notice_given_at": self.at, "hearing_at": self.at + 20 * states.DAY, "companion_told": "yes"}
        reasons = {"missed_reason": self.says("In a hurry:"), "closure_reason": self.says("He agreed:")}
        self.do(proceedings.arrange_hearing, self.proceeding, hugh, **notice, **reasons)
        moved = {"why": "person", "asked_at": self.at, "hearing_at": self.at + 21 * states.DAY}
        moved |= {"said": self.says("His mother is ill:"), "agreed_reason": self.says("He asked:")}
        self.do(proceedings.postpone_hearing, self.proceeding, hugh, **moved, **reasons)
        self.at += 21 * states.DAY
        held = {"happened_at": self.at, "said": self.says("All were there:")}
        self.do(proceedings.record_hearing, self.proceeding, hugh, **held)
        findings = [
            {"allegation": one, "finding": "proved", "reason": self.says("He said so:")}
            for one in Allegation.objects.filter(record=self.conduct.record)
        ]
        self.do(proceedings.record_finding, self.proceeding, harriet, findings=findings)
        outcome = {"outcome": "first_written_warning", "reason": self.says("A first time:")}
        self.do(proceedings.decide_outcome, self.proceeding, harriet, **outcome)

    def ends_one_without_hearing(self, begun):
        harriet, hugh, priya = self.cast.harriet, self.cast.hugh, self.cast.priya
        self.dropped = self.do(cases.open_part, self.case, harriet, lane="conduct", about=self.cast.sam.person)
        proceeding = self.do(proceedings.begin_proceeding, self.dropped, hugh, **begun).proceeding_of
        another = {"duty": "investigator", "person": priya.person, "reason": self.says("He is ill:")}
        self.do(officers.name_somebody_else, proceeding, hugh, **another)
        found = {"happened_at": self.at, "said": self.says("Another wrote it:")}
        self.do(proceedings.record_investigation, proceeding, priya, **found)
        self.do(endings.end_without_hearing, proceeding, harriet, reason=self.says("Not his page:"))
        letter = {"given_at": self.at, "said": self.says("By hand:")}
        self.do(endings.record_letter, proceeding, hugh, **letter)

    def tells_the_outcome(self):
        hugh = self.cast.hugh
        letter = {"given_at": self.at, "said": self.says("By hand:"), "missed_reason": self.says("Post:")}
        self.do(endings.record_letter, self.proceeding, hugh, **letter)
        appeal = {"lodged_at": self.at + MINUTE, "grounds": self.says("Too long:"), "late_reason": self.says("Ill:")}
        grace = self.cast.grace
        self.do(appeals.lodge_appeal, self.proceeding, hugh, appeal_officer=grace.person, **appeal)
        heard = {"heard_at": self.at + MINUTE, "result": "rejected", "missed_reason": self.says("Snow:")}
        self.do(appeals.decide_appeal, self.proceeding, grace, reason=self.says("Nothing new:"), **heard)

    def ends(self):
        dee, harriet, hugh = self.cast.dee, self.cast.harriet, self.cast.hugh
        self.do(parts.close_part, self.breach, self.cast.priya, reason=self.says("It answered:"))
        again = self.do(parts.reopen_part, self.breach, self.cast.priya, reason=self.says("It wrote again:"))
        self.do(parts.close_part, again, self.cast.priya, reason=self.says("That was all:"))
        own = ((self.safeguarding, dee), (self.support, dee), (self.conduct, hugh), (self.dropped, hugh))
        for part, by in own:
            self.do(parts.close_part, part, by, reason=self.says("What came of it:"), last_incident_on=self.at.date())
        self.do(cases.close_case, self.case, harriet)
        self.do(cases.reopen_case, self.case, dee, reason=self.says("A second class:"))
        self.rings_the_lado()
        self.do(cases.close_case, self.case, harriet)
        finished = {"outcome": "handled_elsewhere", "reason": self.says("It is a complaint:")}
        self.do(triage.finish_concern, self.third, dee, **finished)
        self.do(triage.reopen_concern, self.third, dee, reason=self.says("They wrote again:"))
        self.do(triage.finish_concern, self.third, dee, **finished)

    def meets_what_is_rare(self) -> "Story":
        """What few matters come to: a disclosure, a text in the child's own file, concerns that a case left behind."""
        cast, dee = self.cast, self.cast.dee
        concern = states.triaged(cast, at=self.at)
        self.at += states.DAY
        answers = {"belief": "no", "union": "no", "public_interest": "yes", "private": "no"}
        answers["officer"] = cast.olu.person
        self.do(speech.check_speech, concern, dee, reason=self.says("Unsafe stairs:"), **answers)
        reply = {"happened_at": self.at, "said": self.says("It is none:"), "is_disclosure": "no"}
        self.do(speech.record_officer_reply, concern, dee, **reply)
        self.do(reporting.stop_showing_files, concern, dee, reason=self.says("It may be an intimate picture:"))
        copied = states.copied(cast, at=self.at)
        self.at += states.DAY
        held = {"reference": self.says("Entry 9"), "held_on": self.at.date()}
        self.do(childs_file.hold_in_childs_file, copied, dee, **held)
        left = states.left_open(cast, at=self.at, vera=self._second_head())
        finished = states.left_finished(cast, at=self.at)
        self.at += states.DAY
        self.do(cases.finish_with_case, left, cast.harriet)
        self.do(cases.take_back, finished, cast.harriet)
        lado = Arrangement.objects.get(kind="lado")
        self.do(people.end_arrangement, cast.oakfield, cast.ada, arrangement=lado, until_on=self.at.date())
        return self

    def _second_head(self):
        school, ada, harriet = self.cast.oakfield, self.cast.ada, self.cast.harriet
        vera = self.do(people.add_person, school, ada, kind="staff", name="Vera Holt")
        account = {"person": vera, "email": "vera.holt@oakfield.example", "password": "three-green-lamps"}
        opened = self.do(accounts.open_account, school, ada, **account)
        self.do(accounts.change_password, school, opened, present="three-green-lamps", fresh=PASSWORD)
        office = self.do(people.appoint, school, ada, person=vera, role="head_of_school")
        self.do(people.confirm_appointment, school, harriet, appointment=office)
        return User.objects.get(pk=opened.pk)

    @property
    def records(self) -> dict[str, object]:
        """The records of the story that are about Sam, by the names they have in it."""
        names = ("concern", "second", "safeguarding", "support", "conduct")
        return {name: getattr(self, name).record for name in names}


def play(cast, *, at: datetime, word: str = "harbour") -> Story:
    """The whole story, told to its end."""
    return Story(cast, at, word).play()
