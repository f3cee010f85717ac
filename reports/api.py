"""Reading papers over the API; the file itself is fetched by the act, at the address it lands on."""

from rest_framework import serializers

from reports.models import Paper
from schools.api import ActsOpen, Opened, ReadOnly


class PaperSerializer(serializers.ModelSerializer):
    case = serializers.SlugRelatedField("ref", read_only=True)
    part = serializers.SlugRelatedField("ref", read_only=True)
    recipient = Opened()
    purpose = Opened()
    acts = ActsOpen()

    class Meta:
        model = Paper
        fields = [
            "ref", "case", "part", "audience", "status", "recipient", "purpose", "legal_ground", "asked_at",
            "destroy_by_on", "ready_at", "sha256", "size", "acts",
        ]  # fmt: skip


class PaperLine(PaperSerializer):
    class Meta(PaperSerializer.Meta):
        fields = ["ref", "case", "part", "audience", "status", "asked_at", "destroy_by_on"]


class Papers(ReadOnly):
    """The copies of which the reader sees every record, newest first; for whom one is only on opening it."""

    kind = "papers"
    serializer_class, line_class = PaperSerializer, PaperLine

    def get_queryset(self):
        return super().get_queryset().select_related("record", "case", "part").order_by("-asked_at", "-pk")
