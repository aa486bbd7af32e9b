"""The addresses of the awards, by area."""

from . import annexes, beginning, dossiers, forms, rounds, submitting, writing

app_name = "awards"

urlpatterns = [
    *rounds.urlpatterns,
    *forms.urlpatterns,
    *beginning.urlpatterns,
    *writing.urlpatterns,
    *annexes.urlpatterns,
    *submitting.urlpatterns,
    *dossiers.urlpatterns,
]
