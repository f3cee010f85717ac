"""How things come into each of their states: through the same acts as in the product, by people who may do them."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest

from casework.models import Allegation, Part
from casework.workflow import apart, appeals, breaches, cases, endings, handing_over, parts, proceedings, waiving
from incidents import waiting
from incidents.models import Concern, Link, Telling
from incidents.workflow import reporting, takedowns, triage
from reports import jobs, workflow
from reports.models import Paper
from schools import acts, ledger, sealing, uploads
from schools.access import Viewer
from schools.acts import Denied, Refused
from schools.models import Exclusion, Upload
from schools.roles import Role
from tests import factories

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SAM = {"name": "Sam Field", "kind": "staff", "part": "subject"}
DOT = {"name": "Dot Evans", "kind": "staff", "part": "witness"}
PUPIL = {"name": "Kit Lane", "kind": "pupil", "part": "affected"}
POST = {"platform": "Facebook", "url": "https://posts.example/1", "handle": "sam.f"}
# The beginning of a picture in the PNG format: its mark, then a header of one by one pixels.
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
ADDITIONS = """adds_to = "allsaints-2022"
school = "Oakfield School"
approved_on = "2026-09"

[[clauses]]
id = "OAK-B1"
ref = "Local 1"
wording = "Staff must not use the school's phones for social media."
codes = ["WORKTIME"]
direction = "staff_act"
"""
WORDS = "He wrote about a child in his class where anyone could read it."


def upload(user, name="screen.png", content=PICTURE) -> Upload:
    """A file that somebody sent and no record has taken in."""
    return uploads.take(user, name, BytesIO(content))


def reported(
    cast, *, by=None, at: datetime, what="staff_confidential", people=(SAM, DOT, PUPIL), links=(POST,), **more
):
    """A concern as Tom reports it: about Sam, seen by Dot, with a child in it and one post."""
    answers = {"what": what, "narrative": WORDS, "at_risk": "no", "people": people, "links": links} | more
    return reporting.report(cast.oakfield, by=by or cast.tom, at=at, **answers)


def read(cast, *, at, **more):
    """A report that Dee has opened."""
    return triage.read_report(reported(cast, at=at, **more), by=cast.dee, at=at + HOUR)


def triaged(cast, *, at, code="CONFID", direction="staff_act", **more):
    """A concern that Dee has triaged as what it was reported to be."""
    concern = read(cast, at=at, **more)
    return triage.triage(concern, by=cast.dee, at=at + 2 * HOUR, code=code, direction=direction, reason="As reported.")


def about_nobody_here(cast, *, at, **more):
    """A triaged concern about a parent's post: no adult of the school, so no threshold question."""
    facts = {"what": "abuse_of_staff", "people": [], "code": "ABUSE", "direction": "against_staff"}
    return triaged(cast, at=at, **facts, **more)


def answered(cast, *, at, answer="low_level_concern", **more):
    """A triaged concern whose threshold question Harriet has answered."""
    return answered_of(triaged(cast, at=at, **more), cast, at=at + 3 * HOUR, answer=answer)


def answered_of(concern, cast, *, at, answer="low_level_concern"):
    """A concern whose threshold question Harriet answers, for the first time or again."""
    told = {"answer": answer, "consulted": cast.dee.person, "reason": "No child came to harm."}
    return triage.answer_threshold(concern, by=cast.harriet, at=at, **told)


def in_case(cast, *, at):
    """A case that Dee opened for a concern about Sam."""
    return opened(answered(cast, at=at), cast, at=at)


def opened(concern, cast, *, at):
    """The case that Dee opened for one concern."""
    return cases.open_case(concern, by=cast.dee, at=at + 4 * HOUR)


def settled_conflicts(concern, cast, *, at) -> None:
    """Dee confirms who is kept out of a concern."""
    for exclusion in Exclusion.objects.standing().filter(record=concern.record, grade="hidden", confirmed_at=None):
        told = {"exclusion": exclusion, "answer": "confirm", "reason": "So it is."}
        triage.confirm_conflict(concern, by=cast.dee, at=at + 4 * HOUR, **told)


def settled(concern, cast, *, at):
    """A triaged concern in which Dee has decided all that is hers to decide and confirmed who is kept out of it."""
    settled_conflicts(concern, cast, at=at)
    for question in set(waiting.unsettled_in([concern])[concern.pk]) - {"threshold"}:
        said = {"question": question, "answer": "yes", "reason": "They were rung.", "happened_at": at + 4 * HOUR}
        triage.record_decision(concern, by=cast.dee, at=at + 4 * HOUR, **said)
    return concern


