from pipelines.facts import make_facts
from pipelines.facts.types import Facts
from tests.pipelines.factories import vacancy


def test_an_advert_gives_its_facts() -> None:
    page = vacancy(
        contract_type_raw="Fixed-Term",
        contract_duration="12 months",
        job_description="This advert may close early. A driving licence is essential.",
    )
    assert make_facts(page) == Facts(
        pay_band="2",
        pay_band_basis="printed",
        pay_table="england-2026-27",
        salary_annual_minimum=25272.0,
        salary_annual_maximum=25272.0,
        contract_type="fixed-term",
        fixed_term_months=12,
        working_patterns=("full-time", "part-time"),
        postcode="LS1 4AP",
        region="Yorkshire and The Humber",
        latitude=53.82,
        longitude=-1.56,
        coordinates_basis="postcode area",
        driving=True,
        may_close_early=True,
    )


def test_a_bare_advert_gives_none() -> None:
    bare = vacancy(
        band=None,
        salary=None,
        contract_type_raw="",
        working_patterns_raw="",
        places=(),
        summary="",
        specification=(),
    )
    assert make_facts(bare) == Facts()
