from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import is_loopback, is_public, origin

REFUSED = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",  # the metadata service of clouds
    "100.64.0.1",  # shared by a carrier's customers
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",  # mapped
    "::ffff:169.254.169.254",
    "2002:a00:1::",  # 6to4 of 10.0.0.1
    "2001:0:a00:1::",  # Teredo by the server 10.0.0.1
    "64:ff9b::a00:1",  # NAT64 of 10.0.0.1
    "www.jobs.nhs.uk",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_off_the_public_internet_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"]
)
def test_a_public_address_is_allowed(address):
    assert is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_a_private_address_stays_refused_however_it_is_wrapped(number):
    plain = IPv4Address(number)
    wrapped = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x64FF9B << 96 | number),
    ]
    if not is_public(str(plain)):
        assert not any(is_public(str(address)) for address in wrapped)


@given(st.text(max_size=30))
def test_any_text_is_answered(text):
    assert isinstance(is_public(text), bool)
    assert isinstance(is_loopback(text), bool)
    assert origin(text) is None or isinstance(origin(text), str)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.jobs.nhs.uk/candidate?x=1", "https://www.jobs.nhs.uk:443"),
        ("https://WWW.Jobs.NHS.uk:443/", "https://www.jobs.nhs.uk:443"),
        ("https://www.jobs.nhs.uk:8443/", "https://www.jobs.nhs.uk:8443"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/a", "http://::1:8000"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, expected):
    assert origin(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        r"http://a\@b",
        r"https://www.jobs.nhs.uk\@10.0.0.1/",
        "https://www.jobs.nhs.uk@10.0.0.1/",
        "https://www.jobs.nhs.uk%40evil.example/",
        "https://[::ffff:10.0.0.1",
        "https://ｗｗｗ.jobs.nhs.uk/",
        "https://www.jobs.nhs.uk:99999/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://www.jobs.nhs.uk/",
        "//www.jobs.nhs.uk/",
    ],
)
def test_an_address_that_parsers_may_read_in_two_ways_has_no_origin(url):
    assert origin(url) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example", "127.0.0.1.example", "10.0.0.1", ""])
def test_names_that_only_look_like_this_machine_are_not(host):
    assert not is_loopback(host)
