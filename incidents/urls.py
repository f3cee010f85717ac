"""Addresses of concerns, evidence and takedowns, and the acts on offer for them."""

from django.urls import path

from incidents import choices, forms, takedown_forms, views, what_if_views
from incidents.models import Concern, Decision, Takedown
from incidents.models.concern import DIRECTIONS
from incidents.workflow import reporting, speech, takedowns, triage
from schools import exclusions
from schools.acts import offer
from schools.models import Involvement
from schools.policy import taxonomy
from schools.roles import Kind
from schools.subjects import address, path_of
from schools.templatetags.daybook import BASIS
from schools.timeline import say
from schools.web import menu

address("concerns", Concern, kinds={Kind.CONCERN}, along=["school", "reporter", "typed_by", "read_by"])
address("takedowns", Takedown, kinds={Kind.CONCERN})


def receipt(concern, school, by, at) -> str:
    return f"/my-reports/{concern.ref}/"


def its_page(takedown, concern, by, at) -> str:
    return path_of(takedown)


offer(reporting.report, forms.Report, lands=receipt)
offer(triage.read_report, forms.ReadReport)
offer(triage.triage, forms.Triage)
offer(triage.answer_threshold, forms.AnswerThreshold)
offer(triage.record_told, forms.RecordTold)
offer(triage.confirm_conflict, forms.ConfirmConflict, is_rare=True)
offer(triage.record_decision, forms.RecordDecision)
offer(speech.check_speech, forms.CheckSpeech)
offer(speech.record_officer_reply, forms.RecordOfficerReply)
offer(reporting.name_person, forms.NamePerson)
offer(reporting.add_link, forms.AddLink)
offer(reporting.add_evidence, forms.AddEvidence)
offer(reporting.stop_showing_files, forms.StopShowingFiles, is_rare=True)
offer(reporting.describe_evidence, forms.DescribeEvidence, is_rare=True)
offer(takedowns.request_takedown, takedown_forms.RequestTakedown, lands=its_page)
offer(triage.finish_concern, forms.FinishConcern)
offer(triage.reopen_concern, forms.ReopenConcern)
offer(takedowns.log_reply, takedown_forms.LogReply)
offer(takedowns.chase, takedown_forms.Chase)
offer(takedowns.confirm_removal, takedown_forms.Looked)
offer(takedowns.give_up, takedown_forms.GiveUp)
offer(takedowns.record_reappearance, takedown_forms.Looked)
offer(takedowns.record_another_copy, takedown_forms.AnotherCopy, lands=its_page, is_rare=True)
offer(takedowns.recheck, takedown_forms.Looked)

say("what", {what.key: what.words for what in choices.choices().values()})
say("code", forms.codes())
say("secondary_codes", taxonomy().in_words)
say("basis", BASIS)
say("due_basis", BASIS)
say("threshold", Decision.ANSWERS)
say("direction", DIRECTIONS)
say("role", taxonomy().parties)
say("parts", Involvement.PARTS)
say("question", Decision.QUESTIONS)
say("answer", Decision.ANSWERS)
say("answer", {"confirm": "Confirmed", "lift": "Lifted", "waiting": "Nothing decided yet", "refused": "They refuse"})
say("answer", {exclusions.NOT_MEANT: "Lifted, because somebody else was meant"})
say("answer", {"says_removed": "They say it is gone", "thinking": "Thinking about it"})
say("outcome", dict(Concern.OUTCOMES) | {"no_further_action": "No further action"})
say("asked_of", Takedown.ASKED_OF)

menu("Report", "/report/", place=20)
menu("My reports", "/my-reports/", place=25, group="Report")
menu("Concerns", "/concerns/", lambda viewer: viewer.reads(Kind.CONCERN), place=30)
menu("Takedowns", "/takedowns/", lambda viewer: viewer.reads(Kind.CONCERN), place=33, group="Concerns")

urlpatterns = [
    path("what-if/", what_if_views.ask, name="what_if"),
    path("report/", views.begin_report, name="begin_report"),
    path("report/<slug:what>/", views.report, name="report"),
    path("my-reports/", views.my_reports, name="my_reports"),
    path("my-reports/<str:ref>/", views.my_report, name="my_report"),
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/download/", views.concerns_file, name="concerns_file"),
    path("concerns/<str:ref>/", views.concern, name="concern"),
    path("evidence/<str:ref>/", views.evidence, name="evidence"),
    path("takedowns/", views.takedowns, name="takedowns"),
    path("takedowns/download/", views.takedowns_file, name="takedowns_file"),
    path("takedowns/<str:ref>/", views.takedown, name="takedown"),
]
