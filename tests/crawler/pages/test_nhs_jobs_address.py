import pytest

from crawler.pages.nhs_jobs_address import advert_url, reference_in


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("https://beta.jobs.nhs.uk/candidate/jobadvert/C9439-2526-0490", "C9439-2526-0490"),
        ("/candidate/jobadvert/U0080-20707?keyword=a/b&language=en", "U0080-20707"),
        ("/candidate/jobadvert/C9289-SC-388/", "C9289-SC-388"),
        ("/candidate/search", ""),
        ("", ""),
        ("/candidate/jobadvert/../../etc", ""),
    ],
)
def test_references_are_read_from_addresses(url, reference):
    assert reference_in(url) == reference


@pytest.mark.parametrize("path", ["/api/v1/search_xml?page=1", "/candidate/search/results?page=2"])
@pytest.mark.parametrize("base", ["https://www.jobs.nhs.uk", "http://127.0.0.1:8000/board"])
def test_an_advert_stands_on_the_host_that_listed_it(base, path):
    url = advert_url(base + path, "Z1001-26-0001")

    assert url == f"{base}/candidate/jobadvert/Z1001-26-0001"
