"""Facts in one form for all boards, made of what an advert prints.

Pure: the same advert gives the same facts. What the advert does not say, and what could only be
guessed, is None.
"""

from crawler.items import Vacancy
from pipelines.facts.pay import annual_salary, find_band
from pipelines.facts.places import locate
from pipelines.facts.statements import asks_for_driving, may_close_early, prose_of
from pipelines.facts.types import Facts
from pipelines.facts.words import contract_type_of, months_of, working_patterns_of

FACTS_VERSION = "1"
"""Raised whenever the same advert may give other facts than before."""


def make_facts(vacancy: Vacancy) -> Facts:
    """Return what can be said of a vacancy without guessing."""
    band = find_band(vacancy)
    minimum, maximum = annual_salary(vacancy.salary)
    where = locate(vacancy.places)
    prose = prose_of(vacancy)
    return Facts(
        pay_band=band.band,
        pay_band_basis=band.basis,
        pay_table=band.table,
        salary_annual_minimum=minimum,
        salary_annual_maximum=maximum,
        contract_type=contract_type_of(vacancy.contract_type_raw),
        fixed_term_months=months_of(vacancy.contract_duration),
        working_patterns=working_patterns_of(vacancy.working_patterns_raw),
        postcode=where.postcode,
        region=where.region,
        latitude=where.latitude,
        longitude=where.longitude,
        coordinates_basis=where.basis,
        driving=asks_for_driving(prose),
        may_close_early=may_close_early(prose),
    )
