"""Every act as an endpoint over the same form as its page, and the parts that the reading endpoints share."""

from django.conf import settings
from django.http import Http404, QueryDict
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from schools import access, acts, clock, sealing, web
from schools.access import LogUnavailable
from schools.errors import InOurWords, TooLarge, problem
from schools.fields import sealed_fields
from schools.listing import FromTheNearerEnd
from schools.models import Token
from schools.roles import Permission
from schools.subjects import SUBJECTS

KEY_NEEDED = "Send an Idempotency-Key header of 8 to 64 characters: the same key again does nothing twice."
BY_PERSON_ONLY = "A program does not change the account it uses: sign in with a browser."


@extend_schema_field(OpenApiTypes.STR)
class Opened(serializers.Field):
    """The words of a sealed field, opened for this answer."""

    def __init__(self, **options):
        super().__init__(read_only=True, source="*", **options)

    def to_representation(self, row):
        if not hasattr(row, "opened"):
            sealing.open_rows([row])
        return getattr(row.opened, self.field_name)


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class ActsOpen(serializers.Field):
    """The acts the reader may do now, by the last word of their address."""

    def __init__(self, **options):
        super().__init__(read_only=True, source="*", **options)

    def to_representation(self, thing):
        viewer = web.viewer_of(self.context["request"])
        return [act.slug for act, obstacle in acts.open_to(viewer, thing) if obstacle is None]


class Pages(PageNumberPagination):
    """Fifty at a time, the last page as fast as the first."""

    django_paginator_class = FromTheNearerEnd

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            described["properties"][name] = {"type": ["string", "null"], "format": "uri"}
        return described


class ReadOnly(viewsets.ReadOnlyModelViewSet):
    """Reading one kind of thing: only what exists for the reader, and who looked is written down first.

    line_class: how one is shown in the list, in fewer words and without what may be done to it.
    """

    lookup_field = "ref"
    lookup_value_regex = "[^/]+"
    kind = ""
    line_class: type[serializers.Serializer]
    pagination_class = Pages

    def get_queryset(self):
        return (
            SUBJECTS[self.kind].model._default_manager.visible_to(web.viewer_of(self.request)).select_related("record")
        )

    def get_object(self):
        found = SUBJECTS[self.kind].find(web.viewer_of(self.request), self.kwargs["ref"])
        if found is None:
            raise Http404
        return found

    def get_serializer_class(self):
        return self.line_class if self.action == "list" else self.serializer_class

    def list(self, request, *args, **kwargs):
        rows = self.filter_queryset(self.get_queryset())
        unshown = [one.name for one in sealed_fields(rows.model) if one.name not in self.line_class.Meta.fields]
        page = self.paginate_queryset(rows.defer(*unshown))
        return self._show(request, page, lambda: self.get_paginated_response(self._serialised(page, many=True)))

    def retrieve(self, request, *args, **kwargs):
        found = self.get_object()
        return self._show(request, [found], lambda: Response(self._serialised(found, many=False)))

    def _serialised(self, rows, *, many):
        if many:
            sealing.open_rows(rows)
        return self.get_serializer(rows, many=many).data

    def _show(self, request, rows, answer):
        try:
            records = [row.record_id for row in rows if sealing.has_content(row)]
            basis = web.viewer_of(request).basis
            access.note(user=request.user, page=f"api {self.kind}", records=records, basis=basis)
        except LogUnavailable:
            return problem(503)
        return answer()


class ShallowJSON(JSONParser):
    """JSON as people and programs write it; what is nested without end is answered like any other that is not JSON."""

    def parse(self, stream, media_type=None, parser_context=None):
        if int(parser_context["request"].META["CONTENT_LENGTH"]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise InOurWords("This is nested more deeply than any form here.") from None
        except (ParseError, UnicodeDecodeError):
            raise InOurWords("This is not JSON as programs write it.") from None


class FormWithFiles(MultiPartParser):
    """A form as browsers send it, with files."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError:
            raise InOurWords("This is not a form with files as programs write it.") from None


class ActEndpoint(APIView):
    """Do one act: the same form, the same refusals, the same line in the history as its page."""

    parser_classes = [ShallowJSON, FormWithFiles]

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT}, exclude=True)
    def post(self, request, plural: str, ref: str, slug: str):
        subject = web.find_subject(request, plural, ref)
        act = acts.find(type(subject), slug) if subject is not None else None
        if act is None:
            return problem(404)
        token = request.headers.get("Idempotency-Key", "")
        if not 8 <= len(token) <= 64:
            return problem(400, KEY_NEEDED)
        if act.permission is Permission.OWN_ACCOUNT and request.auth is not None:
            return problem(403, BY_PERSON_ONLY)
        obstacle = act.obstacle(web.viewer_of(request), subject)
        if obstacle is not None:
            return self._refusal(act, subject, obstacle, request, token)
        if request.content_type.startswith("multipart/") and (repeated := self._repeated(act, subject, request, token)):
            return repeated  # its files have been taken in before
        form, problems = self._form(request, act, subject)
        if not problems and form.is_valid():
            return self._do(request, act, subject, form, token)
        if repeated := self._repeated(act, subject, request, token):
            return repeated
        sentences = problems or form.errors_as_sentences()
        return problem(400, sentences[0] if sentences else "Look at the answers.", errors=sentences)

    def _form(self, request, act, subject):
        viewer = web.viewer_of(request)
        if request.content_type.startswith("multipart/"):
            form = act.form(request.POST, request.FILES, subject=subject, viewer=viewer)
            return web.received(request, form), []
        return act.form.bind_json(request.data, subject=subject, viewer=viewer)

    def _do(self, request, act, subject, form, token):
        at = clock.now()
        try:
            result = acts.do(
                act,
                subject,
                by=request.user,
                at=at,
                sending=self._sending(request, token),
                seen=acts.line_seen(request.headers.get("If-Seen", "")),
                looked=request.headers.get("Looked", ""),
                answers=form.cleaned_data,
            )
        except acts.Repeated as repeated:
            return Response({"done": act.name, "page": repeated.landed, "repeated": True})
        except (acts.Denied, acts.Refused) as refusal:
            return self._refusal(act, subject, refusal, request, token)
        web.follow_up(request, act, result)
        page = act.landing(result, subject, by=request.user, at=at)
        answer = {"done": act.name, "ref": getattr(result, "ref", ""), "page": page}
        secret = {"secret": result.secret} if isinstance(result, Token) else {}
        return Response(answer | secret, status=201)

    def _sending(self, request, token) -> acts.Sending:
        data = request.data
        return acts.Sending.of(token, dict(data.lists()) if isinstance(data, QueryDict) else data)

    def _repeated(self, act, subject, request, token):
        earlier = acts.sent_before(request.user, self._sending(request, token), act, subject)
        if earlier is None:
            return None
        return Response({"done": earlier.act, "page": earlier.landed, "repeated": True})

    def _refusal(self, act, subject, refusal, request, token):
        if repeated := self._repeated(act, subject, request, token):
            return repeated
        return problem(403 if isinstance(refusal, acts.Denied) else 409, str(refusal))


web.ACCESS |= {
    "schools.api.ActEndpoint": "acts: those whose role carries the act, on what they see",
    "schools.api.ReadOnly": "whoever reads it, each their own",
}
