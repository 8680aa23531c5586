"""personspec: what a health-records post in the NHS really asks for.

This package holds only what every part needs: the version, the place of the data files and
the settings. It imports none of the other parts.
"""

__version__ = "0.1.0"
