//! Who signed an identity document, and by which key.

use super::super::{Draft, abstains, accepts, refuses};
use super::{INVALID, UNKNOWN, cose_key, identity};
use hwagin_training::cbor::{bytes, text};
use hwagin_training::cwt::{Kid, KidHeader};
use hwagin_training::issuer::{ID_KID, NZCP_ISSUER, id_key, nzcp_key};
use hwagin_training::x509::Certificate;
use hwagin_training::{Key, KeyKind, Value};

const EXPIRED: &str = "issuer.chain_expired";

pub(super) fn drafts() -> Vec<Draft> {
    [key_ids(), signers(), keys()]
        .into_iter()
        .flatten()
        .collect()
}

fn key_ids() -> Vec<Draft> {
    let with = |draft, protected, unprotected| {
        identity(draft, |c| {
            c.cwt.kid = KidHeader {
                protected,
                unprotected,
            };
        })
    };
    let held =
        |draft: Draft| draft.keys(vec![("id-1-kid-69642d31.cose", Some(cose_key(&id_key())))]);
    let other = || Some(Kid::Other(bytes(b"id-2")));
    vec![
        held(with(
            accepts("accept/claim-169-kid", "the key's own"),
            Some(Kid::OfKey),
            None,
        )),
        held(with(
            accepts("accept/claim-169-kid-unprotected", "an id only selects"),
            None,
            Some(Kid::OfKey),
        )),
        held(with(
            accepts("accept/claim-169-kid-as-text", "seen so elsewhere"),
            Some(Kid::Other(text(ID_KID))),
            None,
        )),
        held(with(
            accepts(
                "accept/claim-169-without-kid",
                "the issuer is enough to find its key",
            ),
            None,
            None,
        )),
        with(
            accepts(
                "accept/claim-169-key-without-id",
                "an id does not matter to a key that has none",
            ),
            other(),
            None,
        ),
        held(with(
            abstains(UNKNOWN, "claim-169/kid-wrong", "no key of this issuer"),
            other(),
            None,
        )),
        held(with(
            abstains(
                UNKNOWN,
                "claim-169/kid-unprotected-wrong",
                "no key of this issuer",
            ),
            None,
            other(),
        )),
        with(
            refuses(
                "format.duplicate_key",
                "claim-169/kid-in-both-headers",
                "of health certificates alone may it stand twice",
            ),
            Some(Kid::OfKey),
            Some(Kid::OfKey),
        ),
    ]
}

fn signers() -> Vec<Draft> {
    let named =
        |name, why, issuer: Value| identity(abstains(UNKNOWN, name, why), |c| c.cwt.set(1, issuer));
    vec![
        identity(
            abstains(UNKNOWN, "claim-169/issuer-unknown", "another issuer"),
            |c| {
                c.cwt.set(1, text("https://elsewhere.invalid"));
                c.cwt.key = Key::new(KeyKind::Ed25519, "foreign id authority");
            },
        ),
        named(
            "claim-169/key-of-another-issuer",
            "the key is right, and it is not this issuer's",
            text("https://elsewhere.invalid"),
        ),
        named(
            "claim-169/issuer-with-slash",
            "compared exactly",
            text("https://training.hwagin.invalid/"),
        ),
        named(
            "claim-169/issuer-as-bytes",
            "nobody's name",
            bytes(b"https://training.hwagin.invalid"),
        ),
        identity(
            abstains(
                UNKNOWN,
                "claim-169/without-issuer",
                "nothing says whose it is",
            ),
            |c| c.cwt.remove(1),
        ),
        identity(
            refuses(
                INVALID,
                "claim-169/signed-by-another",
                "in this issuer's name",
            ),
            |c| c.cwt.key = Key::new(KeyKind::Ed25519, "foreign id authority"),
        ),
        identity(
            refuses(
                "issuer.training_only",
                "claim-169/training-at-a-real-desk",
                "it names the training authority",
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
    let held = |draft, file| identity(draft, |_| {}).keys(vec![(file, Some(cose_key(&id_key())))]);
    vec![
        held(
            refuses(EXPIRED, "claim-169/key-ended", "a second ago"),
            "id-until-1799999999.cose",
        ),
        held(
            refuses(EXPIRED, "claim-169/key-not-yet", "from the next second"),
            "id-from-1800000001.cose",
        ),
        held(
            refuses(
                EXPIRED,
                "claim-169/signed-before-the-key",
                "iat lies before the key's first day",
            ),
            "id-from-1799913600.cose",
        ),
        held(
            refuses(
                "issuer.purpose_mismatch",
                "claim-169/key-of-another-document",
                "held for cards",
            ),
            "id-cards.cose",
        ),
        identity(
            refuses(
                "issuer.purpose_mismatch",
                "claim-169/by-the-health-authority",
                "its key is for passes",
            ),
            |c| {
                c.cwt.set(1, text(NZCP_ISSUER));
                c.cwt.key = nzcp_key();
            },
        ),
        identity(
            refuses(
                "issuer.key_mismatch",
                "claim-169/eddsa-with-p-256-key",
                "the key is another kind",
            ),
            |_| {},
        )
        .keys(vec![(
            "id-p256.cose",
            Some(cose_key(&Key::p256("id p256"))),
        )]),
    ]
}
