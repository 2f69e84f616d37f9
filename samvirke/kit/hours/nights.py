"""A slip that the grammar allows and people make: the last night of the weekend stops at midnight."""

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.model import DAY_MINUTES, WEEKDAYS, WHOLE_DAY, Schedule, Tier


def cut_night(schedule: Schedule) -> HoursError | None:
    """Return what to tell the writer when a whole day stops at midnight before a day whose own night is open.

    "Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00" is what people write for a legevakt that is open every night, but it
    is closed from Monday 00.00. It can be read and evaluated; whoever takes it down should ask. None: no slip.
    """
    slip = slipped(schedule)
    if slip is None:
        return None
    day, (hour, minute) = slip[0], divmod(slip[1], 60)
    until, right = f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}-{hour + 24:02}:{minute:02}"
    return HoursError("cut-night", day=WEEKDAYS[day], until=until, right=right)


def slipped(schedule: Schedule) -> tuple[int, int] | None:
    """The weekday that stops at midnight (0 is Monday), and the minutes after midnight when the other nights end."""
    week: dict[int, tuple[tuple[int, int], ...]] = {}
    for rule in schedule.rules:
        if rule.tier is Tier.WEEKLY:
            for day in rule.days:
                week[day] = (*week.get(day, ()), *rule.spans) if rule.adds else rule.spans
    for day, spans in week.items():
        following = week.get((day + 1) % 7, ())
        until = max((end - DAY_MINUTES for _, end in following), default=0)
        if spans == WHOLE_DAY and until > 0 and all(start > 0 for start, _ in following):
            return day, until
    return None
