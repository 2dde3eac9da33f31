"""Pages of news: for everybody, and for officers who write them."""
