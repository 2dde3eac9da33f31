"""Applications for fairs of a member that calls."""

from __future__ import annotations

from marketplace.fairs import policies
from marketplace.helping.states import Matter
from marketplace.helping.ways import way

way(Matter.FAIRS, "office_fairs_for.of_member", icon="fair", door=policies.runs_fairs)
