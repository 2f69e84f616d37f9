"""What roles, needs and documents are called."""

from django.utils.translation import gettext_lazy as _

from samvirke.access.permissions import Level, Need, Role

ROLE_NAMES = {
    Role.EDITOR: _("Redaktør"),
    Role.APPROVER: _("Godkjenner"),
    Role.CONTACT_PERSON: _("Kontaktperson"),
    Role.TEAM_LEADER: _("Leder av kriseteamet"),
    Role.REGISTRAR: _("Registrator"),
    Role.HEALTH_PROFESSIONAL: _("Helsepersonell"),
    Role.REVIEWER: _("Kontrollør av innsyn"),
    Role.PRIVACY_OFFICER: _("Personvernombud"),
    Role.ADMINISTRATOR: _("Administrator i kommunen"),
    Role.GOVERNOR: _("Statsforvalter"),
    Role.DIRECTORATE: _("Helsedirektoratet"),
    Role.RVTS_ADVISER: _("Rådgiver i RVTS"),
    Role.OPERATOR: _("Driftsansvarlig"),
}

NEED_NAMES = {
    Need.WORK: _("logge inn og se sin egen konto"),
    Need.SERVICE_READ: _("se tjenester, også utkast"),
    Need.SERVICE_EDIT: _("endre tjenester"),
    Need.SERVICE_CONFIRM: _("bekrefte og publisere opplysninger"),
    Need.SERVICE_APPROVE: _("godkjenne det andre har skrevet"),
    Need.SERVICE_IMPORT: _("importere og eksportere tjenester"),
    Need.MUNICIPALITY_EDIT: _("endre kommunens oppsett"),
    Need.SHARED_EDIT: _("endre tjenester som er felles for flere kommuner"),
    Need.COMPLETENESS_READ: _("se hvor fullstendige opplysningene er"),
    Need.MEMBER_READ: _("se hvem som har hvilken rolle"),
    Need.MEMBER_MANAGE: _("invitere personer og gi roller"),
    Need.MESSAGE_READ: _("se hvilke meldinger som er sendt"),
    Need.MESSAGE_SEND_AGAIN: _("sende meldinger på nytt"),
    Need.JOURNAL_READ: _("se hva som er endret, og av hvem"),
    Need.ACCESS_LOG_READ: _("se hvem som har lest personopplysninger"),
    Need.READINESS_READ: _("se dokumentene som må være på plass før personopplysninger"),
    Need.READINESS_EDIT: _("registrere dokumentene som må være på plass før personopplysninger"),
    Need.INVENTORY_READ: _("se hvilke personopplysninger systemet har"),
    Need.INCIDENT_READ: _("se hendelser"),
    Need.INCIDENT_REPORT: _("melde en hendelse"),
    Need.INCIDENT_LEAD: _("lede kommunens arbeid med en hendelse"),
    Need.INCIDENT_LOG: _("skrive i loggen til en hendelse, varsle andre og kalle inn til møter"),
    Need.TEAM_READ: _("se hvem som er i kriseteamet"),
    Need.TEAM_EDIT: _("holde kriseteamets liste ved like, med telefonnumre"),
    Need.CALL_OUT: _("varsle kriseteamet"),
    Need.PERSON_REGISTER: _("registrere rammede"),
    Need.PERSON_READ: _("se dem man selv er kontaktperson eller stedfortreder for"),
    Need.PERSON_READ_ALL: _("se alle rammede i kommunen"),
    Need.PERSON_EDIT: _("endre opplysninger om rammede man ser"),
    Need.PERSON_LOG_READ: _("se hvem som har sett på en rammet"),
    Need.FOLLOWUP_ASSIGN: _("gi rammede en kontaktperson"),
    Need.FOLLOWUP_CLOSE: _("avslutte oppfølging"),
    Need.ATTEMPT_WRITE: _("føre kontaktforsøk"),
    Need.PLAN_EDIT: _("endre kontaktplaner"),
    Need.TIP_HANDLE: _("behandle henvendelser fra publikum"),
}

LEVEL_NAMES = {
    Level.MUNICIPALITY: _("kommunen"),
    Level.COUNTY: _("kommunene i fylket"),
    Level.REGION: _("kommunene i regionen"),
    Level.NATION: _("hele landet"),
}
