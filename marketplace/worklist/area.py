"""What waits, taken on and decided."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(
    package="marketplace.worklist",
    blueprints=["views:bp"],
    converters={"office_queue": "converters:QueueByKey", "bulk_run": "converters:RunByRef"},
)
