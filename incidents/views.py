"""Pages about concerns: reporting one, my reports, the list, the concern, its files, a takedown."""

import secrets

from django.http import FileResponse
from django.shortcuts import redirect

from incidents import choices, routing
from incidents.models import Concern, Decision, Evidence, Exchange, Link, Takedown, Telling
from incidents.rules import route
from incidents.workflow import reporting
from schools import access, acts, drafts, errors, files, sealing
from schools.listing import Listing
from schools.models import Appointment, Exclusion, Involvement, School
from schools.roles import Role
from schools.timeline import lines_of
from schools.web import (
    SIGNED_IN,
    buttons,
    carry_out,
    find_subject,
    opens_to,
    received,
    show,
    typed_in,
    viewer_of,
)

REPORTERS = "anyone on the staff; of their own reports they see a receipt"


def own_school(request) -> School:
    return request.user.person.school


def on_duty(school, at) -> list:
    """Whom to ring now: the safeguarding lead, a deputy, the head."""
    offices = (Role.DSL, Role.DEPUTY_DSL, Role.HEAD_OF_SCHOOL)
    rows = Appointment.objects.current(at).filter(school=school, role__in=offices).select_related("person")
    return sorted(rows, key=lambda row: offices.index(Role(row.role)))


@opens_to(SIGNED_IN)
def begin_report(request):
    """What happened? The three doors, and behind each its plain answers."""
    context = {"doors": [(key, words, choices.behind(key)) for key, words in choices.DOORS]}
    context["on_duty"] = on_duty(own_school(request), viewer_of(request).at)
    return show(request, "incidents/begin.html", context)


@opens_to(SIGNED_IN)
def report(request, what: str):
    """Tell us: the words, the people, the places; the files unless the stop sign stands before them."""
    meaning = choices.choices().get(what)
    if meaning is None:
        return errors.not_found(request)
    school, act = own_school(request), acts.REGISTRY[reporting.report.act_key]
    obstacle = act.obstacle(viewer_of(request), school)
    if isinstance(obstacle, acts.Denied):
        return errors.page(403, why=str(obstacle))
    if request.method == "POST":
        return _send_report(request, act, school, meaning)
    typed = drafts.read(request.user, act.name, school.ref)
    data = typed if typed and typed.get("what") == [what] else {"what": [what]}
    form = act.form(data, subject=school, viewer=viewer_of(request), quiet=True)
    return _report_page(request, act, school, meaning, form)


def _send_report(request, act, school, meaning):
    typed = request.POST.copy()
    typed["what"] = meaning.key
    form = received(request, act.form(typed, request.FILES, subject=school, viewer=viewer_of(request)))
    if "save_draft" in request.POST:
        drafts.keep(
            request.user, act.name, school.ref, typed_in(request, form) | {"what": [meaning.key]}, viewer_of(request).at
        )
        return redirect("my_reports")
    if not form.is_valid():
        return _report_page(request, act, school, meaning, form, status=200 if form.quiet else 400)
    done = carry_out(request, act, school, form)
    if isinstance(done, str):
        return redirect(done)
    return _report_page(request, act, school, meaning, form, refusal=str(done), status=409)


def _report_page(request, act, school, meaning, form, *, refusal="", status=200):
    context = {
        "act": act,
        "form": form,
        "what": meaning,
        "school": school,
        "refusal": refusal,
        "form_token": secrets.token_urlsafe(24),
        "on_duty": on_duty(school, viewer_of(request).at),
    }
    return show(request, "incidents/report.html", context, status=status)


@opens_to(REPORTERS)
def my_reports(request):
    """My reports: reference, date and stage, and nothing of what anyone else wrote."""
    mine = Concern.objects.reported_by(request.user.person).select_related("school").order_by("-reported_at")
    listing = Listing(request, mine, per_page=50)
    return show(request, "incidents/my_reports.html", {"listing": listing})


