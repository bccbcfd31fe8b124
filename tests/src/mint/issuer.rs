//! `issuer`: the path from the signer to a root (ISO/IEC 18013-5 9.3.3 and annex B).

use super::{Draft, abstains, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, text};
use hwagin_training::cose::ChainPlace;
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Key, Value};

const INVALID: &str = "issuer.chain_invalid";
const UNKNOWN: &str = "issuer.unknown";

pub(super) fn drafts() -> Vec<Draft> {
    [strangers(), chains()].into_iter().flatten().collect()
}

/// A root of an authority that is not for training.
fn real_root() -> Certificate {
    let mut root = Certificate::iaca("real root", "Example IACA");
    root.subject.organisation = Some("Example Authority".to_owned());
    root
}

fn strangers() -> Vec<Draft> {
    let foreign = || Certificate::iaca("foreign root", "Somebody Else IACA");
    vec![
        abstains(
            "desk.bundle_missing",
            "issuer/no-roots",
            "a desk that knows no issuer at all",
        )
        .licence(|_| {})
        .roots(&[])
        .keys(vec![]),
        abstains(
            UNKNOWN,
            "issuer/unknown-root",
            "under a root that this desk does not hold",
        )
        .licence(|r| r.root = foreign()),
        abstains(
            UNKNOWN,
            "issuer/unknown-root-of-a-real-desk",
            "and no training root either",
        )
        .licence(|r| {
            r.root = foreign();
            r.root.subject.organisation = None;
        })
        .roots(&[("real.der", &real_root())])
        .production(),
        abstains(UNKNOWN, "issuer/no-chain", "who signed?")
            .licence(|r| r.issuer_auth.chain = ChainPlace::Missing),
        abstains(
            UNKNOWN,
            "issuer/kid-in-place-of-chain",
            "a kid is no certificate",
        )
        .licence(|r| {
            r.issuer_auth.chain = ChainPlace::Missing;
            r.issuer_auth
                .unprotected
                .push((hwagin_training::cbor::int(4), bytes(b"12")));
        }),
        refuses(
            "issuer.training_only",
            "issuer/training-at-a-real-desk",
            "play is no proof",
        )
        .licence(|_| {})
        .roots(&[("real.der", &real_root())])
        .production(),
        refuses(
            INVALID,
            "issuer/namesake-of-the-root",
            "a root of the same name with another key has issued the signer",
        )
        .licence(|r| r.root.key = Key::p256("namesake")),
    ]
}

/// The x5chain header, written as told from the signer's and the root's certificate.
fn chain(draft: Draft, write: fn(leaf: Value, root: Value) -> Value) -> Draft {
    draft.licence(|r| {
        r.hooks.issuer_auth = hook(move |sign1: &mut Value| {
            let header = sign1.as_array_mut().unwrap()[1].as_map_mut().unwrap();
            let root = bytes(&Authority::built_in().iaca_der());
            header[0].1 = write(header[0].1.clone(), root);
        });
    })
}

fn chains() -> Vec<Draft> {
    let malformed = |name, why| abstains("format.malformed", name, why);
    vec![
        chain(
            malformed("issuer/chain-empty", "an array of no certificate"),
            |_, _| Value::Array(Vec::new()),
        ),
        chain(
            malformed("issuer/chain-of-nine", "a path here has one"),
            |leaf, _| Value::Array(vec![leaf; 9]),
        ),
        chain(
            malformed("issuer/chain-as-text", "a certificate is bytes"),
            |_, _| text("PEM"),
        ),
        chain(
            malformed("issuer/chain-of-texts", "a certificate is bytes"),
            |_, _| Value::Array(vec![text("PEM")]),
        ),
        chain(
            refuses(INVALID, "issuer/chain-backwards", "root first"),
            |leaf, root| Value::Array(vec![root, leaf]),
        ),
        chain(
            refuses(INVALID, "issuer/signer-twice", "one certificate twice"),
            |leaf, _| Value::Array(vec![leaf.clone(), leaf]),
        ),
        chain(
            refuses(
                INVALID,
                "issuer/root-as-signer",
                "the root signs no document",
            ),
            |_, root| root,
        ),
        chain(
            refuses(INVALID, "issuer/signer-is-no-certificate", "junk"),
            |_, _| bytes(b"junk"),
        ),
        chain(
            refuses(INVALID, "issuer/signer-empty", "no byte"),
            |_, _| bytes(b""),
        ),
        chain(
            refuses(INVALID, "issuer/signer-followed-by-a-byte", "DER ends"),
            |leaf, _| bytes(&[leaf.as_bytes().unwrap().as_slice(), &[0]].concat()),
        ),
        chain(
            refuses(INVALID, "issuer/signer-cut", "DER is not cut"),
            |leaf, _| {
                let leaf = leaf.as_bytes().unwrap();
                bytes(&leaf[..leaf.len() - 9])
            },
        ),
        chain(
            refuses(
                INVALID,
                "issuer/signer-changed",
                "a certificate that its root did not sign",
            ),
            |leaf, _| {
                let mut leaf = leaf.into_bytes().unwrap();
                let at = leaf.windows(2).position(|window| window == b"DS").unwrap();
                leaf[at] = b'X';
                bytes(&leaf)
            },
        ),
        refuses(
            INVALID,
            "issuer/intermediate",
            "between root and signer there is nothing",
        )
        .licence(|r| {
            r.intermediates
                .push(Certificate::iaca("between", "Between"))
        }),
        refuses(
            INVALID,
            "issuer/signer-as-authority",
            "a document signer that issues another",
        )
        .licence(|r| {
            r.intermediates
                .push(Certificate::document_signer("a signer", AT));
        }),
    ]
}
