from docs.columns import PAGE, page


def test_the_page_of_columns_is_what_the_reports_are_made_of() -> None:
    assert PAGE.read_text("utf-8") == page(), "make columns writes it again"
