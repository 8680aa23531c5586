import pytest

from personspec.exceptions import UsageError
from pipelines.mail.addresses import address_hash, checked_address, without_addresses


@pytest.mark.parametrize(
    "written",
    ["", "nobody", "a@", "@nowhere.example.org", "a b@example.org",
     "a@example.org\r\nBcc: b@example.org",
     "a@example.org, b@example.org", "<a@example.org>", "jörg@example.org", "a@localhost"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(UsageError) as error:
        checked_address(written)
    assert not written or written not in str(error.value)


def test_an_address_is_taken_as_servers_write_it() -> None:
    assert checked_address(" Reader+nhs@EXAMPLE.org ") == "Reader+nhs@example.org"
    assert checked_address("a@bücher.example.org") == "a@xn--bcher-kva.example.org"


def test_the_hash_does_not_depend_on_capitals_and_depends_on_the_key() -> None:
    assert address_hash("A@example.org", "k") == address_hash("a@example.org", "k")
    assert address_hash("a@example.org", "k") != address_hash("a@example.org", "l")


def test_answers_of_servers_lose_addresses() -> None:
    answer = "550 5.1.1 <reader@example.org>: user unknown; see o'neil@mail.example.org"
    hidden = without_addresses(answer)
    assert "reader" not in hidden
    assert "example.org" not in hidden
    assert "user unknown" in hidden
