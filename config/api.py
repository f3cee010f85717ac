"""The root of the API: what can be read, every act, and the description of both."""

from django.urls import include, path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from casework.api import Cases, Parts
from incidents.api import Concerns, Takedowns
from reports.api import Papers
from schools.api import ActEndpoint
from schools.web import ACCESS, SIGNED_IN

ACCESS["drf_spectacular.views.SpectacularAPIView"] = SIGNED_IN
AS_JSON = [OpenApiJsonRenderer2, OpenApiJsonRenderer]
router = SimpleRouter()
router.register("concerns", Concerns, basename="api-concern")
router.register("takedowns", Takedowns, basename="api-takedown")
router.register("cases", Cases, basename="api-case")
router.register("parts", Parts, basename="api-part")
router.register("papers", Papers, basename="api-paper")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(renderer_classes=AS_JSON), name="schema"),
    path("", include(router.urls)),
    path("<slug:plural>/<str:ref>/<slug:slug>/", ActEndpoint.as_view(), name="api-act"),
]
