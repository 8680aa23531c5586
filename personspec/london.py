"""The time that boards, employers and readers live by; the store keeps UTC."""

from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
