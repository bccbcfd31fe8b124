//! Accepted: every algorithm, chain and list that a desk reads.

use super::{Draft, accepts, hook, token};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, ChainPlace};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{
    Authority, Card, Key, KeyKind, ListPacking, Recipe, STATUS_URI, StatusList, Value, status_index,
};

pub(super) fn drafts() -> Vec<Draft> {
    [algorithms(), chains(), lists()]
        .into_iter()
        .flatten()
        .collect()
}

fn licence(name: &'static str, why: &'static str, change: impl FnOnce(&mut Recipe)) -> Draft {
    accepts(name, why).licence(change)
}

fn algorithms() -> Vec<Draft> {
    let issuer = |name, why, kind: KeyKind, number: i64| {
        licence(name, why, |r| {
            r.signer.key = Key::new(kind, "odd signer");
            r.issuer_auth.alg = AlgHeader::Protected(int(number));
        })
    };
    let holder = |name, why, kind: KeyKind| {
        licence(name, why, |r| r.holder.key = Key::new(kind, "odd phone"))
    };
    let root = |name, why, kind: KeyKind| {
        let mut root = Recipe::new(Card::Mdl, AT).root;
        root.key = Key::new(kind, "odd root");
        let list = token(|list: &mut StatusList| list.root = root.clone());
        licence(name, why, |r| r.root = root.clone())
            .roots(&[("own.der", &root)])
            .tokens(vec![("own.cwt", list)])
    };
    let digests = |name, named: &str| {
        licence(name, "9.1.2.5", |r| {
            r.mso.digest_algorithm = named.to_owned()
        })
    };
    vec![
        issuer("accept/issuer-es384", "P-384", KeyKind::P384, -35),
        issuer("accept/issuer-es512", "P-521", KeyKind::P521, -36),
        issuer("accept/issuer-eddsa", "Ed25519", KeyKind::Ed25519, -8),
        issuer(
            "accept/issuer-esp256",
            "RFC 9864: the same as ES256",
            KeyKind::P256,
            -9,
        ),
        issuer(
            "accept/issuer-esp384",
            "RFC 9864: the same as ES384",
            KeyKind::P384,
            -51,
        ),
        issuer(
            "accept/issuer-esp512",
            "RFC 9864: the same as ES512",
            KeyKind::P521,
            -52,
        ),
        issuer(
            "accept/issuer-ed25519",
            "RFC 9864: the same as EdDSA",
            KeyKind::Ed25519,
            -19,
        ),
        holder("accept/holder-es384", "P-384", KeyKind::P384),
        holder("accept/holder-es512", "P-521", KeyKind::P521),
        holder("accept/holder-eddsa", "Ed25519", KeyKind::Ed25519),
        root(
            "accept/root-p384",
            "a root of P-384 over signers of P-256",
            KeyKind::P384,
        ),
        root(
            "accept/root-p521",
            "a root of P-521 over signers of P-256",
            KeyKind::P521,
        ),
        root(
            "accept/root-ed25519",
            "a root of Ed25519 over signers of P-256",
            KeyKind::Ed25519,
        ),
        digests("accept/digests-sha-384", "SHA-384"),
        digests("accept/digests-sha-512", "SHA-512"),
    ]
}

fn chains() -> Vec<Draft> {
    let header = |name, why, write: fn(Value) -> Value| {
        licence(name, why, |r| {
            r.hooks.issuer_auth = hook(move |sign1: &mut Value| {
                let header = sign1.as_array_mut().unwrap()[1].as_map_mut().unwrap();
                header[0].1 = write(header[0].1.clone());
            });
        })
    };
    let mut namesake = Recipe::new(Card::Mdl, AT).root;
    namesake.key = Key::p256("root of next year");
    let mut state = Recipe::new(Card::Mdl, AT).root;
    state.subject.state = Some("Alpha".to_owned());
    let state_list = token(|list| {
        list.root = state.clone();
        list.signer.subject.state = Some("Alpha".to_owned());
    });
    vec![
        licence(
            "accept/chain-protected",
            "second edition: allowed there too",
            |r| {
                r.issuer_auth.chain = ChainPlace::Protected;
            },
        ),
        licence("accept/chain-as-array", "RFC 9360: an array of one", |r| {
            r.issuer_auth.chain_as_array = true;
        }),
        header(
            "accept/chain-with-root",
            "not needed, and sent by some",
            |leaf| Value::Array(vec![leaf, bytes(&Authority::built_in().iaca_der())]),
        ),
        licence(
            "accept/unknown-header",
            "an unknown header that is not critical",
            |r| {
                r.issuer_auth.protected.push((int(99), text("x")));
                r.issuer_auth.unprotected.push((int(4), bytes(b"kid")));
            },
        ),
        licence(
            "accept/two-roots-of-one-name",
            "a root rolled over under its name",
            |_| {},
        )
        .roots(&[("next.der", &namesake), ("iaca.der", &namesake)]),
        licence(
            "accept/signer-of-the-root-s-state",
            "ST of both is equal",
            |r| {
                r.root = state.clone();
                r.signer.subject.state = Some("Alpha".to_owned());
            },
        )
        .roots(&[("own.der", &state)])
        .tokens(vec![("own.cwt", state_list)]),
        licence(
            "accept/signer-of-any-document-type",
            "EKU of ISO/IEC 23220-4",
            |r| {
                r.signer
                    .replace(Extension::extended_key_usage(&["1.0.23220.4.1.2"]));
            },
        ),
        licence(
            "accept/signer-of-two-usages",
            "one of them is the right one",
            |r| {
                let usages = [oid::MDOC_READER, oid::MDL_DOCUMENT_SIGNER];
                r.signer.replace(Extension::extended_key_usage(&usages));
            },
        ),
    ]
}

fn lists() -> Vec<Draft> {
    let listed = |name, why, change: fn(&mut StatusList)| licence(name, why, |_| {}).list(change);
    vec![
        listed("accept/list-of-one-bit", "value 0", |list| {
            list.bits = 1;
            list.values.clear();
        }),
        listed(
            "accept/list-of-four-bits",
            "value 0 beside others",
            |list| list.bits = 4,
        ),
        listed(
            "accept/list-of-eight-bits",
            "value 0 beside others",
            |list| {
                list.bits = 8;
                list.values.push((status_index(Card::Mdl) + 5, 255));
            },
        ),
        listed(
            "accept/list-without-time-to-live",
            "ttl is recommended only",
            |list| {
                list.ttl = None;
            },
        ),
        listed(
            "accept/list-with-typ-in-short",
            "RFC 9596: application/ may be left out",
            |list| {
                list.sign1.protected = vec![(int(16), text("statuslist+cwt"))];
            },
        ),
        listed(
            "accept/list-by-the-document-signer",
            "the issuer's own signer",
            |list| {
                list.signer = Certificate::document_signer("document signer", AT);
            },
        ),
        listed(
            "accept/list-by-a-delegate",
            "with the usage for it",
            |list| {
                list.signer
                    .replace(Extension::extended_key_usage(&["1.3.6.1.5.5.7.3.30"]));
            },
        ),
        licence(
            "accept/list-from-its-address",
            "the carrier knows it",
            |_| {},
        )
        .fetched_from(STATUS_URI),
        licence(
            "accept/bad-list-after-a-good-one",
            "the good one stays",
            |_| {},
        )
        .tokens(vec![
            ("status.cwt", Vec::new()),
            ("bad.cwt", token(|list| list.packing = ListPacking::Raw)),
        ])
        .fetched_from(STATUS_URI),
    ]
}
