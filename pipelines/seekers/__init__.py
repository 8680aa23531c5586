"""Job seekers: what they look for, what they have, and how a vacancy stands to both.

Pure functions: nothing here knows the store, a mail or a page.
"""
