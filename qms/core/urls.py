from django.urls import path

from qms.core import views

app_name = "core"

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/retry/", views.job_retry, name="job-retry"),
    path("mail/", views.outbox, name="outbox"),
    path("mail/<int:pk>/", views.letter, name="letter"),
    path("mail/<int:pk>/html/", views.letter_html, name="letter-html"),
    path("mail/<int:pk>/resend/", views.letter_resend, name="letter-resend"),
    path("mail/texts/", views.letter_texts, name="letter-texts"),
    path("mail/texts/<str:kind>/<str:language>/", views.letter_text, name="letter-text"),
    path("mail/texts/<str:kind>/<str:language>/restore/", views.letter_text_restore, name="letter-text-restore"),
    path("history/", views.history, name="history"),
]
