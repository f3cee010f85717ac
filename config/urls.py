"""Root URLs: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
handler400 = "schools.errors.bad_request"
handler403 = "schools.errors.forbidden"
handler404 = "schools.errors.not_found"
handler500 = "schools.errors.broken"
