from django.urls import path

from . import views

app_name = "publicity"

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/register.json", views.register_json, name="register_json"),
    path("register/register.csv", views.register_csv, name="register_csv"),
    path("transparency/", views.transparency, name="transparency"),
    path("transparency/figures.json", views.figures_json, name="figures_json"),
    path("transparency/figures.csv", views.figures_csv, name="figures_csv"),
]
