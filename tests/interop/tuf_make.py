"""Makes repositories with python-tuf's metadata API: nothing here is ours but names.

usage: tuf_make.py OUT_DIR AT PARTS_DIR

AT is the moment in unix seconds that the repositories have to be good at. PARTS_DIR holds the files of
the bundle by name. Writes four folders, consistent-ed25519, consistent-ecdsa, plain-ed25519 and
plain-ecdsa, each with metadata/, targets/, root.json (the first root) and, behind it, a second root
with another timestamp key. A delegated role brings the files whose names begin with `status-`.
"""

import hashlib
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

PRETTY = JSONSerializer(compact=False)


def signed(part, *signers):
    metadata = Metadata(part)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes(PRETTY)


def root_bytes(consistent, version, expires, keys, before=None):
    root = Root(version=version, expires=expires, consistent_snapshot=consistent)
    for role, signer in keys.items():
        root.add_key(signer.public_key, role)
    signers = [keys["root"]] + ([before] if before else [])
    return signed(root, *signers)


def make(out, consistent, kind, expires, parts):
    new = getattr(CryptoSigner, f"generate_{kind}")
    metadata, targets_dir = out / "metadata", out / "targets"
    metadata.mkdir(parents=True)
    targets_dir.mkdir()

    def save(version, name, data):
        (metadata / (f"{version}.{name}" if consistent else name)).write_bytes(data)

    def listed(path):
        data = path.read_bytes()
        name = path.name
        digest = hashlib.sha256(data).hexdigest()
        (targets_dir / (f"{digest}.{name}" if consistent else name)).write_bytes(data)
        return TargetFile.from_data(name, data)

    keys = {role: new() for role in ("root", "targets", "snapshot", "timestamp")}
    first = root_bytes(consistent, 1, expires, keys)
    keys["timestamp"] = new()
    second = root_bytes(consistent, 2, expires, keys)
    (out / "root.json").write_bytes(first)
    for number, data in ((1, first), (2, second)):
        (metadata / f"{number}.root.json").write_bytes(data)

    role_signer = new()
    role = Targets(version=3, expires=expires)
    targets = Targets(version=5, expires=expires)
    for path in sorted(parts.iterdir()):
        into = role if path.name.startswith("status-") else targets
        into.targets[path.name] = listed(path)
    targets.delegations = Delegations(
        keys={},
        roles={"issuer": DelegatedRole("issuer", [], 1, True, paths=["status-*"])},
    )
    targets.add_key(role_signer.public_key, "issuer")
    role_data = signed(role, role_signer)
    targets_data = signed(targets, keys["targets"])
    save(3, "issuer.json", role_data)
    save(5, "targets.json", targets_data)
    meta = {
        "targets.json": MetaFile.from_data(5, targets_data, ["sha256"]),
        "issuer.json": MetaFile.from_data(3, role_data, ["sha256"]),
    }
    snapshot_data = signed(Snapshot(version=7, expires=expires, meta=meta), keys["snapshot"])
    save(7, "snapshot.json", snapshot_data)
    pin = MetaFile.from_data(7, snapshot_data, ["sha256"])
    timestamp = Timestamp(version=9, expires=expires, snapshot_meta=pin)
    (metadata / "timestamp.json").write_bytes(signed(timestamp, keys["timestamp"]))


def main():
    out, at, parts = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    expires = datetime.fromtimestamp(at, timezone.utc) + timedelta(days=30)
    for consistent in (True, False):
        for kind in ("ed25519", "ecdsa"):
            name = f"{'consistent' if consistent else 'plain'}-{kind}"
            make(out / name, consistent, kind, expires, parts)


main()
