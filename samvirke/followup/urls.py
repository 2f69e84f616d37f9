"""The site map of follow-up."""

from django.urls import path

from samvirke.followup.views import doors, lists, one, registering

ROOM = "arbeid/<str:municipality>/oppfolging/"
ONE = ROOM + "<uuid:followup>/"
urlpatterns = [
    path(ROOM, lists.worklist, name="followup-worklist"),
    path(ROOM + "utvalg/", lists.keep_filter, name="followup-keep-filter"),
    path(ROOM + "utvalg/<uuid:kept>/fjern/", lists.drop_filter, name="followup-drop-filter"),
    path(ROOM + "ko/", lists.queue, name="followup-queue"),
    path(ROOM + "leder/", lists.leader, name="followup-leader"),
    path(ROOM + "ny/<uuid:incident>/", registering.register, name="followup-register"),
    path(ONE, one.person, name="followup-person"),
    path(ONE + "kjenner-du/", doors.declare, name="followup-declare"),
    path(ONE + "tilgang/", doors.named, name="followup-named"),
    path(ONE + "ansatte/", doors.staff, name="followup-staff"),
    path(ONE + "forsok/", one.attempt, name="followup-attempt"),
    path(ONE + "overlever/", one.hand_over, name="followup-hand-over"),
    path(ONE + "steg/<uuid:step>/", one.settle, name="followup-settle"),
    path(ONE + "dodsbudskap/", one.message_delivered, name="followup-message-delivered"),
    path(ONE + "bekreft-stopp/", one.confirm_stop, name="followup-confirm-stop"),
    path(ONE + "avslutt/", one.close, name="followup-close"),
    path(ONE + "gjenoppta/", one.reopen, name="followup-reopen"),
]
