"""Pages about concerns: reporting one, my reports, the list, the concern, its files, a takedown."""

import secrets

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from incidents import choices, concern_page, proposals
from incidents.lists import CONCERNS, TAKEDOWNS
from incidents.models import Concern, Evidence, Exchange
from incidents.receipts import receipts, touched
from incidents.workflow import reporting
from schools import access, acts, downloads, drafts, errors, files, headers, list_pages, sealing, versions
from schools.listing import Listing
from schools.models import School
from schools.offices import on_duty
from schools.subjects import path_of
from schools.web import (
    SIGNED_IN,
    buttons,
    carry_out,
    find_subject,
    keep_typed,
    mark_of,
    opens_to,
    received,
    sending_of,
    show,
    viewer_of,
)

STAGES = ["not read yet", "read", "being dealt with", "finished"]
REPORTERS = "anyone on the staff; of their own reports they see a receipt"


def schools_to_report_for(request) -> list[School]:
    """The schools a person may report for: their own, or every school of the trust for an office in the whole trust."""
    person, viewer = request.user.person, viewer_of(request)
    if person.school_id is None or any(school is None for _, school, _ in viewer.offices):
        return list(School.objects.filter(trust_id=person.trust_id).order_by("name"))
    return [person.school]


def school_of_report(request) -> School | None:
    """The school that a report is made for: the one asked for in the address, otherwise the reporter's own."""
    asked, own = request.GET.get("school"), request.user.person.school
    if asked is None and own is not None:
        return own
    found = {school.slug: school for school in schools_to_report_for(request)}
    return next(iter(found.values()), None) if asked is None else found.get(asked)


@opens_to(SIGNED_IN)
def begin_report(request):
    """What happened? The three doors, and behind each its plain answers."""
    school = school_of_report(request)
    if school is None:
        return errors.not_found(request)
    asked = request.GET.get("door")
    context = {
        "doors": [(key, words, choices.behind(key), key == asked) for key, words in choices.DOORS],
        "school": school,
        "schools": schools_to_report_for(request),
        "on_duty": on_duty(school, viewer_of(request).at),
        "for_school": _for(request, school),
        "unsent": unsent_reports(request, school),
        "kept_days": drafts.LASTS.days,
    }
    return show(request, "incidents/begin.html", context)


def _for(request, school) -> str:
    return "" if school == request.user.person.school else "?" + urlencode({"school": school.slug})


def unsent_reports(request, school) -> list[choices.What]:
    """What the reports that were begun and not sent are about, the newest first."""
    act = acts.REGISTRY[reporting.report.act_key]
    kept = drafts.kept(request.user, act.name, school.ref)
    kinds = dict.fromkeys(next(iter(draft.answers.get("what", [])), "") for draft in kept)
    return [choices.choices()[key] for key in kinds if key in choices.choices()]


@opens_to(SIGNED_IN)
def report(request, what: str):
    """Tell us: the words, the people, the places; the files unless the stop sign stands before them."""
    meaning, school = choices.choices().get(what), school_of_report(request)
    if meaning is None or school is None:
        return errors.not_found(request)
    act = acts.REGISTRY[reporting.report.act_key]
    if request.method == "POST":
        return _send_report(request, act, school, meaning)
    if obstacle := act.obstacle(viewer_of(request), school):
        raise obstacle
    draft = next(iter(drafts.kept(request.user, act.name, school.ref, what=[what])), None)
    data = draft.answers if draft else {"what": [what]}
    form = act.form(data, subject=school, viewer=viewer_of(request), quiet=True)
    return _report_page(request, act, school, meaning, form, draft=draft)


def _send_report(request, act, school, meaning):
    typed = request.POST.copy()
    typed["what"] = meaning.key
    form = act.form(typed, request.FILES, subject=school, viewer=viewer_of(request))
    if form.files_sent():
        if earlier := _where_it_led(request, act, school):
            return redirect(earlier)
        if meaning.stop:
            return _report_page(request, act, school, meaning, form, refusal=reporting.NO_FILES, status=400)
        if obstacle := act.obstacle(viewer_of(request), school):
            raise obstacle
        form = received(request, form)
    if "save_draft" in request.POST:
        keep_typed(request, act, school, form, what=[meaning.key])
        return redirect("my_reports")
    if not form.is_valid():
        if earlier := _where_it_led(request, act, school):
            return redirect(earlier)
        return _report_page(request, act, school, meaning, form, status=200 if form.quiet else 400)
    try:
        done = carry_out(request, act, school, form)
    except acts.Denied as denied:
        return errors.page(403, why=str(denied))
    if isinstance(done, str):
        return redirect(done)
    return _report_page(request, act, school, meaning, form, refusal=str(done), status=409)


def _where_it_led(request, act, school) -> str | None:
    """Where the first sending of this very form led, if there was one; an act finds that out by itself."""
    earlier = acts.sent_before(request.user, sending_of(request), act, school)
    return earlier and earlier.landed