def settled_case(cast, *, at):
    """A case without parts, with nothing open in its concern."""
    return opened(settled(answered(cast, at=at), cast, at=at), cast, at=at)


def about_dee(cast, *, at):
    """A concern about the safeguarding lead in which Harriet has answered all that its facts opened."""
    reported_of = reported(cast, at=at, people=[{"name": "Dee Marsh", "kind": "staff", "part": "subject"}])
    concern, by_harriet = triage.read_report(reported_of, by=cast.harriet, at=at), {"by": cast.harriet, "at": at}
    triage.triage(concern, **by_harriet, code="CONFID", direction="staff_act", reason="As reported.")
    told = {"answer": "low_level_concern", "consulted": cast.dot.person, "reason": "No child came to harm."}
    triage.answer_threshold(concern, **by_harriet, **told)
    for row in Exclusion.objects.filter(record=concern.record, grade="hidden"):
        triage.confirm_conflict(concern, **by_harriet, exclusion=row, answer="confirm", reason="So it is.")
    return concern


def part(cast, lane="safeguarding", *, at, case=None, about=None) -> Part:
    """One part of a case, opened by Harriet."""
    case = case or in_case(cast, at=at)
    about = about or (cast.sam.person if lane in ("conduct", "low_level_concern") else None)
    return cases.open_part(case, by=cast.harriet, at=at + 5 * HOUR, lane=lane, about=about, about_name="")


def finished(cast, *, at):
    """A concern about a parent's post that Dee finished without a case."""
    answers = {"outcome": "no_further_action", "reason": "It was fair criticism."}
    concern = settled(about_nobody_here(cast, at=at), cast, at=at)
    return triage.finish_concern(concern, by=cast.dee, at=at + 4 * HOUR, **answers)


def closed(cast, *, at):
    """A case without parts that Harriet closed."""
    return closed_of(settled_case(cast, at=at), cast, at=at + 6 * HOUR)


def closed_of(case, cast, *, at):
    """A case that Harriet closed, with what she says where nothing was opened in it."""
    return cases.close_case(case, by=cast.harriet, at=at, outcome="reply_or_meet", reason="We met him.")


def left_open(cast, *, at, vera=None):
    """A concern that a second head saw, left when she closed the case to which it was joined; Harriet is free in it."""
    vera = vera or factories.member(cast.oakfield, "Vera Holt", Role.HEAD_OF_SCHOOL, at=at)
    case, saw = settled_case(cast, at=at), [{"name": "Vera Holt", "kind": "staff", "part": "witness"}]
    second = settled(triaged(cast, at=at, people=saw), cast, at=at)
    cases.join_case(second, by=cast.dee, at=at + 5 * HOUR, case=case)
    cases.close_case(case, by=vera, at=at + 6 * HOUR, outcome="reply_or_meet", reason="We met him.")
    return Concern.objects.get(pk=second.pk)


def left_finished(cast, *, at):
    """A concern about Dee that stayed finished when she opened the case again to which it was joined."""
    case, second = settled_case(cast, at=at), about_dee(cast, at=at)
    cases.join_case(second, by=cast.harriet, at=at + 5 * HOUR, case=case)
    closed_of(case, cast, at=at + 6 * HOUR)
    cases.reopen_case(case, by=cast.dee, at=at + 7 * HOUR, reason="A second post.")
    return Concern.objects.get(pk=second.pk)


def copied(cast, *, at):
    """A child's safety part of which Dee wrote the text for the child's own file."""
    return parts.copy_for_childs_file(part(cast, at=at), by=cast.dee, at=at + 6 * HOUR, text="About Kit Lane.")


def closed_part(cast, lane="safeguarding", *, at, **more) -> Part:
    """A part of an open case that Dee closed."""
    ended = {"reason": "The child is safe.", "nowhere_else_reason": "It touches no other record."}
    return parts.close_part(part(cast, lane, at=at, **more), by=cast.dee, at=at + 6 * HOUR, **ended)


def handed_over(cast, *, at) -> Part:
    """A part that Dee handed over to Hugh."""
    given = {"person": cast.hugh.person, "role": "hr_lead", "why": "Her hours are affected."}
    return handing_over.hand_over(part(cast, at=at), by=cast.dee, at=at + 6 * HOUR, **given)


