"""Reading concerns and takedowns over the API."""

from rest_framework import serializers

from incidents.models import Concern, Takedown
from schools.api import ActsOpen, Opened, ReadOnly


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


class ConcernLine(ConcernSerializer):
    class Meta(ConcernSerializer.Meta):
        fields = ["ref", "school", "status", "stage", "reported_at", "code", "direction", "headline"]


class Concerns(ReadOnly):
    """Concerns that exist for the reader, newest first; a concern nobody has opened yet shows no words."""

    kind = "concerns"

    def get_queryset(self):
        return super().get_queryset().select_related("record", "school").order_by("-reported_at", "-pk")

    def get_serializer_class(self):
        return ConcernLine if self.action == "list" else ConcernSerializer


class TakedownSerializer(serializers.ModelSerializer):
    acts = ActsOpen()

    class Meta:
        model = Takedown
        fields = ["ref", "status", "asked_of", "requested_at", "chase_at", "removed_at", "recheck_on", "acts"]


class Takedowns(ReadOnly):
    """Takedown requests of the concerns the reader sees."""

    kind = "takedowns"
    serializer_class = TakedownSerializer

    def get_queryset(self):
        return super().get_queryset().order_by("-requested_at", "-pk")
