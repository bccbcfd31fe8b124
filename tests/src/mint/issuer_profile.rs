//! `issuer`: what the certificates of a path say (ISO/IEC 18013-5 annex B).

use super::{Draft, abstains, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, text};
use hwagin_training::recipe::Validity;
use hwagin_training::x509::{Certificate, Crl, Extension, oid, serial};
use hwagin_training::{Authority, Card, Case, DAY, Recipe, day};

const INVALID: &str = "issuer.chain_invalid";
const EXPIRED: &str = "issuer.chain_expired";
const PURPOSE: &str = "issuer.purpose_mismatch";
const COUNTRY: &str = "issuer.country_mismatch";

pub(super) fn drafts() -> Vec<Draft> {
    [profiles(), usages(), times(), places(), revocations()]
        .into_iter()
        .flatten()
        .collect()
}

/// The root of the built-in authority, as described.
fn training_root() -> Certificate {
    Recipe::new(Card::Mdl, AT).root
}

fn signer(draft: Draft, change: impl FnOnce(&mut Certificate)) -> Draft {
    draft.licence(|r| change(&mut r.signer))
}

fn profiles() -> Vec<Draft> {
    let bad = |name, why| refuses(INVALID, name, why);
    let junk = || Extension::new("1.3.6.1.4.1.99999.1", true, vec![5, 0]);
    vec![
        signer(
            bad("issuer/signer-is-an-authority", "basic constraints CA:TRUE"),
            |c| {
                c.extensions
                    .push(Extension::basic_constraints(true, Some(0)));
            },
        ),
        signer(
            bad("issuer/signer-may-issue", "key usage keyCertSign besides"),
            |c| {
                c.replace(Extension::key_usage(&[0, 5]));
            },
        ),
        signer(
            bad("issuer/signer-may-not-sign", "key usage keyAgreement"),
            |c| {
                c.replace(Extension::key_usage(&[4]));
            },
        ),
        signer(
            bad(
                "issuer/signer-without-key-usage",
                "table B.3: key usage is required",
            ),
            |c| {
                c.remove(oid::KEY_USAGE);
            },
        ),
        signer(
            bad("issuer/signer-with-unknown-critical", "RFC 5280 4.2"),
            |c| {
                c.extensions.push(junk());
            },
        ),
        signer(
            bad("issuer/signer-with-extension-twice", "RFC 5280 4.2: once"),
            |c| {
                c.extensions.push(Extension::key_usage(&[0]));
            },
        ),
    ]
}

fn usages() -> Vec<Draft> {
    let usage = |name, why, purposes: &[&str]| {
        let extension = Extension::extended_key_usage(purposes);
        signer(refuses(PURPOSE, name, why), |c| c.replace(extension))
    };
    vec![
        usage(
            "issuer/reader-as-signer",
            "a reader's certificate",
            &[oid::MDOC_READER],
        ),
        usage(
            "issuer/web-server-as-signer",
            "serverAuth",
            &["1.3.6.1.5.5.7.3.1"],
        ),
        usage(
            "issuer/any-usage",
            "anyExtendedKeyUsage is not this one",
            &["2.5.29.37.0"],
        ),
        usage("issuer/empty-usage", "an empty list of usages", &[]),
        usage(
            "issuer/status-signer-as-signer",
            "signs lists",
            &["1.3.6.1.5.5.7.3.30"],
        ),
        signer(
            refuses(
                PURPOSE,
                "issuer/no-usage",
                "table B.3: the usage is required",
            ),
            |c| {
                c.remove(oid::EXTENDED_KEY_USAGE);
            },
        ),
        refuses(
            PURPOSE,
            "issuer/root-of-another-type",
            "not for driving licences",
        )
        .licence(|_| {})
        .doc_types(&["hwagin.provisional.kr.mfc.1"]),
        refuses(PURPOSE, "issuer/type-in-another-case", "mdl is not mDL").licence(|r| {
            r.doc_type = "org.iso.18013.5.1.mdl".to_owned();
            r.mso.doc_type.clone_from(&r.doc_type);
        }),
        refuses(
            PURPOSE,
            "issuer/type-of-nobody",
            "a document type that no root is for",
        )
        .licence(|r| {
            r.doc_type = "org.iso.23220.photoid.1".to_owned();
            r.mso.doc_type.clone_from(&r.doc_type);
        }),
    ]
}

