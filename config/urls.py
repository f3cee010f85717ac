"""Root URLs: each app brings its own, the highest first, and the one address of all acts comes last."""

from allauth.account import views as signing
from django.urls import include, path

from schools.web import ACCESS, ANYONE, SIGNED_IN

ACCESS |= {
    "allauth.account.views.LoginView": ANYONE,
    "allauth.account.views.LogoutView": SIGNED_IN,
    "allauth.account.views.AccountInactiveView": ANYONE,
}

urlpatterns = [
    path("accounts/login/", signing.login, name="account_login"),
    path("accounts/logout/", signing.logout, name="account_logout"),
    path("accounts/inactive/", signing.account_inactive, name="account_inactive"),
    path("api/v1/", include("config.api")),
    path("", include("reports.urls")),
    path("", include("casework.urls")),
    path("", include("incidents.urls")),
    path("", include("schools.urls")),
]
handler400 = "schools.errors.bad_request"
handler403 = "schools.errors.forbidden"
handler404 = "schools.errors.not_found"
handler500 = "schools.errors.broken"
