"""Mints mdoc responses with pymdoccbor, pycose and cryptography: nothing here is ours but names.

usage: mint_pymdoc.py OUT_DIR IAT CTI_HEX

Writes iaca.der, bearer.cbor (as the library dumps it) and fresh.cbor (with a device signature over
the optical handover of IAT and CTI). Everything is valid at the machine's own clock, which the
library reads.
"""

import hashlib
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pycose.algorithms import Es256
from pycose.headers import Algorithm
from pycose.keys import EC2Key
from pycose.keys.curves import P256
from pycose.messages import Sign1Message
from pymdoccbor.mdoc.issuer import MdocCborIssuer

DOC_TYPE = "org.iso.18013.5.1.mDL"
NAMESPACE = "org.iso.18013.5.1"


def cose_key(key):
    numbers = key.private_numbers()
    public = numbers.public_numbers
    return EC2Key(
        crv=P256,
        x=public.x.to_bytes(32, "big"),
        y=public.y.to_bytes(32, "big"),
        d=numbers.private_value.to_bytes(32, "big"),
        optional_params={"ALG": "ES256"},
    )


def name(common_name):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ZZ"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def usage(**bits):
    every = dict.fromkeys(
        (
            "digital_signature content_commitment key_encipherment data_encipherment "
            "key_agreement key_cert_sign crl_sign encipher_only decipher_only"
        ).split(),
        False,
    )
    return x509.KeyUsage(**{**every, **bits})


def certificates(root_key, signer_key, now):
    def builder(subject, key, days):
        return (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name("Peer IACA"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now + timedelta(days=days))
        )

    root = (
        builder("Peer IACA", root_key, 3650)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    document_signer = x509.ExtendedKeyUsage([ObjectIdentifier("1.0.18013.5.1.2")])
    signer = (
        builder("Peer DS", signer_key, 400)
        .add_extension(usage(digital_signature=True), critical=True)
        .add_extension(document_signer, critical=True)
        .sign(root_key, hashes.SHA256())
    )
    return root, signer


def device_signed(key, issued, cti):
    handover = hashlib.sha256(cbor2.dumps([None, None, issued, cti])).digest()
    transcript = [None, None, ["HwaginOpticalHandover-1", handover]]
    names = cbor2.CBORTag(24, cbor2.dumps({}))
    content = cbor2.dumps(["DeviceAuthentication", transcript, DOC_TYPE, names])
    message = Sign1Message(
        phdr={Algorithm: Es256}, payload=cbor2.dumps(cbor2.CBORTag(24, content)), key=cose_key(key)
    )
    protected, unprotected, _payload, signature = cbor2.loads(message.encode(tag=False))
    detached = [protected, dict(unprotected), None, signature]
    return {"nameSpaces": names, "deviceAuth": {"deviceSignature": detached}}


def main():
    out, issued, cti = Path(sys.argv[1]), int(sys.argv[2]), bytes.fromhex(sys.argv[3])
    now = datetime.now(timezone.utc)
    root_key, signer_key, device_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root, signer = certificates(root_key, signer_key, now)
    issuer = MdocCborIssuer(private_key=cose_key(signer_key), alg="ES256")
    public = device_key.public_key().public_numbers()
    issuer.new(
        doctype=DOC_TYPE,
        data={
            NAMESPACE: {
                "family_name": "SPECIMEN",
                "given_name": "PEER",
                "birth_date": "1999-01-01",
                "issuing_country": "ZZ",
                "document_number": "PEER-000000",
            }
        },
        validity={
            "issuance_date": (now - timedelta(days=1)).strftime("%Y-%m-%d"),
            "expiry_date": (now + timedelta(days=90)).strftime("%Y-%m-%d"),
        },
        devicekeyinfo={
            "KTY": "EC2",
            "CURVE": "P_256",
            "X": public.x.to_bytes(32, "big"),
            "Y": public.y.to_bytes(32, "big"),
        },
        x509_chain=[signer.public_bytes(serialization.Encoding.DER)],
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "iaca.der").write_bytes(root.public_bytes(serialization.Encoding.DER))
    (out / "bearer.cbor").write_bytes(issuer.dump())
    issuer.signed["documents"][0]["deviceSigned"] = device_signed(device_key, issued, cti)
    (out / "fresh.cbor").write_bytes(issuer.dump())


main()
