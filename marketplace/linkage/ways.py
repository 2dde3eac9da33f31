"""Quotes and answers of a member that calls: chosen among the requests and the calls that wait."""

from __future__ import annotations

from marketplace.helping.states import Matter
from marketplace.helping.ways import way
from marketplace.linkage import policies

way(Matter.QUOTES, "office_requests.list", icon="chat", door=policies.keeps_requests, told=lambda _member: {})
way(Matter.CALLS, "office_calls.list", icon="phone", door=policies.follows_calls, told=lambda _member: {})
