"""Addresses of papers, and the acts on offer for them."""

from django.urls import path

from reports import forms, views, workflow
from reports.models import Paper
from schools.acts import offer
from schools.subjects import address, path_of
from schools.web import menu

address("papers", Paper)


def to_it(paper, subject, by, at) -> str:
    return path_of(paper)


def its_file(line, paper, by, at) -> str:
    return f"{path_of(paper)}file/{line.seq}/"


offer(workflow.ask_for_paper, forms.AskForPaper, lands=to_it)
offer(workflow.ask_for_part_paper, forms.AskForPaper, lands=to_it)
offer(workflow.release_paper, forms.ReleasePaper)
offer(workflow.fetch_paper, forms.FetchPaper, lands=its_file)

menu(
    "Copies",
    "/papers/",
    lambda viewer: bool(viewer.reads_in_schools() or viewer.reads_in_trusts()),
    place=38,
    group="Cases",
)

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/download/", views.papers_file, name="papers_file"),
    path("papers/<str:ref>/", views.paper, name="paper"),
    path("papers/<str:ref>/file/<int:line>/", views.paper_file, name="paper_file"),
]