def requested(cast, *, at, concern=None, asked_of="platform"):
    """A request to the platform to take the post down."""
    concern = concern or answered(cast, at=at)
    link = Link.objects.get(record=concern.record)
    asking = {"link": link, "asked_of": asked_of, "said": "Please remove this."}
    return takedowns.request_takedown(concern, by=cast.dee, at=at + 4 * HOUR, **asking)


def removed(cast, *, at, **more):
    """A request after which Dee has seen that the post is gone."""
    looked = {"happened_at": at + 5 * HOUR, "said": "The page is empty."}
    return takedowns.confirm_removal(requested(cast, at=at, **more), by=cast.dee, at=at + 5 * HOUR, **looked)


def conduct_part(cast, *, at) -> Part:
    """A conduct part about Sam, of which nothing has been begun."""
    return part(cast, "conduct", at=at)


def advice_asked(cast, *, at, part=None):
    """A question that Hugh put to the trust's solicitor about the conduct part."""
    conduct = part or conduct_part(cast, at=at)
    question = {"adviser": "Reed and Rowe, solicitors", "question": "May we act on a repost?"}
    return apart.ask_advice(conduct, by=cast.hugh, at=at + 6 * HOUR, **question)


def advised(cast, *, at, part=None):
    """The same, answered."""
    came = {"received_at": at + 7 * HOUR, "text": "Charge the manner and never the view."}
    return apart.record_advice(advice_asked(cast, at=at, part=part), by=cast.hugh, at=at + 7 * HOUR, **came)


def waiver_asked(cast, *, at, part=None):
    """The same, of which Hugh asked Grace to confirm that privilege is waived."""
    asked = {"waived_to": "the panel", "reason": "We rely on it.", "second": cast.grace.person}
    return waiving.ask_to_waive_privilege(advised(cast, at=at, part=part), by=cast.hugh, at=at + 8 * HOUR, **asked)


def waived(cast, *, at, part=None):
    """The same, which Grace confirmed."""
    asked = waiver_asked(cast, at=at, part=part)
    return waiving.waive_privilege(asked, by=cast.grace, at=at + 9 * HOUR, confirmed="yes")


def working_notes(cast, *, at, proceeding=None):
    """Notes that Ivan, who investigates, keeps for himself."""
    conduct = (proceeding or begun(cast, at=at)).part
    return apart.keep_working_notes(conduct, by=cast.ivan, at=at + 7 * HOUR, text="He looked at the floor.")


def begun(cast, *, at, case=None, decision_maker=None):
    """A proceeding about Sam: Ivan investigates, Harriet will decide."""
    conduct = part(cast, "conduct", at=at, case=case)
    return proceedings.begin_proceeding(
        conduct,
        by=cast.hugh,
        at=at + 6 * HOUR,
        allegations=[{"paragraphs": "6.1", "alleged": "That he named a child on Facebook."}],
        investigator=cast.ivan.person,
        decision_maker=decision_maker or cast.harriet.person,
        belief="no",
        union="no",
        public_interest="no",
        private="no",
        protected_speech_reason="It is about a child.",
    ).proceeding_of


def investigated(cast, *, at, **more):
    """A proceeding whose facts Ivan has found."""
    found = {"happened_at": at + 7 * HOUR, "said": "He wrote it, and says so."}
    return proceedings.record_investigation(begun(cast, at=at, **more), by=cast.ivan, at=at + 7 * HOUR, **found)


def arranged(cast, *, at, **more):
    """A proceeding with a hearing in three weeks."""
    return arranged_of(investigated(cast, at=at, **more), cast, at=at)


def arranged_of(proceeding, cast, *, at):
    """A proceeding that was investigated, with its hearing in three weeks."""
    notice = {"notice_given_at": at + 8 * HOUR, "hearing_at": at + 21 * DAY, "companion_told": "yes"}
    notice |= {"closure_reason": "He asked for that day."}  # where it is a Saturday or a Sunday
    return proceedings.arrange_hearing(proceeding, by=cast.hugh, at=at + 8 * HOUR, **notice)


def heard(cast, *, at, **more):
    """A proceeding whose hearing was held."""
    return heard_of(investigated(cast, at=at, **more), cast, at=at)


def heard_of(proceeding, cast, *, at):
    """A proceeding that was investigated, with its hearing held."""
    return held_of(arranged_of(proceeding, cast, at=at), cast, at=at)


def held_of(proceeding, cast, *, at):
    """A proceeding of which the hearing that was arranged has been held."""
    held = {"happened_at": at + 21 * DAY, "said": "All were there."}
    return proceedings.record_hearing(proceeding, by=cast.hugh, at=at + 21 * DAY, **held)


