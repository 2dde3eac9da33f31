"""python -m marketplace.foundation.web.assets: build what is stale."""

import sys

from marketplace.foundation.web.assets import build

sys.stdout.write(f"Assets: {build()}\n")
