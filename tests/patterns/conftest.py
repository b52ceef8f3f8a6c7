"""The tests of the book mirror it: test_<pattern>.py tests patterns/<category>/<pattern>."""

from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "patterns"


@pytest.fixture
def app_path(request: pytest.FixtureRequest) -> Path:
    """The pattern that the test file is named after."""
    name = request.path.stem.removeprefix("test_").replace("_", "-")
    return BOOK / request.path.parent.name / name
