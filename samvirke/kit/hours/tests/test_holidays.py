import holidays
import pytest

from samvirke.kit.hours import easter_sunday, is_public_holiday, public_holidays


@pytest.mark.parametrize("year", range(2000, 2101))
def test_public_holidays_are_those_of_the_holidays_library(year: int) -> None:
    assert public_holidays(year) == set(holidays.country_holidays("NO", years=year))


def test_eves_and_sundays_are_ordinary_days() -> None:
    christmas_eve = easter_sunday(2026).replace(month=12, day=24)
    assert not is_public_holiday(christmas_eve)
    assert not is_public_holiday(christmas_eve.replace(month=11, day=22))
    assert is_public_holiday(christmas_eve.replace(day=25))
