"""What pools hold about people: organisations take part, people give their word for them."""

from __future__ import annotations

from marketplace.accounts.holdings import by, holds, keeps
from marketplace.linkage.models import Pool, PoolAllocation, PoolCommitment, PoolMember, PoolShare

holds(Pool, by(Pool.by_id), words=("words", "reason"))
holds(PoolMember, by(PoolMember.invited_by_id), words=("told_by", "reason"))
holds(PoolAllocation, by(PoolAllocation.by_id), words=("reason",))
keeps(PoolCommitment, "kilograms that a cooperative offered")
keeps(PoolShare, "kilograms that a cooperative was given, and why")
