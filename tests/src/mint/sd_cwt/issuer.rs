//! `issuer`: who signed it, by certificate or by a key that the desk holds.

use super::accept_keys::{KID, card_key};
use super::{accepted, cose_key, refused, sign_by, undecided};
use crate::mint::{Draft, abstains, refuses, token};
use crate::world::{AT, MFC};
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::ChainPlace;
use hwagin_training::issuer::{ID_ISSUER, health_signers, id_key, kid_of};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{Authority, Card, Case, DAY, Key, KeyKind, SdCwt, Value};

const INVALID: &str = "issuer.chain_invalid";
const UNKNOWN: &str = "issuer.unknown";
const EXPIRED: &str = "issuer.chain_expired";
const PURPOSE: &str = "issuer.purpose_mismatch";
const TRAINING: &str = "issuer.training_only";

pub(super) fn drafts() -> Vec<Draft> {
    [roots(), signers(), chains(), keys(), named(), held()]
        .into_iter()
        .flatten()
        .collect()
}

/// A root of an authority that is not for training.
fn real_root() -> Certificate {
    let mut root = Certificate::iaca("real root", "Example IACA");
    root.subject.organisation = Some("Example Authority".to_owned());
    root
}

fn roots() -> Vec<Draft> {
    let of =
        |draft: Draft, case: Case| draft.sd_cwt(Card::Mdl, |r| *r = SdCwt::of(Card::Mdl, case, AT));
    let real = real_root();
    vec![
        of(
            abstains(
                UNKNOWN,
                "issuer/sd-cwt-unknown-root",
                "under a root that this desk does not hold",
            ),
            Case::WrongIssuer,
        ),
        undecided(
            "desk.bundle_missing",
            "issuer/sd-cwt-no-roots",
            "a desk that knows no issuer at all",
            |_| {},
        )
        .roots(&[])
        .keys(Vec::new()),
        refused(
            INVALID,
            "issuer/sd-cwt-namesake-of-the-root",
            "a root of the same name with another key",
            |r| r.root.key = Key::p256("namesake"),
        ),
        refused(
            TRAINING,
            "issuer/sd-cwt-training-at-a-real-desk",
            "play is no proof",
            |_| {},
        )
        .roots(&[("real.der", &real)])
        .production(),
        refused(
            TRAINING,
            "issuer/sd-cwt-training-name-at-a-real-desk",
            "no certificate, and an issuer of the training authority",
            |r| {
                sign_by(r, &card_key(KeyKind::P256), bytes(KID));
            },
        )
        .roots(&[("real.der", &real)])
        .production(),
        refused(
            PURPOSE,
            "issuer/sd-cwt-root-of-another-card",
            "the root is known for the registration card alone",
            |_| {},
        )
        .doc_types(&[MFC]),
    ]
}

fn signers() -> Vec<Draft> {
    let signer = |code, name, why, change: fn(&mut Certificate)| {
        refused(code, name, why, |r| change(&mut r.signer))
    };
    let of = |code, name, why, case: Case| {
        refused(code, name, why, |r| *r = SdCwt::of(Card::Mdl, case, AT))
    };
    vec![
        of(
            "issuer.revoked",
            "issuer/sd-cwt-signer-revoked",
            "its certificate is on the list of its root",
            Case::DsRevoked,
        ),
        of(
            "issuer.country_mismatch",
            "issuer/sd-cwt-signer-of-another-country",
            "root and signer are of one country",
            Case::DsCountry,
        ),
        signer(
            EXPIRED,
            "issuer/sd-cwt-signer-expired",
            "it ended a second ago",
            |s| s.not_after = AT - 1,
        ),
        signer(
            EXPIRED,
            "issuer/sd-cwt-signer-not-yet-valid",
            "it begins in a second",
            |s| s.not_before = AT + 1,
        ),
        signer(
            EXPIRED,
            "issuer/sd-cwt-signer-younger-than-the-card",
            "the card was issued before its signer was valid",
            |s| s.not_before = AT - DAY,
        ),
        signer(
            PURPOSE,
            "issuer/sd-cwt-signer-for-readers",
            "a reader's certificate",
            |s| s.replace(Extension::extended_key_usage(&[oid::MDOC_READER])),
        ),
        signer(
            PURPOSE,
            "issuer/sd-cwt-signer-without-usage",
            "a status list signer, by its certificate",
            |s| s.remove(oid::EXTENDED_KEY_USAGE),
        ),
        signer(
            INVALID,
            "issuer/sd-cwt-signer-is-an-authority",
            "a signer issues nothing",
            |s| s.replace(Extension::basic_constraints(true, Some(0))),
        ),
        refused(
            INVALID,
            "issuer/sd-cwt-intermediate",
            "between root and signer there is nothing",
            |r| {
                r.intermediates
                    .push(Certificate::iaca("between", "Between"));
            },
        ),
    ]
}

