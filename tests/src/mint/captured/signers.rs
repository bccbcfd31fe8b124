//! Who signed: certificates, and keys that a desk holds in their place.

use super::{NONCE, accepted, redirect};
use crate::mint::{Draft, abstains, accepts, hook, refuses, token};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::ChainPlace;
use hwagin_training::issuer::{health_signers, kid_of};
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Card, Case, Key, Recipe, Value};

const UNKNOWN: &str = "issuer.unknown";

pub(super) fn drafts() -> Vec<Draft> {
    [by_certificate(), by_kid(), strangers(), ended()]
        .into_iter()
        .flatten()
        .collect()
}

/// The certificate of the signer, changed.
fn signer(change: impl FnOnce(&mut Certificate)) -> Vec<u8> {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    change(&mut recipe.signer);
    Authority::built_in().certificate(&recipe.signer, &recipe.root)
}

/// At a desk that holds this certificate of a signer, and no root; it has the status list that the
/// same signer's key signed.
fn held(draft: Draft, der: Vec<u8>) -> Draft {
    let key = Recipe::new(Card::Mdl, AT).signer.key;
    let list = token(|list| list.sign_by(key, &kid_of(&der)));
    draft
        .roots(&[])
        .keys(vec![("issuer-signer.der", Some(der))])
        .tokens(vec![("own.cwt", list)])
}

/// With this key id in the unprotected header, and no certificate.
fn kid(kid: Value) -> impl FnOnce(&mut Recipe) {
    |r| {
        r.issuer_auth.chain = ChainPlace::Missing;
        r.issuer_auth.unprotected.push((int(4), kid));
    }
}

fn by_certificate() -> Vec<Draft> {
    vec![
        accepted(
            "accept/captured-chain-with-root",
            "not needed, and sent by some",
            |r| {
                r.hooks.issuer_auth = hook(|sign1: &mut Value| {
                    let header = sign1.as_array_mut().unwrap()[1].as_map_mut().unwrap();
                    let root = bytes(&Authority::built_in().iaca_der());
                    header[0].1 = Value::Array(vec![header[0].1.clone(), root]);
                });
            },
        ),
        accepted(
            "accept/captured-chain-protected",
            "second edition: allowed there too",
            |r| r.issuer_auth.chain = ChainPlace::Protected,
        ),
        held(
            accepted(
                "accept/captured-signer-held-by-itself",
                "the desk trusts this very certificate, and no root",
                |_| {},
            ),
            signer(|_| {}),
        ),
        held(
            accepts("accept/signer-held-by-itself", "the same, shown to a desk").licence(|_| {}),
            signer(|_| {}),
        ),
    ]
}

fn by_kid() -> Vec<Draft> {
    let der = signer(|_| {});
    let id = kid_of(&der);
    vec![
        held(
            accepted(
                "accept/captured-kid-in-place-of-chain",
                "an unprotected kid selects a key that the desk holds, and says nothing else",
                kid(bytes(&id)),
            ),
            der.clone(),
        ),
        held(
            accepted(
                "accept/captured-kid-protected",
                "the same, where it is signed",
                |r| {
                    r.issuer_auth.chain = ChainPlace::Missing;
                    r.issuer_auth.protected.push((int(4), bytes(&id)));
                },
            ),
            der.clone(),
        ),
        held(
            accepts("accept/kid-in-place-of-chain", "the same, shown to a desk")
                .licence(kid(bytes(&id))),
            der.clone(),
        ),
        held(
            accepted(
                "accept/captured-chain-and-kid-of-nobody",
                "where there is a certificate a kid says nothing",
                |r| r.issuer_auth.unprotected.push((int(4), bytes(b"nobody"))),
            ),
            der,
        ),
    ]
}

fn strangers() -> Vec<Draft> {
    let der = signer(|_| {});
    let id = kid_of(&der);
    let by = |draft: Draft, change: Box<dyn FnOnce(&mut Recipe)>| {
        held(draft.in_session(&redirect(NONCE), change), der.clone())
    };
    let unknown = |name, why| abstains(UNKNOWN, name, why);
    let [health, ..] = health_signers();
    let [health_der, ..] = Authority::built_in().health_signers_der();
    vec![
        by(
            unknown("issuer/captured-kid-of-nobody", "no key has that id"),
            Box::new(kid(bytes(b"nobody"))),
        ),
        by(
            unknown("issuer/captured-kid-cut", "an id is compared whole"),
            Box::new(kid(bytes(&id[..7]))),
        ),
        by(
            unknown("issuer/captured-no-chain-and-no-kid", "who signed?"),
            Box::new(|r| r.issuer_auth.chain = ChainPlace::Missing),
        ),
        by(
            unknown("issuer/captured-kid-as-number", "bytes or text"),
            Box::new(kid(int(1))),
        ),
        by(
            unknown("issuer/captured-kid-of-another-text", "no key has it"),
            Box::new(kid(text("signer"))),
        ),
        by(
            refuses(
                "signature.invalid",
                "issuer/captured-kid-of-another-issuer",
                "the id selects the key of somebody who did not sign",
            ),
            Box::new(move |r| {
                kid(bytes(&id))(r);
                r.issuer_key = Some(Key::p256("somebody else"));
            }),
        ),
        refuses(
            "issuer.purpose_mismatch",
            "issuer/captured-kid-of-a-health-authority",
            "its key is known for health certificates alone",
        )
        .in_session(&redirect(NONCE), |r| {
            kid(bytes(&kid_of(&health_der)))(r);
            r.issuer_key = Some(health.key.clone());
        }),
        by(
            unknown(
                "issuer/captured-signer-of-the-same-key",
                "the key of the signer that is held, in another certificate",
            ),
            Box::new(|r| r.signer.serial = vec![1]),
        ),
        accepts_nothing_of_a_revoked_one(),
    ]
}

/// A desk that holds the certificate and its root, whose revocation list names it.
fn accepts_nothing_of_a_revoked_one() -> Draft {
    let recipe = Recipe::of(Card::Mdl, Case::DsRevoked, AT);
    let der = Authority::built_in().certificate(&recipe.signer, &recipe.root);
    refuses(
        "issuer.revoked",
        "issuer/captured-held-signer-revoked",
        "held by itself, and revoked by the root that the desk holds as well",
    )
    .in_session(&redirect(NONCE), |r| r.signer = recipe.signer)
    .keys(vec![("issuer-signer.der", Some(der))])
}

fn ended() -> Vec<Draft> {
    let by_time = |name, why, change: fn(&mut Certificate)| {
        let der = signer(change);
        let draft = refuses("issuer.chain_expired", name, why)
            .in_session(&redirect(NONCE), |r| change(&mut r.signer));
        held(draft, der)
    };
    vec![
        by_time("issuer/captured-held-signer-ended", "a second ago", |c| {
            c.not_after = AT - 1
        }),
        by_time(
            "issuer/captured-held-signer-begins-later",
            "in a second",
            |c| c.not_before = AT + 1,
        ),
        by_time(
            "issuer/captured-held-signer-younger-than-the-card",
            "the card was signed before",
            |c| c.not_before = AT - 60,
        ),
    ]
}
