"""The site map of incidents. Call-out has its own."""

from django.urls import path

from samvirke.incidents import journal_words, views  # noqa: F401  (the journal is told from the start)

ROOM = "arbeid/<str:municipality>/hendelser/"
ONE = ROOM + "<uuid:incident>/"
urlpatterns = [
    path(ROOM, views.incidents, name="incidents"),
    path(ROOM + "meld/", views.report, name="incidents-report"),
    path(ROOM + "kalender/", views.calendar, name="incidents-calendar"),
    path(ROOM + "kalender/slett/", views.end_calendar, name="incidents-calendar-end"),
    path(ONE, views.incident, name="incidents-incident"),
    path(ONE + "melder/", views.reporter, name="incidents-reporter"),
    path(ONE + "avgjor/", views.decide, name="incidents-decide"),
    path(ONE + "ny-vurdering/<uuid:decision>/", views.second_opinion, name="incidents-second-opinion"),
    path(ONE + "avslutt/", views.close, name="incidents-close"),
    path(ONE + "apne-igjen/", views.reopen, name="incidents-reopen"),
    path(ONE + "slett/", views.delete, name="incidents-delete"),
    path(ONE + "logg/", views.log, name="incidents-log"),
    path(ONE + "logg/utskrift/", views.log_print, name="incidents-log-print"),
    path(ONE + "logg/<uuid:entry>/rett/", views.correct, name="incidents-correct"),
    path(ONE + "logg/<uuid:entry>/utfort/", views.done, name="incidents-done"),
    path(ONE + "varslet/", views.informed, name="incidents-informed"),
    path(ONE + "varslet/<str:actor>/", views.tell, name="incidents-tell"),
    path(ONE + "trussel/", views.threats, name="incidents-threats"),
    path(ONE + "kommuner/", views.cooperation, name="incidents-cooperation"),
    path(ONE + "kommuner/delta/", views.let_in, name="incidents-let-in"),
    path(ONE + "kommuner/<str:code>/avslutt/", views.let_out, name="incidents-let-out"),
    path(ONE + "gjester/ny/", views.invite_guest, name="incidents-invite-guest"),
    path(ONE + "gjester/<uuid:guest>/avslutt/", views.end_guest, name="incidents-end-guest"),
    path(ONE + "overta/tilby/", views.offer_lead, name="incidents-offer-lead"),
    path(ONE + "overta/", views.accept_lead, name="incidents-accept-lead"),
    path(ONE + "overta/nei/", views.end_offer, name="incidents-end-offer"),
    path(ONE + "moter/", views.meetings, name="incidents-meetings"),
    path(ONE + "moter/ny/", views.plan_meeting, name="incidents-plan-meeting"),
    path(ONE + "moter/<uuid:meeting>/", views.change_meeting, name="incidents-change-meeting"),
    path(ONE + "moter/<uuid:meeting>/avlys/", views.cancel_meeting, name="incidents-cancel-meeting"),
    path(ONE + "evaluering/", views.evaluation, name="incidents-evaluation"),
    path(ONE + "evaluering/<uuid:lesson>/gjort/", views.improved, name="incidents-improved"),
    path("kalender/<str:token>.ics", views.feed, name="incidents-feed"),
]
