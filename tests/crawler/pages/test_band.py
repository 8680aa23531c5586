import pytest

from crawler.pages.band import parse_band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Band 7", ("7", "Band 7")),
        ("NHS AfC: band 8C", ("8c", "band 8C")),
        ("BAND 8 D", ("8d", "BAND 8 D")),
        ("£25,760 a year, Band 2 - 3", ("2", "Band 2")),
        ("Consultant", (None, "")),
        ("Husband 4", (None, "")),
        ("Band 25", (None, "")),
        ("", (None, "")),
    ],
)
def test_the_first_band_of_a_text_is_read(text, band):
    assert parse_band(text) == band