/// With this in place of the chain of certificates.
fn chain(draft: Draft, chain: impl FnOnce(Value) -> Value) -> Draft {
    draft.sd_cwt(Card::Mdl, |r| {
        let signer = Authority::built_in().certificate(&r.signer, &r.root);
        r.token.sign1.chain = ChainPlace::Missing;
        let entry = (int(33), chain(bytes(&signer)));
        r.token.sign1.protected.push(entry);
    })
}

fn chains() -> Vec<Draft> {
    let malformed = |name, why| abstains("format.malformed", name, why);
    let root = || bytes(&Authority::built_in().iaca_der());
    vec![
        chain(
            malformed("issuer/sd-cwt-chain-empty", "an array of none"),
            |_| Value::Array(Vec::new()),
        ),
        chain(
            malformed("issuer/sd-cwt-chain-as-text", "a certificate is bytes"),
            |_| text("PEM"),
        ),
        chain(
            malformed("issuer/sd-cwt-chain-of-five", "a path here has one"),
            |leaf| Value::Array(vec![leaf; 5]),
        ),
        chain(
            refuses(INVALID, "issuer/sd-cwt-chain-backwards", "root first"),
            |leaf| Value::Array(vec![root(), leaf]),
        ),
        chain(
            refuses(INVALID, "issuer/sd-cwt-signer-twice", "one too many"),
            |leaf| Value::Array(vec![leaf.clone(), leaf]),
        ),
        chain(
            refuses(INVALID, "issuer/sd-cwt-signer-is-no-certificate", "junk"),
            |_| bytes(b"junk"),
        ),
    ]
}

fn keys() -> Vec<Draft> {
    let key = card_key(KeyKind::P256);
    let by = |draft: Draft, kid: Value, signs: &Key| {
        draft
            .sd_cwt(Card::Mdl, |r| sign_by(r, signs, kid))
            .by_key("issuer-card.cose", &key, KID)
    };
    let another = Key::p256("another issuer");
    vec![
        by(
            abstains(
                UNKNOWN,
                "issuer/sd-cwt-kid-of-nobody",
                "no key of this desk has that id",
            ),
            bytes(b"nobody"),
            &key,
        ),
        by(
            abstains(
                UNKNOWN,
                "issuer/sd-cwt-kid-empty",
                "an id of no byte is not every id",
            ),
            bytes(&[]),
            &key,
        ),
        by(
            abstains(UNKNOWN, "issuer/sd-cwt-kid-cut", "an id is compared whole"),
            bytes(&KID[..4]),
            &key,
        ),
        by(
            accepted(
                "accept/sd-cwt-by-key-kid-as-number",
                "bytes or text; a number selects nothing, and iss does",
                |_| {},
            ),
            int(1),
            &key,
        ),
        by(
            refuses(
                "signature.invalid",
                "issuer/sd-cwt-kid-of-another-issuer",
                "the id selects the key of somebody who did not sign",
            ),
            bytes(KID),
            &another,
        ),
        by(
            refuses(
                "issuer.key_mismatch",
                "issuer/sd-cwt-kid-of-a-key-of-another-kind",
                "an Ed25519 signature, and a P-256 key of that id",
            ),
            bytes(KID),
            &card_key(KeyKind::Ed25519),
        ),
        refused(
            PURPOSE,
            "issuer/sd-cwt-by-the-identity-authority",
            "its key is known for Claim 169 alone",
            |r| {
                sign_by(r, &id_key(), bytes(b"id-1"));
            },
        ),
        refused(
            PURPOSE,
            "issuer/sd-cwt-by-a-health-authority",
            "its key is known for health certificates alone",
            |r| {
                let [signer, ..] = Authority::built_in().health_signers_der();
                let [recipe, ..] = health_signers();
                sign_by(r, &recipe.key, bytes(&kid_of(&signer)));
            },
        ),
    ]
}

