//! Accepted: every algorithm of issuer and holder, certificates, and keys that a desk holds.

use super::{accepted, cose_key, sign_by};
use crate::mint::{Draft, accepts, token};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, ChainPlace};
use hwagin_training::issuer::kid_of;
use hwagin_training::{Authority, Card, Key, KeyKind, SdCwt, Status, Value};

/// The id of the key of most vectors here.
pub(super) const KID: &[u8] = b"card-key-1";

pub(super) fn drafts() -> Vec<Draft> {
    [algorithms(), chains(), keys(), pinned()]
        .into_iter()
        .flatten()
        .collect()
}

/// The key of an issuer without certificates.
pub(super) fn card_key(kind: KeyKind) -> Key {
    Key::new(kind, "card issuer")
}

fn algorithms() -> Vec<Draft> {
    let issuer = |name, why, kind, number: i64| {
        accepted(name, why, |r| {
            r.signer.key = Key::new(kind, "odd signer");
            r.token.sign1.alg = AlgHeader::Protected(int(number));
        })
    };
    let holder = |name, why, kind, number: i64| {
        accepted(name, why, |r| {
            r.holder_key = Key::new(kind, "odd phone");
            r.binding.sign1.alg = AlgHeader::Protected(int(number));
        })
    };
    let (p256, p384, p521) = (KeyKind::P256, KeyKind::P384, KeyKind::P521);
    let (edwards, rsa) = (KeyKind::Ed25519, KeyKind::Rsa);
    vec![
        issuer("accept/sd-cwt-issuer-es384", "P-384", p384, -35),
        issuer("accept/sd-cwt-issuer-es512", "P-521", p521, -36),
        issuer("accept/sd-cwt-issuer-eddsa", "Ed25519", edwards, -8),
        issuer("accept/sd-cwt-issuer-ps256", "RSA of 2,048 bits", rsa, -37),
        issuer("accept/sd-cwt-issuer-esp256", "RFC 9864", p256, -9),
        issuer("accept/sd-cwt-issuer-esp384", "RFC 9864", p384, -51),
        issuer("accept/sd-cwt-issuer-esp512", "RFC 9864", p521, -52),
        issuer("accept/sd-cwt-issuer-ed25519", "RFC 9864", edwards, -19),
        holder("accept/sd-cwt-holder-es384", "P-384", p384, -35),
        holder("accept/sd-cwt-holder-es512", "P-521", p521, -36),
        holder("accept/sd-cwt-holder-eddsa", "Ed25519", edwards, -8),
        holder("accept/sd-cwt-holder-ps256", "RSA of 2,048 bits", rsa, -37),
        holder("accept/sd-cwt-holder-esp256", "RFC 9864", p256, -9),
        holder("accept/sd-cwt-holder-esp384", "RFC 9864", p384, -51),
        holder("accept/sd-cwt-holder-ed25519", "RFC 9864", edwards, -19),
    ]
}

fn chains() -> Vec<Draft> {
    let root = || bytes(&Authority::built_in().iaca_der());
    vec![
        accepted(
            "accept/sd-cwt-chain-as-array",
            "RFC 9360: an array of one",
            |r| r.token.sign1.chain_as_array = true,
        ),
        accepted(
            "accept/sd-cwt-chain-with-root",
            "not needed, and sent by some",
            |r| {
                let signer = Authority::built_in().certificate(&r.signer, &r.root);
                let chain = Value::Array(vec![bytes(&signer), root()]);
                r.token.sign1.chain = ChainPlace::Missing;
                r.token.sign1.protected.push((int(33), chain));
            },
        ),
    ]
}

fn keys() -> Vec<Draft> {
    let signed = |name, why, kind, write: fn(&mut SdCwt, &Key)| {
        let key = card_key(kind);
        accepted(name, why, |r| write(r, &key)).by_key("issuer-card.cose", &key, KID)
    };
    let protected = |r: &mut SdCwt, key: &Key| sign_by(r, key, bytes(KID));
    let other = Key::p256("another issuer");
    vec![
        signed(
            "accept/sd-cwt-by-key",
            "no certificate: kid selects a key that the desk holds",
            KeyKind::P256,
            protected,
        ),
        signed(
            "accept/sd-cwt-by-key-p-384",
            "the same of P-384",
            KeyKind::P384,
            protected,
        ),
        signed(
            "accept/sd-cwt-by-key-ed25519",
            "the same of Ed25519",
            KeyKind::Ed25519,
            protected,
        ),
        signed(
            "accept/sd-cwt-by-key-rsa",
            "the same of RSA, PS256",
            KeyKind::Rsa,
            protected,
        ),
        signed(
            "accept/sd-cwt-by-key-unprotected-kid",
            "a kid only selects, so it need not be signed",
            KeyKind::P256,
            |r, key| {
                sign_by(r, key, bytes(KID));
                let kid = r.token.sign1.protected.pop();
                r.token.sign1.unprotected.extend(kid);
            },
        ),
        signed(
            "accept/sd-cwt-by-key-kid-as-text",
            "a kid is bytes; some write text, and it is the same id",
            KeyKind::P256,
            |r, key| sign_by(r, key, text("card-key-1")),
        ),
        accepts(
            "accept/sd-cwt-key-among-several-of-one-id",
            "an id may belong to two keys: the one that signed counts",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| {
            sign_by(r, &card_key(KeyKind::P256), bytes(KID));
            r.status(&Status::default());
        })
        .cautions(&["no_status"])
        .keys(vec![
            ("issuer-other.cose", Some(cose_key(&other, Some(KID)))),
            (
                "issuer-card.cose",
                Some(cose_key(&card_key(KeyKind::P256), Some(KID))),
            ),
        ]),
        accepts(
            "accept/sd-cwt-key-without-id",
            "a key of no id is tried for every one",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| {
            sign_by(r, &card_key(KeyKind::P256), bytes(KID));
            r.status(&Status::default());
        })
        .cautions(&["no_status"])
        .keys(vec![(
            "issuer-card.cose",
            Some(cose_key(&card_key(KeyKind::P256), None)),
        )]),
    ]
}

/// A signer's certificate held by itself, with no root above it.
fn pinned() -> Vec<Draft> {
    let recipe = SdCwt::new(Card::Mdl, AT);
    let der = Authority::built_in().certificate(&recipe.signer, &recipe.root);
    let (key, kid) = (recipe.signer.key, kid_of(&der));
    let list = token(|list| list.sign_by(key.clone(), &kid));
    let held = |draft: Draft| {
        draft
            .roots(&[])
            .keys(vec![("issuer-signer.der", Some(der.clone()))])
            .tokens(vec![("own.cwt", list.clone())])
    };
    vec![
        held(accepted(
            "accept/sd-cwt-signer-held-by-itself",
            "the desk trusts this very certificate",
            |_| {},
        )),
        held(accepted(
            "accept/sd-cwt-signer-held-by-its-kid",
            "and its key by the first 8 bytes of its SHA-256",
            |r| sign_by(r, &key, bytes(&kid)),
        )),
        held(accepted(
            "accept/sd-cwt-signer-held-and-not-named",
            "iss is required without a certificate; the kid of one says as much",
            |r| {
                sign_by(r, &key, bytes(&kid));
                r.token.claims.remove(&int(1));
            },
        )),
    ]
}
