"""``python -m personspec``: the same as the command ``personspec``."""

from schedules.cli import main

if __name__ == "__main__":
    main()
