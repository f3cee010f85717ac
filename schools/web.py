"""How any act meets HTTP, and how a page with the content of records is shown."""

import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schools import access, acts, clock, downloads, drafts, errors, looking, sealing, timeline, uploads
from schools.access import Viewer
from schools.subjects import SUBJECTS, act_path, path_of

ACCESS: dict[str, str] = {}
ANYONE, SIGNED_IN = "anyone", "signed in"
CHANGE_PASSWORD = "change-password"  # noqa: S105  (the word of an act in its address)
# What stands in every form and is no answer to a question.
OURS = {"csrfmiddlewaretoken", "form_token", "form_seen", "form_mark", "looked", "save_draft"}
KEPT = (
    "You were signed out meanwhile, so nothing was sent. What you typed is kept for you: look, and send it again. "
    "Files have to be chosen again."
)
KEPT_FOR_LATER = f"What you typed is kept for you for {drafts.LASTS.days} days: open the same page to go on with it."


def opens_to(whom: str):
    """Declare who may open a view; a view that declares nothing fails the build."""

    def declare(view):
        ACCESS[f"{view.__module__}.{view.__name__}"] = whom

        @functools.wraps(view)
        def checked(request, *args, **kwargs):
            if whom != ANYONE and not request.user.is_authenticated:
                return _kept_for_later(request) or redirect_to_login(request.get_full_path())
            if whom != ANYONE and request.user.has_first_password and kwargs.get("slug") != CHANGE_PASSWORD:
                messages.info(request, errors.CHOOSE_YOUR_OWN)
                return redirect(act_path(request.user.person.school, CHANGE_PASSWORD))
            try:
                return view(request, *args, **kwargs)
            except access.LogUnavailable:
                return errors.page(503)
            except downloads.TooMany as refused:
                return errors.page(429, why=str(refused))
            except acts.Denied as denied:
                return errors.page(403, why=str(denied))

        return checked

    return declare


def form_expired(request, reason=""):
    """A form came without the mark against forgery that belongs to it, as when its sender signed in anew meanwhile."""
    return _kept_for_later(request) or errors.form_expired(request, reason)


def _kept_for_later(request):
    """Keep what was typed into a form of ours before the session ended, and lead back to its page."""
    sender = request.user if request.user.is_authenticated else None
    if not drafts.keep_marked(_mark(request), _typed(request.POST), clock.now(), signed_in=sender):
        return None
    messages.info(request, KEPT)
    return redirect(request.get_full_path())


def access_to(view) -> str | None:
    """Whom a view declares to let in, a class by itself or by what it is made of; None when nothing is declared."""
    shape = getattr(view, "view_class", None) or getattr(view, "cls", None)
    names = [f"{kind.__module__}.{kind.__name__}" for kind in (shape.__mro__ if shape else [view])]
    return next((ACCESS[name] for name in names if name in ACCESS), None)


def viewer_of(request) -> Viewer:
    """Who asks, with the offices they hold at this moment; worked out once a request."""
    if not hasattr(request, "_viewer"):
        user = request.user if request.user.is_authenticated else None
        request._viewer = Viewer(user, clock.now())
    return request._viewer


def show(request, template: str, context: dict, *, records=(), status: int = 200) -> HttpResponse:
    """Show a page; when it holds content of records, who looked is written down first, or nothing is shown.

    records: the identifiers of every record with content on the page.
    """
    viewer = viewer_of(request)
    name = request.resolver_match.view_name or request.resolver_match._func_path
    access.note(user=viewer.user, page=name[:80], records=records, basis=viewer.basis)
    # Somebody may look over a shoulder wherever a record is on the screen.
    leave = {"leave_now": reverse("planner")} if records else {}
    return render(request, template, leave | context, status=status)


def furniture(request) -> dict:
    """What every page has round it: where one can go, and whether this is a demonstration."""
    found = {"demo_banner": clock.is_demo(), "nav": []}
    if getattr(request, "user", None) is None or not request.user.is_authenticated:
        return found
    viewer = viewer_of(request)
    found["nav"] = navigation(viewer, request.path)
    school = request.user.person.school
    return found | {"school_name": school.name if school else request.user.person.trust.name, "viewer": viewer}


MENU: list[tuple] = []