def _report_page(request, act, school, meaning, form, *, refusal="", status=200, draft=None):
    if meaning.tell:
        form.fields["narrative"].help_text = meaning.tell
    context = {
        "act": act,
        "form": form,
        "what": meaning,
        "stop": choices.stops().get(meaning.stop),
        "school": school,
        "refusal": refusal,
        "form_token": secrets.token_urlsafe(24),
        "form_mark": mark_of(request, act, school, form, draft=draft, what=[meaning.key]),
        "on_duty": on_duty(school, viewer_of(request).at),
        "back": reverse("begin_report") + _for(request, school),
        "leave_now": reverse("planner"),
    }
    return show(request, "incidents/report.html", context, status=status)


@opens_to(REPORTERS)
def my_reports(request):
    """My reports: reference, date and stage, and nothing of what anyone else wrote."""
    person = request.user.person
    mine = Concern.objects.reported_by(person).select_related("school").order_by("-reported_at")
    listing = Listing(request, mine)
    context = {
        "listing": listing,
        "reports": receipts(listing.rows, viewer_of(request)),
        "unsent": unsent_reports(request, person.school) if person.school else [],
        "kept_days": drafts.LASTS.days,
    }
    return show(request, "incidents/my_reports.html", context)


@opens_to(REPORTERS)
def my_report(request, ref: str):
    """One report of mine: my own words until the case closes, and one of four stages."""
    person, viewer = request.user.person, viewer_of(request)
    concern = Concern.objects.reported_by(person).filter(ref=ref).select_related("record", "school").first()
    if concern is None:
        return errors.not_found(request)
    receipt = receipts([concern], viewer)[0]
    if receipt.shows_words:
        sealing.open_rows([concern])
    own_files = Evidence.objects.filter(record=concern.record, captured_by=person)
    context = {
        "receipt": receipt,
        "concern": concern,
        "stages": STAGES,
        "files": own_files.count() if receipt.shows_words else 0,
        "on_duty": on_duty(concern.school, viewer.at, but_not=touched(receipt)),
    }
    return show(request, "incidents/my_report.html", context, records=[concern.pk] if receipt.shows_words else [])


@opens_to("whoever reads a concern, each their own")
def concerns(request):
    """The concerns I may see: reference, what happened, school and stage, newest first; names only on opening."""
    return list_pages.page(request, CONCERNS)


@opens_to(list_pages.DOWNLOADERS)
def concerns_file(request):
    """The concerns as a file for a spreadsheet, without a word of what was said."""
    return list_pages.download(request, CONCERNS)


@opens_to("whoever reads the concern it belongs to")
def takedowns(request):
    """The requests I may see to take a post down: where, asked of whom, how it stands and when to look again."""
    return list_pages.page(request, TAKEDOWNS)


@opens_to(list_pages.DOWNLOADERS)
def takedowns_file(request):
    """The takedowns as a file for a spreadsheet, without an address or an account."""
    return list_pages.download(request, TAKEDOWNS)


@opens_to("whoever reads the concern")
def concern(request, ref: str):
    """One concern: what is next, what was said, who must know, who is involved, what was decided and done."""
    found = find_subject(request, "concerns", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    if found.read_at is None:
        return show(request, "incidents/unread.html", _unread_context(viewer, found))
    context = concern_page.context(viewer, found, request.GET)
    return show(request, "incidents/concern.html", context, records=[found.pk])


def _unread_context(viewer, found) -> dict:
    offered = {button.label: button for button in buttons(viewer, found)}
    reading = offered.pop(acts.find(Concern, "read-report").label, None)
    return {
        "concern": found,
        "outside": concern_page.outside_of(found, viewer.at),
        "reading": reading,
        "form_token": secrets.token_urlsafe(24),
        "form_seen": found.record.head.seq,
        "back": reverse("concerns"),
    }


@opens_to("whoever reads the concern it belongs to; the download is written down")
def evidence(request, ref: str):
    """Hand over one file exactly as it was received, as a download."""
    item = Evidence.objects.visible_to(viewer_of(request)).filter(ref=ref).select_related("record__concern").first()
    if item is None:
        return errors.not_found(request)
    if item.record.concern.is_words_only:
        return errors.page(409, why=reporting.NOT_SHOWN)
    said = {"page": "evidence", "records": [item.record_id], "basis": f"download of {item.ref}"}
    downloads.take_out("evidence", viewer=viewer_of(request), **said)
    content = files.open_item(item.pk, item.stored_as)
    if content is None:
        return errors.not_found(request)
    name = sealing.open_row(item).name
    return headers.attachment(content, name=name, kind="application/octet-stream", size=item.size)


@opens_to("whoever reads the concern it belongs to")
def takedown(request, ref: str):
    """One request to take a post down: what was asked, what came back, when to look again."""
    found = find_subject(request, "takedowns", ref)
    if found is None:
        return errors.not_found(request)
    viewer, about = viewer_of(request), found.record.concern
    steps = list(Exchange.objects.filter(takedown=found).order_by("happened_at", "pk"))
    sealing.open_rows([found.link, *steps])
    context = {
        "takedown": found,
        "concern": about,
        "exchanges": steps,
        "removal": proposals.of_concern(about, at=viewer.at)["removal"],
        "policy_url": versions.url_of(about.record.pack_id),
        "buttons": buttons(viewer, found),
        "aside": access.stands_aside(viewer, found.record),
        "back": path_of(about),
    }
    return show(request, "incidents/takedown.html", context, records=[found.record_id])
