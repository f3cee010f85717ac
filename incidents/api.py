"""Reading concerns and takedowns over the API."""

from rest_framework import serializers

from incidents.models import Concern, Takedown
from schools import sources, web
from schools.api import ActsOpen, Opened, ReadOnly

# The words of a report are shown once somebody has opened it, which is an act and told to the reporter.
NOT_READ_YET = ""


class ConcernSerializer(serializers.ModelSerializer):
    headline = Opened()
    narrative = Opened()
    school = serializers.SlugRelatedField("slug", read_only=True)
    acts = ActsOpen()

    class Meta:
        model = Concern
        fields = [
            "ref", "school", "status", "stage", "reported_at", "code", "codes", "direction", "at_risk", "threshold",
            "outcome", "headline", "narrative", "acts",
        ]  # fmt: skip

    def to_representation(self, concern):
        shown = super().to_representation(concern)
        if not concern.read_at:
            return shown | {"narrative": NOT_READ_YET}
        told = sources.shown_to(web.viewer_of(self.context["request"]), concern.record)
        return shown | {"narrative": told.words(Concern, shown["narrative"])}


class ConcernLine(serializers.ModelSerializer):
    headline = Opened()
    school = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Concern
        fields = ["ref", "school", "status", "stage", "reported_at", "code", "direction", "headline"]


class Concerns(ReadOnly):
    """Concerns that exist for the reader, newest first; a concern nobody has opened yet shows no words."""

    kind = "concerns"
    serializer_class, line_class = ConcernSerializer, ConcernLine

    def get_queryset(self):
        return super().get_queryset().select_related("record", "school").order_by("-reported_at", "-pk")


class TakedownSerializer(serializers.ModelSerializer):
    acts = ActsOpen()

    class Meta:
        model = Takedown
        fields = ["ref", "status", "asked_of", "requested_at", "chase_at", "removed_at", "recheck_on", "acts"]


class TakedownLine(TakedownSerializer):
    class Meta(TakedownSerializer.Meta):
        fields = ["ref", "status", "asked_of", "requested_at", "chase_at", "removed_at", "recheck_on"]


class Takedowns(ReadOnly):
    """Takedown requests of the concerns the reader sees."""

    kind = "takedowns"
    serializer_class, line_class = TakedownSerializer, TakedownLine

    def get_queryset(self):
        return super().get_queryset().order_by("-requested_at", "-pk")