def menu(label: str, url: str, shown=lambda viewer: True, *, place: int = 50, group: str = "") -> None:
    """Put a page into the navigation for those to whom it means something; the lower its place, the further left.

    group: the name under which it stands with others, so that nobody has to choose among a dozen.
    """
    MENU.append((place, label, url, shown, group or label))


def navigation(viewer: Viewer, here: str) -> list[dict]:
    """Where this person can go: the pages of a group under its name, a single one under its own.

    here: the address of the page that is open.
    """
    groups: dict[str, list] = {}
    for _, label, url, shown, group in sorted(MENU, key=lambda item: item[0]):
        if shown(viewer):
            current = here == url or (url != "/" and here.startswith(url))
            groups.setdefault(group, []).append({"label": label, "url": url, "current": current})
    return [
        {"label": name, "url": pages[0]["url"], "current": any(page["current"] for page in pages), "pages": pages}
        if len(pages) > 1
        else pages[0]
        for name, pages in groups.items()
    ]


@dataclass
class Button:
    """An act as a button: the words on it, where it leads, and why not now."""

    label: str
    url: str
    why_not: str
    sentence: str
    is_rare: bool = False
    asks_nothing: bool = False


def buttons(viewer: Viewer, thing) -> list[Button]:
    """The acts this person may do to this thing, in words; none that is over or that the facts do not ask for."""
    return [
        Button(
            act.label,
            act_path(thing, act.slug),
            str(obstacle or ""),
            act.sentence,
            is_rare=act.is_rare,
            asks_nothing=not act.form.base_fields,
        )
        for act, obstacle in acts.open_to(viewer, thing)
        if not isinstance(obstacle, acts.Past)
    ]


def find_subject(request, plural: str, ref: str):
    kind = SUBJECTS.get(plural)
    return kind.find(viewer_of(request), ref) if kind else None


@opens_to("acts: those whose role carries the act, on what they see")
def act_page(request, plural: str, ref: str, slug: str):
    """The page of any act: its form, its reasons why not, and what comes of sending it."""
    subject = find_subject(request, plural, ref)
    act = acts.find(type(subject), slug) if subject is not None else None
    if act is None:
        return errors.not_found(request)
    earlier = acts.sent_before(request.user, sending_of(request), act, subject)
    if earlier is not None:
        return redirect(earlier.landed)
    obstacle = act.obstacle(viewer_of(request), subject)
    if isinstance(obstacle, acts.Denied):
        return errors.page(403, why=str(obstacle))
    if request.method == "POST":
        try:
            return _send(request, act, subject, obstacle)
        except acts.Denied as denied:  # their right ended while it was sent; what is hidden now is as absent as ever
            del request._viewer
            is_gone = find_subject(request, plural, ref) is None
            return errors.not_found(request) if is_gone else errors.page(403, why=str(denied))
    draft = next(iter(drafts.kept(request.user, act.name, subject.ref)), None)
    form = act.form(draft and draft.answers, subject=subject, viewer=viewer_of(request), quiet=True)
    # Questions that nobody may answer now are not asked; what was typed already is still shown.
    is_barred = obstacle is not None and draft is None
    return act_form(request, act, subject, form, obstacle=obstacle, draft=draft, is_barred=is_barred)


def _send(request, act, subject, obstacle):
    form = act.form(request.POST, request.FILES, subject=subject, viewer=viewer_of(request))
    if obstacle is None:
        form = received(request, form)
    if "save_draft" in request.POST:
        keep_typed(request, act, subject, form)
        messages.success(request, KEPT_FOR_LATER)
        return redirect(path_of(subject))
    if not form.is_valid():
        status = 200 if form.quiet or obstacle else 400
        return act_form(request, act, subject, form, obstacle=obstacle, status=status)
    if obstacle is None and _look_is_due(request, act, subject, form):
        return act_form(request, act, subject, form, looks_ahead=True)
    done = carry_out(request, act, subject, form)
    if isinstance(done, str):
        messages.success(request, f"{timeline.in_words(act.verb)}.")
        return redirect(done)
    return act_form(request, act, subject, form, obstacle=done, status=409)


def _look_is_due(request, act, subject, form) -> bool:
    return looking.is_due(act, subject, request.user, form.cleaned_data, request.POST.get("looked", ""))


