from datetime import date

import pytest
import yaml

from crawler.sources import load_sources, parse_sources
from personspec.exceptions import CatalogueError
from personspec.resources import data_path


def written(**changes):
    entry = yaml.safe_load(data_path("sources.yml").read_text("utf-8"))["nhs_jobs"]
    return yaml.safe_dump({"nhs_jobs": {k: v for k, v in (entry | changes).items() if v != "cut"}})


def test_every_source_says_where_its_rules_stand_and_when_they_were_read():
    for name, source in load_sources().items():
        assert source.terms_url.startswith("https://"), name
        assert source.robots, name
        assert date(2026, 1, 1) < source.checked_on, name
        assert source.unverified, f"{name}: nobody has read it on the live site yet"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"terms_url": "cut"}, "terms_url"),
        ({"base_url": "http://www.jobs.nhs.uk"}, "base_url"),
        ({"at_least": 0}, "at_least"),
        ({"at_most": 5}, "at_most is below at_least"),
        ({"enabled": "perhaps"}, "enabled"),
        ({"colour": "blue"}, "colour"),
        ({"checked_on": "yesterday"}, "checked_on"),
    ],
)
def test_a_wrong_entry_is_named_with_its_field(changes, words):
    with pytest.raises(CatalogueError, match=rf"nhs_jobs, .*{words}"):
        parse_sources(written(**changes))


@pytest.mark.parametrize("text", ["", "- a", "nhs_jobs: [", "nhs_jobs:"])
def test_a_file_that_is_no_register_is_refused(text):
    with pytest.raises(CatalogueError, match=r"sources\.yml"):
        parse_sources(text)
