from django.urls import path

from . import views

app_name = "moderation"

urlpatterns = [
    path("contributions/<int:pk>/report/", views.report, name="report"),
    path("members/<slug:handle>/report/", views.report_member, name="report_member"),
    path("spaces/<int:pk>/report/", views.report_space, name="report_space"),
    path("me/reports/", views.my_reports, name="my_reports"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("decisions/<int:pk>/appeal/", views.appeal, name="appeal"),
]
