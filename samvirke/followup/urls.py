"""The site map of follow-up."""

from django.urls import path

from samvirke.followup import views

ROOM = "arbeid/<str:municipality>/oppfolging/"
ONE = ROOM + "<uuid:followup>/"
urlpatterns = [
    path(ROOM, views.worklist, name="followup-worklist"),
    path(ROOM + "ko/", views.queue, name="followup-queue"),
    path(ROOM + "leder/", views.leader, name="followup-leader"),
    path(ROOM + "ny/<uuid:incident>/", views.register, name="followup-register"),
    path(ONE, views.person, name="followup-person"),
    path(ONE + "forsok/", views.attempt, name="followup-attempt"),
    path(ONE + "overlever/", views.hand_over, name="followup-hand-over"),
    path(ONE + "steg/<uuid:step>/", views.settle, name="followup-settle"),
    path(ONE + "dodsbudskap/", views.message_delivered, name="followup-message-delivered"),
    path(ONE + "bekreft-stopp/", views.confirm_stop, name="followup-confirm-stop"),
    path(ONE + "avslutt/", views.close, name="followup-close"),
    path(ONE + "gjenoppta/", views.reopen, name="followup-reopen"),
]
