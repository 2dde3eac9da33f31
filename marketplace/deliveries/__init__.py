"""One hand-over path for every sale: asked, accepted, dispatched, received, graded, settled."""
