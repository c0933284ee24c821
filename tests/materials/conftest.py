import pytest
import typst


@pytest.fixture(scope="session")
def typeset():
    """Makes a PDF of typst's markup."""
    return lambda source: typst.compile(source.encode(), ignore_system_fonts=True)
