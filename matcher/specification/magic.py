"""First bytes of document formats."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Word files, and new ones under a password."""