@opens_to(REPORTERS)
def my_report(request, ref: str):
    """One report of mine: my own words until the case closes, and one of four stages."""
    concern = Concern.objects.reported_by(request.user.person).filter(ref=ref).select_related("record").first()
    if concern is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    hidden = (
        Exclusion.objects.standing()
        .filter(record=concern.record, person=request.user.person, grade=Exclusion.HIDDEN)
        .exists()
    )
    show_words = concern.status != Concern.FINISHED and not hidden
    if show_words:
        sealing.open_rows([concern])
    context = {"concern": concern, "show_words": show_words, "stage": "not read yet" if hidden else concern.stage}
    context["on_duty"] = on_duty(concern.school, viewer.at)
    return show(request, "incidents/my_report.html", context, records=[concern.pk] if show_words else [])


CONCERN_FILTERS = {"status": Concern.STATUSES, "school": None, "code": None}
CONCERN_SORTS = {"newest": ("-reported_at", "-pk"), "oldest": ("reported_at", "pk")}


@opens_to("whoever reads a concern, each their own")
def concerns(request):
    """The concerns I may see: reference, what happened, school and stage, newest first; names only on opening."""
    rows = Concern.objects.visible_to(viewer_of(request)).select_related("school")
    listing = Listing(request, rows, filters=CONCERN_FILTERS, sorts=CONCERN_SORTS, per_page=50)
    sealing.open_rows(listing.rows)
    return show(request, "incidents/concerns.html", {"listing": listing}, records=[row.pk for row in listing.rows])


@opens_to("whoever reads the concern")
def concern(request, ref: str):
    """One concern: what is next, what was said, who must know, who is involved, what was decided and done."""
    found = find_subject(request, "concerns", ref)
    if found is None:
        return errors.not_found(request)
    if found.read_at is None:
        context = {"concern": found, "buttons": buttons(viewer_of(request), found)}
        return show(request, "incidents/unread.html", context)
    return show(request, "incidents/concern.html", concern_context(request, found), records=[found.pk])


def concern_context(request, found) -> dict:
    """Everything a concern's page shows, opened."""
    viewer, record = viewer_of(request), found.record
    involvements = list(Involvement.objects.filter(record=record).select_related("person"))
    links = list(Link.objects.filter(record=record))
    items = list(Evidence.objects.filter(record=record).select_related("captured_by").order_by("received_at"))
    decisions = list(
        Decision.objects.filter(record=record).select_related("decided_by", "consulted").order_by("decided_at")
    )
    exclusions = list(Exclusion.objects.standing().filter(record=record).select_related("person"))
    sealing.open_rows([found, *involvements, *links, *items, *decisions, *exclusions])
    answered = routing.asked(found, viewer)
    return {
        "concern": found,
        "involvements": involvements,
        "links": links,
        "evidence": items,
        "decisions": decisions,
        "exclusions": exclusions,
        "tellings": Telling.objects.filter(record=record).select_related("person").order_by("due_at", "role"),
        "takedowns": Takedown.objects.filter(record=record)
        .select_related("link", "submitted_by")
        .order_by("requested_at"),
        "answered": answered,
        "sentences": route.summary(answered, routing.names_in(answered)),
        "timeline": lines_of([record], viewer),
        "buttons": buttons(viewer, found),
    }


@opens_to("whoever reads the concern it belongs to; the download is written down")
def evidence(request, ref: str):
    """Hand over one file exactly as it was received, as a download."""
    item = Evidence.objects.visible_to(viewer_of(request)).filter(ref=ref).select_related("record__concern").first()
    if item is None:
        return errors.not_found(request)
    if item.record.concern.is_words_only:
        return errors.page(409, why=reporting.NO_FILES)
    access.note(user=request.user, page="evidence", records=[item.record_id], basis=f"download of {item.ref}")
    content = files.open_item(item.pk, item.stored_as)
    if content is None:
        return errors.not_found(request)
    name = sealing.open_row(item).name
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")


@opens_to("whoever reads the concern it belongs to")
def takedown(request, ref: str):
    """One request to take a post down: what was asked, what came back, when to look again."""
    found = find_subject(request, "takedowns", ref)
    if found is None:
        return errors.not_found(request)
    steps = list(Exchange.objects.filter(takedown=found).order_by("happened_at"))
    sealing.open_rows([found.link, *steps])
    context = {
        "takedown": found,
        "concern": found.record.concern,
        "steps": steps,
        "buttons": buttons(viewer_of(request), found),
    }
    return show(request, "incidents/takedown.html", context, records=[found.record_id])
