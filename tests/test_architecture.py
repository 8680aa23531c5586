"""The arrows between the parts point one way (docs/architecture.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("personspec", "matcher", "crawler", "pipelines", "web", "schedules")
ALLOWED = {
    "personspec": set(),
    "matcher": {"personspec"},
    "crawler": {"personspec"},
    "pipelines": {"personspec", "crawler.items", "matcher"},
    "web": {"personspec", "pipelines", "matcher"},
    "schedules": {"personspec", "web", "pipelines", "crawler", "matcher"},
}
# Outside packages a part may not know, because its work must not depend on them.
FORBIDDEN = {
    "matcher": {"scrapy", "twisted", "requests", "urllib.request", "pandas", "sqlalchemy"},
    "crawler": {"pandas", "sqlalchemy"},
}
SQL_ONLY_IN = "pipelines/database"


def modules(part: str) -> Iterator[Path]:
    # An entry point only hands over to the command; it is imported by nobody.
    yield from sorted(p for p in (ROOT / part).rglob("*.py") if p.name != "__main__.py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{path}: a relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("part", [part for part in PARTS if (ROOT / part).is_dir()])
def test_a_part_imports_only_the_parts_below_it(part: str) -> None:
    for path in modules(part):
        for module in imports(path):
            if module.partition(".")[0] not in PARTS or is_within(module, part):
                continue
            allowed = any(is_within(module, other) for other in ALLOWED[part])
            assert allowed, f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize(("part", "forbidden"), FORBIDDEN.items())
def test_a_part_does_not_know_the_tools_of_another(part: str, forbidden: set[str]) -> None:
    for path in modules(part):
        for module in imports(path):
            assert not any(is_within(module, other) for other in forbidden), (
                f"{path.relative_to(ROOT)} imports {module}"
            )


def test_only_the_database_package_writes_sql() -> None:
    for part in PARTS:
        for path in modules(part):
            if (ROOT / SQL_ONLY_IN) in path.parents:
                continue
            for module in imports(path):
                assert not is_within(module, "sqlalchemy"), (
                    f"{path.relative_to(ROOT)} imports {module}"
                )
