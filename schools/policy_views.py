"""Pages of policies: the one in force, every adopted version, those that come with Daybook, and what differs."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from schools import errors, policy_page, versions
from schools import policy as packs
from schools.clock import day_of
from schools.models import AdoptedPolicy
from schools.policy.compared import compared
from schools.subjects import path_of
from schools.versions import Version
from schools.web import ANYONE, SIGNED_IN, buttons, opens_to, show, viewer_of
from schools.workflow.policies import add_to_policy, adopt_policy

TRUST_AND_SHIPPED = "signed in: the policies of their own trust, and those that come with Daybook"


def page_of(row: AdoptedPolicy, subject, by, at) -> str:
    """The page of a policy that was just adopted."""
    return reverse("policy", args=[row.key])


@opens_to(SIGNED_IN)
def in_force(request):
    """The policy in force where I work; our model policy where my trust has adopted none."""
    row = versions.standing(request.user.person, viewer_of(request).at)
    version = versions.of_row(row) if row else versions.of_pack(packs.ours().id)
    return _page(request, version, is_own=True)


@opens_to(TRUST_AND_SHIPPED)
def policies(request):
    """Every policy my trust has adopted, what its schools add, and those that come with Daybook."""
    viewer = viewer_of(request)
    rows = AdoptedPolicy.objects.visible_to(viewer).select_related("school", "adds_to").order_by("-adopted_at")
    standing = versions.standing(request.user.person, viewer.at)
    context = {
        "adopted": [(versions.of_row(row), row == standing) for row in rows],
        "shipped": [versions.of_pack(pack_id) for pack_id in packs.shipped()],
        "buttons": _buttons(request),
    }
    return show(request, "schools/policies.html", context)


@opens_to(TRUST_AND_SHIPPED)
def policy(request, key: str):
    """One policy as a document, paragraph by paragraph."""
    version = versions.find(viewer_of(request), key)
    return errors.not_found(request) if version is None else _page(request, version)


@opens_to(TRUST_AND_SHIPPED)
def policy_file(request, key: str):
    """One policy as the file that was adopted."""
    version = versions.find(viewer_of(request), key)
    if version is None:
        return errors.not_found(request)
    answer = HttpResponse(version.text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{version.key}.toml"'
    return answer


@opens_to(TRUST_AND_SHIPPED)
def comparison(request, key: str, other: str):
    """What differs between two policies, clause by clause."""
    before, after = (versions.find(viewer_of(request), one) for one in (key, other))
    if before is None or after is None:
        return errors.not_found(request)
    found = compared(before.pack, after.pack)
    context = {
        "before": before,
        "after": after,
        "comparison": found,
        "new": found.of_kind("added"),
        "changed": found.of_kind("changed") + len(found.whole),
        "gone": found.of_kind("removed"),
        "turned": reverse("policy_comparison", args=[other, key]),
        "back": after.url,
    }
    return show(request, "schools/policy_comparison.html", context)


@opens_to(ANYONE)
def policy_schema(request):
    """The JSON Schema of a policy file, for editors."""
    return JsonResponse(packs.json_schema(), content_type="application/schema+json")


def _page(request, version: Version, *, is_own: bool = False):
    viewer, row = viewer_of(request), version.row
    context = policy_page.context(version.pack, today=day_of(viewer.at)) | {
        "version": version,
        "is_in_force": row is not None and row == versions.standing(request.user.person, viewer.at),
        "is_suggested": is_own and row is None,
        "adoptions": _adoptions(viewer, row) if row else [],
        "others": [other for other in versions.readable(viewer) if other.key != version.key],
        "buttons": _buttons(request) if is_own else [],
    }
    return show(request, "schools/policy.html", context)


def _adoptions(viewer, row: AdoptedPolicy) -> list[AdoptedPolicy]:
    """Each time this same text was adopted, the latest first."""
    rows = AdoptedPolicy.objects.visible_to(viewer).filter(digest=row.digest, pack_id=row.pack_id)
    return list(rows.select_related("school").order_by("-adopted_at"))


def _buttons(request) -> list:
    """The acts about policies that this person may do, for their trust and their school."""
    viewer, person = viewer_of(request), request.user.person
    places = [person.trust, *([person.school] if person.school else [])]
    wanted = {adopt_policy.act_key[1], add_to_policy.act_key[1]}
    return [
        button
        for place in places
        for button in buttons(viewer, place)
        if button.url.removeprefix(path_of(place)).strip("/").replace("-", "_") in wanted
    ]