fn times() -> Vec<Draft> {
    let root = |name, why, change: fn(&mut Certificate)| {
        let mut root = training_root();
        change(&mut root);
        refuses(EXPIRED, name, why)
            .licence(|r| r.root = root.clone())
            .roots(&[("own.der", &root)])
    };
    vec![
        signer(
            refuses(
                EXPIRED,
                "issuer/signer-expired",
                "it was valid when it signed",
            ),
            |c| {
                c.not_after = AT - 1;
            },
        ),
        signer(
            refuses(
                EXPIRED,
                "issuer/signer-not-yet-valid",
                "valid from tomorrow",
            ),
            |c| {
                c.not_before = AT + DAY;
            },
        ),
        signer(
            refuses(
                EXPIRED,
                "issuer/signed-before-the-signer",
                "9.3.1: signed lies inside the signer's validity",
            ),
            |c| c.not_before = AT - DAY,
        ),
        refuses(
            EXPIRED,
            "issuer/signed-in-the-future",
            "after the signer's end",
        )
        .licence(|r| {
            r.mso.validity = Some(Validity {
                signed: day(AT) + 3_000 * DAY,
                from: day(AT) - DAY,
                until: day(AT) + 3_001 * DAY,
            });
        }),
        root(
            "issuer/root-expired",
            "a living signer under a dead root",
            |root| {
                root.not_after = AT - 1;
            },
        ),
        root(
            "issuer/root-not-yet-valid",
            "the root begins tomorrow",
            |root| {
                root.not_before = AT + DAY;
            },
        ),
    ]
}

fn places() -> Vec<Draft> {
    let mut state_root = training_root();
    state_root.subject.state = Some("Alpha".to_owned());
    let under = |name, why, state: Option<&str>| {
        refuses(COUNTRY, name, why)
            .licence(|r| {
                r.root = state_root.clone();
                r.signer.subject.state = state.map(str::to_owned);
            })
            .roots(&[("own.der", &state_root)])
    };
    vec![
        refuses(
            COUNTRY,
            "issuer/signer-of-another-country",
            "C of root and signer differ",
        )
        .licence(|r| r.signer.subject.country = "ZY".to_owned()),
        under(
            "issuer/signer-of-another-state",
            "ST of root and signer differ",
            Some("Beta"),
        ),
        under("issuer/signer-of-no-state", "the root has a state", None),
        refuses(
            COUNTRY,
            "issuer/card-of-another-country",
            "issuing_country is not the signer's",
        )
        .licence(|r| r.item("issuing_country").unwrap().value = text("ZY")),
        refuses(
            COUNTRY,
            "issuer/card-of-a-country-as-bytes",
            "issuing_country is no text",
        )
        .licence(|r| r.item("issuing_country").unwrap().value = bytes(b"ZZ")),
        refuses(
            COUNTRY,
            "issuer/card-of-another-state",
            "issuing_jurisdiction differs",
        )
        .licence(|r| {
            r.root = state_root.clone();
            r.signer.subject.state = Some("Alpha".to_owned());
            let state = text("Beta");
            let item = ("org.iso.18013.5.1", "issuing_jurisdiction", state);
            r.items
                .push(hwagin_training::Item::new(item.0, item.1, item.2));
        })
        .roots(&[("own.der", &state_root)]),
    ]
}

fn revocations() -> Vec<Draft> {
    let crl = |revoked: &[&[u8]], made: i64, due: i64| {
        let mut crl = Crl::new(training_root(), revoked, made);
        crl.next_update = due;
        Authority::built_in().crl(&crl)
    };
    let own = serial("document signer");
    vec![
        refuses(
            "issuer.revoked",
            "issuer/signer-revoked",
            "on its root's list",
        )
        .licence(|r| {
            *r = Recipe::of(Card::Mdl, Case::DsRevoked, AT);
        }),
        refuses(
            "issuer.revoked",
            "issuer/signer-revoked-on-an-old-list",
            "it stays revoked",
        )
        .licence(|_| {})
        .crl(crl(&[&own], AT - 90 * DAY, AT - 30 * DAY)),
        abstains(
            "issuer.crl_stale",
            "issuer/revocation-list-too-old",
            "the next one was due yesterday",
        )
        .licence(|_| {})
        .crl(crl(&[], AT - 60 * DAY, AT - DAY)),
    ]
}
