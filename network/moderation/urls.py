from django.urls import path

from . import views

app_name = "moderation"

urlpatterns = [
    path("contributions/<int:pk>/report/", views.report, name="report"),
    path("members/<slug:handle>/report/", views.report_member, name="report_member"),
    path("spaces/<int:pk>/report/", views.report_space, name="report_space"),
    path("reports/confirm/<uuid:key>/", views.confirm_report, name="confirm_report"),
    path("contributions/<int:pk>/answer/", views.answer, name="answer"),
    path("spaces/<int:pk>/cases/", views.group_cases, name="group_cases"),
    path("spaces/<int:pk>/cases/<int:case_pk>/", views.group_case, name="group_case"),
    path("spaces/<int:pk>/cases/<int:case_pk>/decide/", views.decide_group_case, name="decide_group_case"),
    path("spaces/<int:pk>/cases/<int:case_pk>/ask/", views.ask_in_group_case, name="ask_in_group_case"),
    path("spaces/<int:pk>/cases/<int:case_pk>/pass-on/", views.pass_on_group_case, name="pass_on_group_case"),
    path("me/reports/", views.my_reports, name="my_reports"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("decisions/<int:pk>/visitor/<str:token>/", views.visitor_decision, name="visitor_decision"),
    path("decisions/<int:pk>/appeal/", views.appeal, name="appeal"),
]
