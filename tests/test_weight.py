"""The look of the public pages is light: all its style sheets in at most 12 KB compressed (issue 2)."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

STYLES = re.compile(r'static "(css/\w+\.css)"')
AT_MOST = 12_000


def test_the_style_sheets_of_a_public_page_weigh_12_kb_at_most_together():
    names = STYLES.findall(Path(get_template("base.html").origin.name).read_text())
    assert len(names) >= 3
    weights = {name: len(gzip.compress((settings.BASE_DIR / "static" / name).read_bytes(), 9)) for name in names}
    assert sum(weights.values()) <= AT_MOST, weights
