"""What is sent with a release: the sign of exactly what was shown."""

from __future__ import annotations

import wtforms

from marketplace.foundation.web.forms import Form


class ReleaseForm(Form):
    previewed = wtforms.HiddenField()
