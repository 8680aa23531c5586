from docs.settings import PAGE, page
from personspec.settings import Settings


def test_the_page_of_settings_is_what_the_settings_are() -> None:
    assert PAGE.read_text("utf-8") == page(), "make settings writes it again"


def test_every_setting_is_described() -> None:
    for name in Settings.model_fields:
        assert f"| `PERSONSPEC_{name.upper()}` | " in page()
