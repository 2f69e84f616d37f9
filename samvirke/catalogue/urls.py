"""The site map of the editor's desk: one municipality's services, what waits, its set-up; and the overview."""

from django.urls import path

from samvirke.catalogue.views import (
    answers,
    desk,
    drafts,
    history,
    kinds,
    overview,
    responsible,
    service,
    services,
    settings,
    shared,
    translations,
)

M = "arbeid/<str:municipality>/"
S = f"{M}tjenester/<uuid:service>/"

urlpatterns = [
    path("arbeid/oversikt/", overview.overview, name="catalogue-overview"),
    path("arbeid/felles-tjenester/", shared.shared, name="catalogue-shared"),
    path(f"{M}arbeidsbord/", desk.desk, name="catalogue-desk"),
    path(f"{M}tjenester/", services.services, name="catalogue-services"),
    path(f"{M}tjenester/ny/", service.new, name="catalogue-new"),
    path(f"{M}forhandsvis/", service.preview_of, name="catalogue-preview-new"),
    path(f"{M}timer/", service.hours, name="catalogue-hours"),
    path(f"{M}maler/", services.templates, name="catalogue-templates"),
    path(f"{M}har-ikke/<slug:kind>/", services.lacking, name="catalogue-lacking"),
    path(f"{M}bekreft/", services.confirm_many, name="catalogue-confirm-many"),
    path(f"{M}bekreft/fastlege/", services.duty, name="catalogue-duty"),
    path(f"{M}godkjenning/", drafts.approvals, name="catalogue-approvals"),
    path(f"{M}godkjenning/<uuid:draft>/", drafts.approval, name="catalogue-approval"),
    path(f"{M}meldinger-pa-siden/", settings.notices, name="catalogue-notices"),
    path(f"{M}ansvarlige/", responsible.responsible, name="catalogue-responsible"),
    path(f"{M}typer/", kinds.kinds, name="catalogue-kinds"),
    path(f"{M}oppsett/frist/", responsible.shorter, name="catalogue-shorter"),
    path(f"{M}oppsett/frist/slutt/", responsible.as_usual, name="catalogue-as-usual"),
    path(f"{M}oppsett/", settings.settings, name="catalogue-settings"),
    path(S, service.service, name="catalogue-service"),
    path(f"{S}forhandsvis/", service.preview_of, name="catalogue-preview"),
    path(f"{S}bekreft/", answers.confirm, name="catalogue-confirm"),
    path(f"{S}svar/", answers.answer, name="catalogue-answer"),
    path(f"{S}trekk/", answers.withdraw, name="catalogue-withdraw"),
    path(f"{S}melding/", answers.notice, name="catalogue-notice"),
    path(f"{S}oversett/<str:language>/", translations.translate, name="catalogue-translate"),
    path(f"{S}historie/", history.history, name="catalogue-history"),
    path(f"{S}gjenopprett/", history.restore, name="catalogue-restore"),
    path(f"{S}utkast/", drafts.drop, name="catalogue-draft"),
]
