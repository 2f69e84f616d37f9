"""The site map of the crisis team: the register, the alerts, and the links in messages."""

from django.urls import path

from samvirke.incidents.callout.views import answering, calling, team

ROOM = "arbeid/<str:municipality>/kriseteam/"
ONE = ROOM + "person/<uuid:teammate>/"
ALERT = ROOM + "varsel/<uuid:callout>/"
urlpatterns = [
    path("arbeid/svar/<str:token>/", answering.answer, name="callout-answer"),
    path("arbeid/stemmer/<str:token>/", answering.own, name="callout-own"),
    path(ROOM, team.team, name="callout-team"),
    path(ROOM + "ny/", team.add, name="callout-member-new"),
    path(ONE, team.member, name="callout-member"),
    path(ONE + "bekreft/", team.verify, name="callout-member-verify"),
    path(ONE + "spor/", team.ask, name="callout-member-ask"),
    path(ONE + "ut/", team.leave, name="callout-member-leave"),
    path(ROOM + "frister/", team.times, name="callout-times"),
    path(ROOM + "ringeliste/", team.call_list, name="callout-call-list"),
    path(ROOM + "varsle/", calling.begin, name="callout-begin"),
    path(ROOM + "prove/", calling.test, name="callout-test"),
    path(ROOM + "papir/", calling.on_paper, name="callout-paper"),
    path(ALERT, calling.board, name="callout-board"),
    path(ALERT + "for/", calling.enter, name="callout-enter"),
    path(ALERT + "avslutt/", calling.end, name="callout-end"),
]
