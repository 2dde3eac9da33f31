"""Keeping a contract: loads that leave, acceptance by grade at the depot, disputes, settlement, what was kept and what
was not."""
