"""Reading news, one noun per file: `queries.article.shown()`."""

from marketplace.news.queries import article, campaign, newsletter

__all__ = ["article", "campaign", "newsletter"]
