"""One search over SQLite FTS5 and PostgreSQL, whose rows change in the same transaction as the data.

    products = Index("products", synonyms=Synonyms([("HTX", "hợp tác xã")]))
    products.put(session, Entry(id=7, title="Cà rốt Đồng Lạc", body="HTX Đồng Lạc", score=900, facets={"c:cu-qua"}))
    found = products.find(session, "ca rot", facets_all=[["c:cu-qua"]], facet_groups=["c"])

How it stays fast at a million rows: every row has a key that sorts by its precomputed score, so the best
hits are the first ones and reading stops after a page; counts and facets look at a bounded number of hits.
"""

from marketplace.foundation.db.search.entry import TOP_SCORE, Entry
from marketplace.foundation.db.search.index import Found, Index, is_search_table
from marketplace.foundation.db.search.synonyms import Synonyms

__all__ = ["TOP_SCORE", "Entry", "Found", "Index", "Synonyms", "is_search_table"]
