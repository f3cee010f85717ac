"""Addresses of the desk, cases, parts and search, and the acts on offer for them."""

from django.urls import path

from casework import adopting, apart_forms, forms, views
from casework.models import Allegation, Case, IcoStep, LegalAdvice, Part, Proceeding, WorkingNotes
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
from incidents.forms import ConfirmConflict
from schools import access
from schools.acts import offer
from schools.looking import look_first
from schools.roles import LANES, Kind
from schools.subjects import address, path_of
from schools.timeline import say
from schools.web import menu
from schools.workflow import policies

# The proceeding of a part with those who have a duty in it.
PROCEEDING = [f"proceeding_of__{duty}" for duty in ("investigator", "decision_maker", "appeal_officer")]
address("cases", Case, kinds={Kind.CONCERN}, along=["school"])
address("parts", Part, kinds=LANES, along=["school", "case", "about", *PROCEEDING])
address("proceedings", Proceeding, shown_under="parts", kinds={Kind.CONDUCT})
address("advice", LegalAdvice, kinds={Kind.LEGAL_ADVICE}, along=["part__school__trust", "part__record"])
address("working-notes", WorkingNotes, kinds={Kind.WORKING_NOTES}, along=["part__school__trust", "part__record"])


def to_it(result, subject, by, at) -> str:
    return path_of(result)


def to_its_part(result, subject, by, at) -> str:
    return path_of(subject.part)


def to_it_or_its_case(part, case, by, at) -> str:
    """To the part for whoever reads it; otherwise to its case, since they would find no page of it."""
    return path_of(part if access.sees(access.Viewer(by, at), part.record) else case)


offer(cases.open_case, forms.OpenCase, lands=to_it)
offer(cases.join_case, forms.JoinCase, lands=to_it, is_rare=True)
offer(cases.open_part, forms.OpenPart, lands=to_it_or_its_case)
offer(cases.close_case, forms.CloseCase)
offer(cases.reopen_case, forms.Reopen)
offer(cases.finish_with_case, forms.FinishWithCase)
offer(cases.take_back, forms.TakeBack)
offer(parts.write_note, forms.WriteNote)
offer(parts.offer_support, forms.OfferSupport)
offer(parts.review_support, forms.ReviewSupport)
offer(parts.record_elsewhere, forms.RecordElsewhere, is_rare=True)
offer(parts.copy_for_childs_file, forms.CopyForChildsFile)
offer(childs_file.hold_in_childs_file, forms.HoldInChildsFile)
offer(handing_over.hand_over, forms.HandOver, is_rare=True)
offer(handing_over.end_hand_over, forms.EndHandOver, is_rare=True)
offer(parts.confirm_conflict, ConfirmConflict, is_rare=True)
offer(parts.copy_item, forms.CopyItem, is_rare=True)
offer(breaches.decide_ico, forms.DecideIco)
offer(breaches.tell_ico_more, forms.TellIcoMore)
offer(breaches.record_ico_answer, forms.RecordIcoAnswer)
offer(apart.ask_advice, apart_forms.AskAdvice, lands=to_it)
offer(apart.record_advice, apart_forms.RecordAdvice)
offer(apart.share_advice, apart_forms.ShareAdvice)
offer(waiving.ask_to_waive_privilege, apart_forms.AskToWaivePrivilege, is_rare=True)
offer(waiving.waive_privilege, apart_forms.WaivePrivilege)
offer(apart.keep_working_notes, apart_forms.KeepWorkingNotes, lands=to_it)
offer(apart.destroy_working_notes, apart_forms.DestroyWorkingNotes, lands=to_its_part)
offer(proceedings.begin_proceeding, forms.BeginProceeding)
offer(parts.close_part, forms.ClosePart)
offer(parts.reopen_part, forms.Reopen)
offer(parts.record_dates, forms.RecordDates, is_rare=True)
offer(proceedings.add_allegation, forms.AddAllegation)
offer(proceedings.record_investigation, forms.RecordInvestigation)
offer(proceedings.arrange_hearing, forms.ArrangeHearing)
offer(proceedings.postpone_hearing, forms.PostponeHearing)
offer(proceedings.record_hearing, forms.RecordHearing)
offer(proceedings.record_finding, forms.RecordFinding)
offer(proceedings.decide_outcome, forms.DecideOutcome)
offer(endings.end_without_hearing, forms.EndWithoutHearing, is_rare=True)
offer(endings.record_letter, forms.RecordLetter)
offer(officers.name_somebody_else, forms.NameSomebodyElse, is_rare=True)
offer(appeals.lodge_appeal, forms.LodgeAppeal)
offer(appeals.decide_appeal, forms.DecideAppeal)
look_first(policies.adopt_policy, adopting.for_trust)
look_first(policies.add_to_policy, adopting.for_school)

say("lane", {kind.value: words for kind, words in LANES.items()})
say("outcome", Proceeding.OUTCOMES)
say("findings", Allegation.FOUND)
say("decision", forms.ICO_TOLD)
say("ico_answer", IcoStep.ANSWERS)
say("made_into", {"statement": "A statement is signed", "report": "A report is signed"})
say("moved_because", forms.MOVED_BECAUSE)
say("duty", forms.DUTIES)
say("result", Proceeding.APPEAL_RESULTS)

menu("Desk", "/", place=10)
menu("Cases", "/cases/", lambda viewer: bool(viewer.reads_in_schools() or viewer.reads_in_trusts()), place=35)
menu("Proceedings", "/proceedings/", lambda viewer: viewer.reads(Kind.CONDUCT), place=37, group="Cases")
menu("Search", "/search/", lambda viewer: bool(viewer.reads_in_schools() or viewer.reads_in_trusts()), place=40)

urlpatterns = [
    path("", views.desk, name="desk"),
    path("search/", views.find, name="search"),
    path("cases/", views.cases, name="cases"),
    path("cases/download/", views.cases_file, name="cases_file"),
    path("cases/<str:ref>/", views.case, name="case"),
    path("proceedings/", views.proceedings, name="proceedings"),
    path("proceedings/download/", views.proceedings_file, name="proceedings_file"),
    path("parts/<str:ref>/", views.part, name="part"),
    path("advice/<str:ref>/", views.advice, name="advice"),
    path("working-notes/<str:ref>/", views.working_notes, name="working_notes"),
]
