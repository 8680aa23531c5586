"""A sender for tests."""

from pipelines.mail.identity import Identity
from pipelines.mail.tokens import Tokens

KEY = "a key of tests that keeps no secret at all"

IDENTITY = Identity(
    address="digest@personspec.example.org",
    name="personspec tests",
    contact="The testers, 1 Practice Lane, Eastmere ZZ1 1ZZ, 01632 960001",
    web_url="https://personspec.example.org",
    tokens=Tokens([KEY]),
    address_key=KEY,
)
SETTINGS = {
    "PERSONSPEC_MAIL_FROM": IDENTITY.address,
    "PERSONSPEC_MAIL_CONTACT": IDENTITY.contact,
    "PERSONSPEC_WEB_URL": IDENTITY.web_url,
    "PERSONSPEC_LINK_KEYS": KEY,
    "PERSONSPEC_ADDRESS_KEY": KEY,
}
