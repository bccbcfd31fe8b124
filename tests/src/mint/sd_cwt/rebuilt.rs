//! Claims as they stand once every disclosure is in its place, and what both tokens say of the time
//! and of whom they are for.

use super::*;
use crate::mint::{abstains, accepts};
use hwagin_training::cbor::{indefinite, simple, text};
use hwagin_training::sd_cwt::{Entry, Redaction};
use hwagin_training::{Status, status_index};
use sha2::{Digest, Sha256};

pub(super) fn drafts() -> Vec<Draft> {
    vec![
        refused(
            "holder.wrong_purpose",
            "holder/sd-cwt-audience-of-the-credential",
            "aud of the SD-CWT is somebody else",
            |r| {
                r.token.claims.set(int(3), text("https://other.example"));
            },
        ),
        refused(
            "holder.too_old",
            "holder/sd-cwt-binding-ended",
            "exp of the binding has passed",
            |r| {
                r.binding.iat = Some(int(AT - 60));
                r.binding.extra = vec![(int(4), int(AT - 30))];
            },
        ),
        abstains(
            "format.unsupported",
            "sd-cwt/status-in-header-claims",
            "what would decide stands in header 15 alone",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| {
            let status = Status::at(status_index(Card::Mdl) + 2).value().unwrap();
            r.status(&Status::default());
            r.token
                .sign1
                .protected
                .push((int(15), Value::Map(vec![(int(65_535), status)])));
        }),
        refuses(
            "status.revoked",
            "status/sd-cwt-disclosed-and-revoked",
            "a redacted status, shown",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| {
            let status = Status::at(status_index(Card::Mdl) + 2).value().unwrap();
            r.status(&Status::default());
            r.token
                .claims
                .0
                .push(Entry::redacted(int(65_535), status, Redaction::default()));
        }),
        accepted(
            "accept/sd-cwt-type-disclosed",
            "vct redacted and shown",
            |r| {
                r.token.claims.find(&int(11)).unwrap().redaction = Some(Redaction::default());
            },
        ),
        undecided(
            MALFORMED,
            "sd-cwt/protected-header-of-indefinite-length",
            "of the bytes in it too",
            |r| {
                let signer = Authority::built_in().certificate(&r.signer, &r.root);
                let header =
                    [(1, int(-7)), (16, int(293)), (33, bytes(&signer))].map(|(k, v)| (int(k), v));
                r.token.sd_alg = None;
                r.token.sign1.protected_bytes =
                    Some(encode(&indefinite(&Value::Map(header.to_vec()))));
            },
        ),
        accepts(
            "accept/captured-sd-cwt-binding-with-unprotected-header",
            "the draft allows it",
        )
        .audience("https://verifier.example", None)
        .caught(|r| {
            r.binding.aud = Some(text("https://verifier.example"));
            r.binding.sign1.unprotected.push((int(4), bytes(b"phone")));
        }),
        undecided(
            "issuer.unknown",
            "issuer/sd-cwt-issuer-in-header-claims",
            "iss in header 15 alone selects no key",
            |r| {
                sign_by(r, &Key::p256("card issuer"), bytes(b"card-key-1"));
                r.token.claims.remove(&int(1));
                r.token
                    .sign1
                    .protected
                    .push((int(15), Value::Map(vec![(int(1), text(ID_ISSUER))])));
            },
        )
        .by_key("issuer-card.cose", &Key::p256("card issuer"), b"card-key-1"),
        accepted(
            "accept/sd-cwt-header-claims-redacted",
            "simple(59) in header 15",
            |r| {
                let hashes = Value::Array(vec![bytes(&[7; 32])]);
                r.token
                    .sign1
                    .protected
                    .push((int(15), Value::Map(vec![(simple(59), hashes)])));
            },
        ),
        undecided(
            MALFORMED,
            "sd-cwt/deep-through-disclosures",
            "a hundred disclosures, each 20 deep in the one before",
            |r| {
                let mut inner = Value::Array(vec![bytes(&[1; 32])]);
                for number in 0_u8..110 {
                    let mut value = Value::Map(vec![(simple(59), inner)]);
                    for _ in 0..20 {
                        value = Value::Map(vec![(int(1), value)]);
                    }
                    let content = encode(&Value::Array(vec![bytes(&[number; 16]), value, int(1)]));
                    let hash = Sha256::digest(encode(&bytes(&content)));
                    r.token.foreign.push(content);
                    inner = Value::Array(vec![bytes(&hash)]);
                }
                r.token
                    .claims
                    .set(int(500), Value::Map(vec![(simple(59), inner)]));
            },
        ),
    ]
}
