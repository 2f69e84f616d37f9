"""The site map of files in and out: imports, before and after they happen, the empty template, exports."""

from django.urls import path

from samvirke.catalogue.views import sheets

M = "arbeid/<str:municipality>/"
I = f"{M}import/<uuid:run>/"  # noqa: E741  (as S is a service in urls.py)

urlpatterns = [
    path(f"{M}import/", sheets.imports, name="catalogue-imports"),
    path(f"{M}import/mal/", sheets.template, name="catalogue-import-template"),
    path(I, sheets.one_import, name="catalogue-import"),
    path(f"{I}fremdrift/", sheets.progress, name="catalogue-import-progress"),
    path(f"{I}fortsett/", sheets.go_on, name="catalogue-import-go-on"),
    path(f"{I}angre/", sheets.undo, name="catalogue-import-undo"),
    path(f"{I}gjenta/", sheets.redo, name="catalogue-import-redo"),
    path(f"{I}forkast/", sheets.drop, name="catalogue-import-drop"),
    path(f"{M}eksport/", sheets.export, name="catalogue-export"),
]
