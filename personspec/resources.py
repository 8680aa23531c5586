"""Where the files of ``data/`` are, in a checkout and in an installation alike."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a wheel the data lies inside this package; in a checkout beside it.
DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent / "data"


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder of ``data/``.

    Raises:
        FileNotFoundError: It is not there, so the installation is not whole.
    """
    path = DATA.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: install personspec again, its data is cut.")
    return path