/// A key that is bound to the name of its issuer.
fn named() -> Vec<Draft> {
    let key = card_key(KeyKind::P256);
    let by = |draft: Draft, issuer: Option<&'static str>, kid: bool| {
        let signs = key.clone();
        let list = token(|list| list.sign_by(signs.clone(), KID));
        draft
            .sd_cwt(Card::Mdl, |r| {
                sign_by(r, &signs, bytes(KID));
                if !kid {
                    r.token.sign1.protected.pop();
                }
                match issuer {
                    Some(issuer) => r.token.claims.set(int(1), text(issuer)),
                    None => r.token.claims.remove(&int(1)),
                }
            })
            .roots(&[])
            .keys(vec![("issuer-card.cose", Some(cose_key(&key, Some(KID))))])
            .tokens(vec![("own.cwt", list)])
    };
    let unknown = |name, why| abstains(UNKNOWN, name, why);
    vec![
        by(
            accepted(
                "accept/sd-cwt-by-key-of-its-issuer",
                "iss and kid select one key",
                |_| {},
            ),
            Some(ID_ISSUER),
            true,
        ),
        by(
            accepted(
                "accept/sd-cwt-by-key-of-its-issuer-without-kid",
                "iss alone selects the keys of that issuer",
                |_| {},
            ),
            Some(ID_ISSUER),
            false,
        ),
        by(
            unknown(
                "issuer/sd-cwt-of-another-name",
                "signed by a key that is good for another issuer",
            ),
            Some("https://issuer.example"),
            true,
        ),
        by(
            unknown("issuer/sd-cwt-of-a-longer-name", "a name is compared whole"),
            Some("https://training.hwagin.invalid/"),
            true,
        ),
        by(
            unknown(
                "issuer/sd-cwt-of-no-name",
                "the draft: iss is required without a certificate",
            ),
            None,
            true,
        ),
    ]
}

/// A certificate held by itself.
fn held() -> Vec<Draft> {
    let pinned = |name, why, change: fn(&mut Certificate)| {
        let mut recipe = SdCwt::new(Card::Mdl, AT);
        change(&mut recipe.signer);
        let der = Authority::built_in().certificate(&recipe.signer, &recipe.root);
        let kid = kid_of(&der);
        refused(EXPIRED, name, why, |r| {
            let key = r.signer.key.clone();
            sign_by(r, &key, bytes(&kid));
        })
        .roots(&[])
        .keys(vec![("issuer-signer.der", Some(der))])
    };
    let signer = SdCwt::new(Card::Mdl, AT);
    let own = Authority::built_in().certificate(&signer.signer, &signer.root);
    let other = {
        let mut other = signer.signer.clone();
        other.serial = vec![1];
        Authority::built_in().certificate(&other, &signer.root)
    };
    vec![
        undecided(
            UNKNOWN,
            "issuer/sd-cwt-kid-missing",
            "nothing says which key, and the key that is held has an id and no name",
            |r| {
                let key = r.signer.key.clone();
                sign_by(r, &key, bytes(&[]));
                r.token.sign1.protected.pop();
            },
        )
        .roots(&[])
        .keys(vec![("issuer-signer.der", Some(own))]),
        pinned(
            "issuer/sd-cwt-held-key-ended",
            "its certificate ended a second ago",
            |c| c.not_after = AT - 1,
        ),
        pinned(
            "issuer/sd-cwt-held-key-begins-later",
            "its certificate begins in a second",
            |c| c.not_before = AT + 1,
        ),
        pinned(
            "issuer/sd-cwt-held-key-younger-than-the-card",
            "the card was issued before the certificate of its key",
            |c| c.not_before = AT - DAY,
        ),
        undecided(
            UNKNOWN,
            "issuer/sd-cwt-held-signer-of-another-certificate",
            "the same key in another certificate is not the one that is held",
            |_| {},
        )
        .roots(&[])
        .keys(vec![("issuer-signer.der", Some(other))]),
    ]
}
