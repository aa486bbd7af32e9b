from django.urls import path

from qms.pdf import views

app_name = "pdf"

urlpatterns = [
    path("<int:pk>/", views.rendering, name="rendering"),
    path("sample/", views.sample, name="sample"),
]
