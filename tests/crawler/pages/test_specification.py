from crawler.items import SpecificationSource
from crawler.pages.specification import group_fragment, lines_of, marked_specification


def test_a_group_names_what_is_essential_and_what_desirable():
    assert group_fragment("Skills", ["IT"], ["SQL", "R"]) == (
        "<h3>Skills</h3><h4>Essential</h4><ul><li>IT</li></ul>"
        "<h4>Desirable</h4><ul><li>SQL</li><li>R</li></ul>"
    )


def test_lines_that_count_neither_way_stand_under_the_group():
    assert group_fragment("Skills", unmarked=["IT"]) == "<h3>Skills</h3><ul><li>IT</li></ul>"


def test_a_group_may_lack_a_name_but_not_lines():
    assert group_fragment("", ["IT"]) == "<h4>Essential</h4><ul><li>IT</li></ul>"
    assert group_fragment("Skills") == ""


def test_plain_lines_become_safe_fragments_without_the_blank_ones():
    assert lines_of(["IT & <typing>", " ", "", " Tact "]) == ["IT &amp; &lt;typing&gt;", "Tact"]


def test_a_specification_is_marked_as_the_boards_own_or_is_none():
    (source,) = marked_specification("<p>x</p>")

    assert source == SpecificationSource(
        "html", "<p>x</p>", "person specification", is_specification=True
    )
    assert marked_specification("") == ()
