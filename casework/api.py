"""Reading cases and their parts over the API."""

from rest_framework import serializers

from casework.models import Case, Part
from schools.api import ActsOpen, Opened, ReadOnly


class PartSerializer(serializers.ModelSerializer):
    case = serializers.SlugRelatedField("ref", read_only=True)
    headline = Opened()
    acts = ActsOpen()

    class Meta:
        model = Part
        fields = ["ref", "case", "lane", "status", "opened_at", "closed_at", "outcome", "headline", "acts"]


class PartLine(PartSerializer):
    class Meta(PartSerializer.Meta):
        fields = ["ref", "case", "lane", "status", "opened_at", "closed_at", "headline"]


class CaseSerializer(serializers.ModelSerializer):
    school = serializers.SlugRelatedField("slug", read_only=True)
    acts = ActsOpen()

    class Meta:
        model = Case
        fields = ["ref", "school", "status", "opened_at", "closed_at", "acts"]


class CaseLine(CaseSerializer):
    class Meta(CaseSerializer.Meta):
        fields = ["ref", "school", "status", "opened_at", "closed_at"]


class Cases(ReadOnly):
    """Cases of which the reader sees at least one part or concern."""

    kind = "cases"
    serializer_class, line_class = CaseSerializer, CaseLine

    def get_queryset(self):
        return super().get_queryset().select_related("record", "school").order_by("-opened_at", "-pk")


class Parts(ReadOnly):
    """The parts of cases that exist for the reader."""

    kind = "parts"
    serializer_class, line_class = PartSerializer, PartLine

    def get_queryset(self):
        return super().get_queryset().select_related("record", "case").order_by("-opened_at", "-pk")