def received(request, form):
    """The form with the files that came with it, sealed and waiting; a refused one is said beside its question."""
    sent, why = form.files_sent(), form.no_files_because()
    for name in sent if why else ():
        form.add_error(name, why)
    if why or not sent:
        return form
    kept = {name: [str(upload.pk) for upload in uploads.receive(request, files)] for name, files in sent.items()}
    form = form.with_uploads(kept)
    for name, files in sent.items():
        for file in files:
            if file.problem:
                form.add_error(name, file.problem)
    return form


def keep_typed(request, act, subject, form, **known) -> None:
    """Keep what was typed into the form of an act for its writer, in place of what it was filled with.

    known: answers that the page knows and does not ask, by field name, as lists.
    """
    typed = typed_in(request, form) | known
    drafts.keep(request.user, act.name, subject.ref, typed, clock.now(), instead_of=drafts.taken_up(_mark(request)))


def _mark(request) -> str:
    return request.POST.get("form_mark", "")


def typed_in(request, form) -> dict[str, list[str]]:
    """Everything typed, as it would be sent again; never a password."""
    secret = set(map(form.add_prefix, form.secrets()))
    return {name: typed for name, typed in _typed(form.data).items() if name not in secret}


def sending_of(request) -> acts.Sending | None:
    """What this request sends, with the key of its form."""
    return acts.Sending.of(request.POST.get("form_token", "")[:64], _typed(request.POST))


def _typed(data) -> dict[str, list[str]]:
    return {name: data.getlist(name) for name in data if name not in OURS}


AFTERWARDS: dict[tuple, Callable] = {}


def afterwards(done, then: Callable) -> None:
    """Have something follow in the sender's own browser once an act is done, outside any record.

    done: the act. then: from the request and what the act gave.
    """
    AFTERWARDS[done.act_key] = then


def follow_up(request, act, result) -> None:
    """What follows an act in the sender's own browser, if anything does."""
    if then := AFTERWARDS.get((act.of, act.name)):
        then(request, result)


def mark_of(request, act, subject, form, *, draft, **known) -> str:
    """What the form of an act carries so that nothing typed into it is lost with the session; none with a password.

    draft: what it was filled with now, if anything.
    """
    if form.secrets():
        return ""
    taken_up = str(draft.pk) if draft else drafts.taken_up(_mark(request))
    return drafts.mark(request.user, act.name, subject.ref, taken_up=taken_up, **known)


def carry_out(request, act, subject, form) -> str | acts.Refused:
    """Do the act with what was answered: the address to go to, or the refusal in words.

    Raises acts.Denied when the right to it ended meanwhile; what was typed is kept.
    """
    at = clock.now()
    try:
        result = acts.do(
            act,
            subject,
            by=request.user,
            at=at,
            sending=sending_of(request),
            seen=acts.line_seen(request.POST.get("form_seen", "")),
            looked=request.POST.get("looked", ""),
            answers=form.cleaned_data,
        )
    except acts.Repeated as repeated:
        return repeated.landed
    except acts.Refused as refused:
        return refused
    except acts.Denied:
        keep_typed(request, act, subject, form)
        raise
    if taken_up := drafts.taken_up(_mark(request)):
        drafts.drop(request.user, taken_up)
    follow_up(request, act, result)
    return act.landing(result, subject, by=request.user, at=at)


def act_form(request, act, subject, form, *, obstacle=None, status=200, looks_ahead=False, draft=None, is_barred=False):
    """The page of an act with its form as typed; a refusal stands above it, and what would change if that is asked.

    is_barred: whether only the refusal is shown, with the way back.
    """
    ahead, of_records = looking.ahead(act, subject, viewer_of(request), form) if looks_ahead else ({}, [])
    context = {
        "act": act,
        "subject": subject,
        "form": form,
        "refusal": str(obstacle) if obstacle else "",
        "is_barred": is_barred,
        "is_stale": isinstance(obstacle, acts.Stale),
        "form_token": secrets.token_urlsafe(24),
        "form_seen": subject.record_for(viewer_of(request)).head.seq,
        "form_mark": mark_of(request, act, subject, form, draft=draft),
        "back": path_of(subject),
    }
    records = [*of_records, *([subject.record.pk] if sealing.has_content(subject) else [])]
    template = getattr(act.form, "template", "act.html")
    shown = 409 if obstacle and status == 200 else status
    return show(request, template, context | ahead, records=records, status=shown)