def found(cast, *, at, finding="proved", **more):
    """A proceeding in which Harriet has found on the one allegation."""
    return found_of(heard(cast, at=at, **more), cast, at=at, finding=finding)


def found_of(proceeding, cast, *, at, finding="proved"):
    """A proceeding that was heard, in which Harriet has found on the one allegation."""
    (allegation,) = Allegation.objects.filter(record=proceeding.record)
    findings = [{"allegation": allegation, "finding": finding, "reason": "He said so."}]
    return proceedings.record_finding(proceeding, by=cast.harriet, at=at + 22 * DAY, findings=findings)


def decided(cast, *, at, outcome="final_written_warning", **more):
    """A proceeding of which Harriet decided the outcome, on Wednesday 16 December when it began on 23 November."""
    proceeding = found(cast, at=at, **more)
    return proceedings.decide_outcome(
        proceeding, by=cast.harriet, at=at + 23 * DAY, outcome=outcome, reason="He was told twice."
    )


def no_case(cast, *, at, **more):
    """A proceeding that Harriet ended after the investigation, on Wednesday 25 November."""
    return endings.end_without_hearing(
        investigated(cast, at=at, **more), by=cast.harriet, at=at + 2 * DAY, reason="It was somebody else’s page."
    )


def appealed(cast, *, at, **more):
    """A proceeding against the outcome of which Sam appealed the day after; Grace hears it."""
    appeal = {"lodged_at": at + 24 * DAY, "grounds": "Too long.", "appeal_officer": cast.grace.person}
    return appeals.lodge_appeal(decided(cast, at=at, **more), by=cast.hugh, at=at + 24 * DAY, **appeal)


def breach(cast, *, at) -> Part:
    """A breach in the register that was first known on Monday 23 November at 08:00."""
    return part(cast, "data_breach", at=at, case=opened(answered(cast, at=at, first_known_at=at), cast, at=at))


def ico_told(cast, *, at) -> Part:
    """A breach of which Priya told the ICO after a day."""
    told = {"decision": "told", "reason": "Medical needs of six children.", "outside_reference": "IC-0001"}
    return breaches.decide_ico(breach(cast, at=at), by=cast.priya, at=at + DAY, **told)


def asked_for(cast, *, at, subject, **more) -> Paper:
    """A copy of a case or a part that Harriet asked for."""
    asked = {"recipient": "Grace Adeyemi, chair", "purpose": "To review it.", "legal_ground": "legal_obligation"} | more
    act = workflow.ask_for_part_paper if isinstance(subject, Part) else workflow.ask_for_paper
    return act(subject, by=cast.harriet, at=at + 9 * HOUR, **asked)


def paper(cast, *, at, subject) -> Paper:
    """A copy that Harriet asked for and the worker made."""
    made = asked_for(cast, at=at, subject=subject)
    jobs.print_paper.func(str(made.pk))
    return Paper.objects.get(pk=made.pk)


def untold(concern) -> Telling:
    """Somebody who has not been told of a concern yet."""
    return Telling.objects.filter(record=concern.record, told_at=None).order_by("role").first()


def who_may(done, subject, cast, *, at: datetime) -> tuple[str, str]:
    """Who of the cast may do an act now, and who would but is stopped by a reason, each as names in a row."""
    declared, free, stopped = acts.REGISTRY[done.act_key], [], []
    for name, user in sorted(cast.everyone().items()):
        obstacle = declared.obstacle(Viewer(user, at), subject)
        if obstacle is None:
            free.append(name)
        elif isinstance(obstacle, Refused):
            stopped.append(name)
    return " ".join(free), " ".join(stopped)


def why_not(done, subject, **answers) -> str:
    """The words with which an act is refused; fails when it is not."""
    with pytest.raises((Denied, Refused)) as refused:
        done(subject, **answers)
    return str(refused.value)


def lines(thing) -> list[str]:
    """The lines of the history of a thing's record, oldest first."""
    return [entry.verb for entry in thing.record.entries.order_by("seq")]


def last_line(thing) -> tuple[str, object, datetime, dict]:
    """The last line of a thing's record: what was done, by whom, when, and the facts sealed with it."""
    entry = thing.record.entries.order_by("-seq").first()
    facts = json.loads(ledger.payload_of(entry, sealing.key_of(thing.record))[1])["facts"]
    return entry.verb, entry.by, entry.at, facts


def words(row) -> SimpleNamespace:
    """The sealed words of a row as it is in the database, opened."""
    return sealing.open_row(type(row)._default_manager.get(pk=row.pk))
