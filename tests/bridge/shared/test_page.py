"""The examples in docs/shared.md print what stands below them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage
from pyodide_app.testing._session import Session
from pyodide_app.toolkit import runtimes

PAGE = (Path(__file__).parents[3] / "docs" / "shared.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```python\n# (\w+\.py)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(code, printed, id=section.partition("\n")[0])
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)
    for code, printed in re.findall(
        r"^```python\n((?!# \w+\.py\n).*?)^```$\n\n```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL
    )
]


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "main.py").write_text('# /// script\n# dependencies = ["numpy"]\n# ///\n')
    for name, code in FILES:
        (folder / name).write_text(code)
    if lack := _pyodide_session.lacks(runtimes.DEFAULT, "numpy"):
        pytest.skip(lack)
    with _pyodide_session.page(folder, pyodide=runtimes.DEFAULT, timeout=120) as app:
        app.wait_ready()
        yield app


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_an_example(app: AppPage, code: str, printed: str) -> None:
    before = len(app.console)
    app.run(code)
    app.settle()
    assert [line.text for line in app.console[before:]] == printed.splitlines()


def test_each_example_is_among_them() -> None:
    assert len(EXAMPLES) + len(FILES) == PAGE.count("```python")
