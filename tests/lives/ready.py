"""Holds the shop in memory and makes a serving process of it whenever it is asked: forked, so a restart after a kill
takes a moment and not the seconds of an import. `python -m tests.lives.ready PORT`; each line on its input is a wish.
"""

from __future__ import annotations

import os
import signal
import sys

from werkzeug.serving import WSGIRequestHandler, make_server

from marketplace import create_app
from marketplace.foundation.db import db


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: object) -> None:
        """Nothing."""


def main(port: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app = create_app()
    _look_around(app)
    print("ready", flush=True)
    for _wish in sys.stdin:
        child = os.fork()
        if child == 0:
            make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet).serve_forever()
        print(child, flush=True)


def _look_around(app) -> None:
    """Pages that were shown once are quick from then on; no connection goes to the children."""
    visitor = app.test_client()
    for path in ("/", "/cart", "/sign-in", "/products/ca-rot-dong-lac"):
        visitor.get(path)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


main(int(sys.argv[1]))
