//! `nzcp`: the NZ COVID pass (technical specification, version 1).

mod contents;
mod symbol;

use super::{Draft, abstains, accepts, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, Sign1, Signature};
use hwagin_training::cwt::{Kid, KidHeader};
use hwagin_training::issuer::{ID_ISSUER, NZCP_KID, id_key, nzcp_key};
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Key, KeyKind, Nzcp, Value};

const UNKNOWN: &str = "issuer.unknown";
const INVALID: &str = "signature.invalid";
const REFUSED: &str = "signature.algorithm_refused";
const MALFORMED: &str = "format.malformed";

pub(super) fn drafts() -> Vec<Draft> {
    [
        accepted(),
        signers(),
        keys(),
        algorithms(),
        signatures(),
        messages(),
        contents::drafts(),
        symbol::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A pass, changed, at a desk that asks for the document alone.
fn pass(draft: Draft, change: impl FnOnce(&mut Nzcp)) -> Draft {
    let mut recipe = Nzcp::new(AT);
    change(&mut recipe);
    let minted = Authority::built_in().mint_nzcp(&recipe);
    draft.document(minted.text, &["family_name", "given_name"])
}

fn sign1(draft: Draft, change: impl FnOnce(&mut Sign1)) -> Draft {
    pass(draft, |n| change(&mut n.cwt.sign1))
}

/// A pass with this key id.
fn with_kid(draft: Draft, protected: Option<Kid>, unprotected: Option<Kid>) -> Draft {
    pass(draft, |n| {
        n.cwt.kid = KidHeader {
            protected,
            unprotected,
        };
    })
}

fn accepted() -> Vec<Draft> {
    let minted = Authority::built_in().mint_nzcp(&Nzcp::new(AT));
    vec![
        pass(accepts("accept/nzcp", "sound"), |_| {}).surplus(1),
        pass(
            accepts("accept/nzcp-captured", "the message without its text form"),
            |_| {},
        )
        .captured(&minted.message),
        with_kid(
            accepts(
                "accept/nzcp-kid-as-text",
                "the specification says text, and what was issued has bytes",
            ),
            Some(Kid::Other(text(NZCP_KID))),
            None,
        ),
        with_kid(
            accepts(
                "accept/nzcp-kid-unprotected",
                "an id only selects among keys of this issuer",
            ),
            None,
            Some(Kid::OfKey),
        ),
        with_kid(
            accepts(
                "accept/nzcp-without-kid",
                "its issuer, which is signed, is enough to find the key",
            ),
            None,
            None,
        ),
        sign1(
            accepts("accept/nzcp-esp256", "RFC 9864: the same, with its curve"),
            |s| s.alg = AlgHeader::Protected(int(-9)),
        ),
        pass(
            accepts("accept/nzcp-two-keys-of-one-id", "all of them are tried"),
            |_| {},
        )
        .keys(vec![
            ("nzcp-1.cose", Some(cose_key(&Key::p256("another nzcp")))),
            ("nzcp.cose", None),
        ]),
    ]
}

fn cose_key(key: &Key) -> Vec<u8> {
    Authority::built_in().public_key(key).cose_key
}

fn signers() -> Vec<Draft> {
    let named = |name, why, issuer: &str| {
        pass(abstains(UNKNOWN, name, why), |n| {
            n.cwt.set(1, text(issuer));
        })
    };
    vec![
        pass(
            abstains(
                UNKNOWN,
                "nzcp/issuer-unknown",
                "another issuer, whose key has the same id",
            ),
            |n| {
                n.cwt.set(1, text("did:web:elsewhere.invalid"));
                n.cwt.key = Key::p256("foreign nzcp");
            },
        ),
        named(
            "nzcp/key-of-another-issuer",
            "the key is right, and it is not this issuer's",
            "did:web:elsewhere.invalid",
        ),
        named(
            "nzcp/issuer-in-another-case",
            "compared exactly",
            "DID:WEB:TRAINING.HWAGIN.INVALID",
        ),
        pass(
            refuses(
                "issuer.key_mismatch",
                "nzcp/issuer-of-claim-169",
                "it is known, and its key is of another kind",
            ),
            |n| n.cwt.set(1, text(ID_ISSUER)),
        ),
        pass(
            abstains(
                UNKNOWN,
                "nzcp/without-issuer",
                "2.1: it has to be there, and it is what finds the key",
            ),
            |n| n.cwt.remove(1),
        ),
        pass(
            abstains(UNKNOWN, "nzcp/issuer-as-bytes", "nobody's name"),
            |n| n.cwt.set(1, bytes(b"did:web:training.hwagin.invalid")),
        ),
        with_kid(
            abstains(UNKNOWN, "nzcp/kid-wrong", "no key of this issuer"),
            Some(Kid::Other(bytes(b"key-2"))),
            None,
        ),
        with_kid(
            abstains(UNKNOWN, "nzcp/kid-empty", "no key of this issuer"),
            Some(Kid::Other(bytes(b""))),
            None,
        ),
        pass(
            refuses(INVALID, "nzcp/signed-by-another", "in this issuer's name"),
            |n| n.cwt.key = Key::p256("foreign nzcp"),
        ),
        pass(
            refuses(
                "issuer.training_only",
                "nzcp/training-at-a-real-desk",
                "the pass names the training authority",
            ),
            |_| {},
        )
        .roots(&[("real.der", &real_root())])
        .production(),
    ]
}

fn real_root() -> Certificate {
    let mut root = Certificate::iaca("real root", "Example IACA");
    root.subject.organisation = Some("Example Authority".to_owned());
    root
}

fn keys() -> Vec<Draft> {
    let held = |draft, file, key: &Key| pass(draft, |_| {}).keys(vec![(file, Some(cose_key(key)))]);
    vec![
        held(
            refuses(
                "issuer.chain_expired",
                "nzcp/key-ended",
                "good until a second ago",
            ),
            "nzcp-until-1799999999.cose",
            &nzcp_key(),
        ),
        held(
            refuses(
                "issuer.chain_expired",
                "nzcp/key-not-yet",
                "good from the next second",
            ),
            "nzcp-from-1800000001.cose",
            &nzcp_key(),
        ),
        held(
            refuses(
                "issuer.chain_expired",
                "nzcp/signed-before-the-key",
                "nbf lies before the key's first day",
            ),
            "nzcp-from-1799913600.cose",
            &nzcp_key(),
        ),
        held(
            accepts("accept/nzcp-key-ends-now", "that second belongs to it"),
            "nzcp-until-1800000000.cose",
            &nzcp_key(),
        ),
        held(
            refuses(
                "issuer.purpose_mismatch",
                "nzcp/key-of-another-document",
                "held for cards, not for passes",
            ),
            "nzcp-cards.cose",
            &nzcp_key(),
        ),
        held(
            refuses(
                "issuer.key_mismatch",
                "nzcp/es256-with-p-384-key",
                "of health certificates alone",
            ),
            "nzcp-p384.cose",
            &Key::new(KeyKind::P384, "nzcp p384"),
        ),
        held(
            refuses(
                "issuer.key_mismatch",
                "nzcp/es256-with-ed25519-key",
                "the key is another kind",
            ),
            "nzcp-ed25519.cose",
            &id_key(),
        ),
    ]
}

fn algorithms() -> Vec<Draft> {
    let by = |name, why, kind: KeyKind| {
        pass(refuses(REFUSED, name, why), |n| {
            n.cwt.key = Key::new(kind, "odd nzcp");
        })
    };
    vec![
        sign1(
            refuses(
                REFUSED,
                "nzcp/alg-unprotected",
                "2.2: it has to be protected",
            ),
            |s| s.alg = AlgHeader::Unprotected,
        ),
        sign1(
            refuses(REFUSED, "nzcp/alg-missing", "no alg anywhere"),
            |s| s.alg = AlgHeader::Missing,
        ),
        sign1(
            refuses(REFUSED, "nzcp/alg-as-text", "a name, not its number"),
            |s| s.alg = AlgHeader::Protected(text("ES256")),
        ),
        by("nzcp/alg-eddsa", "3: ES256 alone", KeyKind::Ed25519),
        by("nzcp/alg-es384", "3: ES256 alone", KeyKind::P384),
        by("nzcp/alg-es512", "3: ES256 alone", KeyKind::P521),
        by("nzcp/alg-ps256", "3: ES256 alone", KeyKind::Rsa),
    ]
}

fn signatures() -> Vec<Draft> {
    let flawed = |name, why, signature: Signature| {
        sign1(refuses(INVALID, name, why), |s| s.signature = signature)
    };
    vec![
        pass(
            refuses(INVALID, "nzcp/altered-name", "not what was signed"),
            |n| {
                n.cwt.hooks.altered = hook(|claims: &mut Value| {
                    let vc = super::entry(claims, "vc");
                    let subject = super::entry(vc, "credentialSubject");
                    *super::entry(subject, "familyName") = text("SPECIMAN");
                });
            },
        ),
        pass(
            refuses(INVALID, "nzcp/altered-end", "not what was signed"),
            |n| {
                n.cwt.hooks.altered = hook(|claims: &mut Value| {
                    let claims = claims.as_map_mut().unwrap();
                    let end = claims.iter_mut().find(|(key, _)| *key == int(4));
                    end.unwrap().1 = int(AT + 1_000_000_000);
                });
            },
        ),
        flawed("nzcp/signature-changed", "one bit", Signature::Flipped),
        flawed("nzcp/signature-in-der-form", "RFC 9053 2.1", Signature::Der),
        flawed(
            "nzcp/signature-of-zeros",
            "r and s are above 0",
            Signature::Replaced(vec![0; 64]),
        ),
        sign1(
            refuses(
                "signature.missing",
                "nzcp/unsigned",
                "room for a signature, and no byte in it",
            ),
            |s| s.signature = Signature::Empty,
        ),
    ]
}

fn messages() -> Vec<Draft> {
    let tags = |name, why, tags: &'static [u64]| {
        sign1(abstains(MALFORMED, name, why), |s| s.tags = tags.to_vec())
    };
    let twice =
        |name, why, change: fn(&mut Nzcp)| pass(refuses("format.duplicate_key", name, why), change);
    vec![
        tags("nzcp/untagged", "3: tag 18 has to be there", &[]),
        tags("nzcp/tag-61", "18 and nothing else", &[61, 18]),
        tags("nzcp/tag-98", "3: COSE_Sign1", &[98]),
        tags("nzcp/tag-998", "a stranger's", &[998, 18]),
        sign1(
            abstains("format.unsupported", "nzcp/critical-header", "not known"),
            |s| s.protected.push((int(2), Value::Array(vec![int(99)]))),
        ),
        twice(
            "nzcp/kid-in-both-headers",
            "of health certificates alone may it stand twice",
            |n| {
                n.cwt.kid = KidHeader {
                    protected: Some(Kid::OfKey),
                    unprotected: Some(Kid::OfKey),
                };
            },
        ),
        twice(
            "nzcp/alg-in-both-headers",
            "of health certificates alone may it stand twice",
            |n| n.cwt.sign1.unprotected.push((int(1), int(-7))),
        ),
    ]
}
