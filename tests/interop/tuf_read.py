"""Follows a repository with python-tuf's own client, as a desk's site would with stock tools.

usage: tuf_read.py ROOT.json REPOSITORY STATE_DIR OUT_DIR NAME...

Serves REPOSITORY on a loopback port, updates from ROOT.json or from what STATE_DIR remembers, and
downloads every NAME to OUT_DIR. Prints the versions of root, timestamp, snapshot and targets. Exits
with 1 and prints the class of the error when the client refuses.
"""

import functools
import http.server
import os
import sys
import threading
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.ngclient import Updater


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def main():
    root, repository, state, out = (Path(word) for word in sys.argv[1:5])
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ["NO_PROXY"] = "*"
    handler = functools.partial(Quiet, directory=str(repository))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    for folder in (state, out):
        folder.mkdir(parents=True, exist_ok=True)
    updater = Updater(
        metadata_dir=str(state),
        metadata_base_url=f"{address}/metadata/",
        target_dir=str(out),
        target_base_url=f"{address}/targets/",
        bootstrap=root.read_bytes(),
    )
    try:
        updater.refresh()
        for name in sys.argv[5:]:
            info = updater.get_targetinfo(name)
            if info is None:
                raise RepositoryError(f"no {name}")
            updater.download_target(info)
    except RepositoryError as error:
        print(type(error).__name__)
        sys.exit(1)
    trusted = updater._trusted_set
    for part in (trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets):
        print(part.version)


main()
