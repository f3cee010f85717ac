"""Pages of the lowest app, and the one address under which every act of every app has its page."""

from django.urls import path

from schools import adopting, forms, policy_forms, policy_views, record_views, signin, views, web
from schools.acts import offer
from schools.looking import look_first
from schools.models import School, Trust
from schools.roles import Kind, Permission, grants
from schools.subjects import address
from schools.web import afterwards, menu
from schools.workflow import accounts, people, policies

address("schools", School, has_reference=False, kinds={Kind.REGISTER}, along=["trust"])
address("trusts", Trust, has_reference=False, kinds={Kind.REGISTER})
offer(people.add_person, forms.AddPerson)
offer(people.record_telephone, forms.RecordTelephone)
offer(people.relate, forms.Relate)
offer(people.end_relation, forms.EndRelation)
offer(people.appoint, forms.Appoint)
offer(people.confirm_appointment, forms.ConfirmAppointment)
offer(people.end_appointment, forms.EndAppointment)
offer(people.record_arrangement, forms.RecordArrangement)
offer(people.end_arrangement, forms.EndArrangement)
offer(people.record_calendar, forms.RecordCalendar)
offer(accounts.open_account, forms.OpenAccount)
offer(accounts.confirm_account, forms.ConfirmAccount)
offer(accounts.close_account, forms.CloseAccount)
offer(accounts.change_password, forms.ChangePassword)
offer(accounts.make_token, forms.MakeToken, is_rare=True)
offer(accounts.revoke_token, forms.RevokeToken, is_rare=True)
afterwards(accounts.change_password, signin.stay)
afterwards(accounts.make_token, signin.show_once)
offer(policies.adopt_policy, policy_forms.AdoptPolicy, lands=policy_views.page_of)
offer(policies.add_to_policy, policy_forms.AddToPolicy, lands=policy_views.page_of)
look_first(policies.adopt_policy, adopting.by_trust)
look_first(policies.add_to_policy, adopting.by_school)

menu("Your school", "/schools/")
menu(
    "People",
    "/people/",
    lambda viewer: any(grants(role, Permission.PEOPLE_LIST) for role in viewer.roles),
    place=52,
    group="Your school",
)
menu("Policy", "/policy/", place=55, group="Your school")

urlpatterns = [
    path("week-planner/", views.planner, name="planner"),
    path("api/v1/docs/", views.api_docs, name="api_docs"),
    path("set-up/", views.set_up, name="set_up"),
    path("policy/", policy_views.in_force, name="policy_in_force"),
    path("policies/", policy_views.policies, name="policies"),
    path("policies/<str:key>/", policy_views.policy, name="policy"),
    path("policies/<str:key>/file/", policy_views.policy_file, name="policy_file"),
    path("policies/<str:key>/compare/<str:other>/", policy_views.comparison, name="policy_comparison"),
    path("api/v1/policy-schema/", policy_views.policy_schema, name="policy_schema"),
    path("people/", views.people, name="people"),
    path("people/download/", views.people_file, name="people_file"),
    path("schools/", views.own_school, name="own_school"),
    path("schools/<slug:ref>/", views.school, name="school"),
    path("trusts/<slug:ref>/", views.trust, name="trust"),
    path("records/<str:ref>/history/<int:seq>/", record_views.line, name="history_line"),
    path("records/<str:ref>/looked/", record_views.looked, name="looked"),
    path("records/<str:ref>/verified/", record_views.verified, name="verified"),
    path("<slug:plural>/<str:ref>/<slug:slug>/", web.act_page, name="act"),
]
