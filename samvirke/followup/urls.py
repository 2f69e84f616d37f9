"""The site map of follow-up."""

from django.urls import path

from samvirke.followup.views import doors, household, lists, log, one, person, plans, registering

ROOM = "arbeid/<str:municipality>/oppfolging/"
ONE = ROOM + "<uuid:followup>/"
urlpatterns = [
    path(ROOM, lists.worklist, name="followup-worklist"),
    path(ROOM + "utvalg/", lists.keep_filter, name="followup-keep-filter"),
    path(ROOM + "utvalg/<uuid:kept>/fjern/", lists.drop_filter, name="followup-drop-filter"),
    path(ROOM + "ko/", lists.queue, name="followup-queue"),
    path(ROOM + "fravaer/", lists.absence, name="followup-absence"),
    path(ROOM + "fravaer/<uuid:gone>/avslutt/", lists.end_absence, name="followup-end-absence"),
    path(ROOM + "leder/", lists.leader, name="followup-leader"),
    path(ROOM + "ny/<uuid:incident>/", registering.register, name="followup-register"),
    path(ROOM + "planer/", plans.plans, name="followup-plans"),
    path(ROOM + "planer/<slug:name>/", plans.plan, name="followup-plan"),
    path(ROOM + "planer/<slug:name>/angre/", plans.undo, name="followup-plan-undo"),
    path(ONE, one.person, name="followup-person"),
    path(ONE + "kjenner-du/", doors.declare, name="followup-declare"),
    path(ONE + "tilgang/", doors.named, name="followup-named"),
    path(ONE + "ansatte/", doors.staff, name="followup-staff"),
    path(ONE + "ring/", one.ring, name="followup-ring"),
    path(ONE + "hvem-har-sett/", log.looked, name="followup-looked"),
    path(ONE + "endre/", person.edit, name="followup-edit"),
    path(ONE + "onsker/", person.wishes, name="followup-wishes"),
    path(ONE + "samtykker/", person.consents, name="followup-consents"),
    path(ONE + "familie/", person.family, name="followup-family"),
    path(ONE + "husstand/", household.visit, name="followup-household"),
    path(ONE + "nytt-steg/", person.add_step, name="followup-add-step"),
    path(ONE + "pause/", person.pause, name="followup-pause"),
    path(ONE + "steg/<uuid:step>/hopp-over/", person.skip, name="followup-skip"),
    path(ONE + "journalfort/<uuid:attempt>/", person.journalled, name="followup-journalled"),
    path(ONE + "vei-tilbake/", person.way_back, name="followup-way-back"),
    path(ONE + "forsok/", one.attempt, name="followup-attempt"),
    path(ONE + "overlever/", one.hand_over, name="followup-hand-over"),
    path(ONE + "steg/<uuid:step>/", one.settle, name="followup-settle"),
    path(ONE + "dodsbudskap/", one.message_delivered, name="followup-message-delivered"),
    path(ONE + "bekreft-stopp/", one.confirm_stop, name="followup-confirm-stop"),
    path(ONE + "avslutt/", one.close, name="followup-close"),
    path(ONE + "gjenoppta/", one.reopen, name="followup-reopen"),
]
