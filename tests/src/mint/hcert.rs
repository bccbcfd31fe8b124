//! `hcert`: health certificates (hcert specification 1.0.8, WHO SMART Trust, the Swiss light one).

mod contents;
mod headers;
mod signers;
mod symbol;
mod times;

use super::{Draft, accepts};
use crate::world::AT;
use hwagin_training::cbor::{bytes, text};
use hwagin_training::cwt::{Kid, KidHeader};
use hwagin_training::issuer::{health_root, health_signer, health_signers};
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Hcert, HcertKind, Key, KeyKind, Value};

pub(super) fn drafts() -> Vec<Draft> {
    [
        kinds(),
        containers(),
        contents::drafts(),
        headers::drafts(),
        signers::drafts(),
        symbol::drafts(),
        times::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A certificate of this kind, changed, at a desk that asks for the document alone.
fn certificate(draft: Draft, kind: HcertKind, change: impl FnOnce(&mut Hcert)) -> Draft {
    let mut recipe = Hcert::new(kind, AT);
    change(&mut recipe);
    let shows: &[&str] = match kind {
        HcertKind::DdccVs | HcertKind::DdccTr | HcertKind::Dvc => &["full_name"],
        _ => &["family_name", "given_name"],
    };
    let minted = Authority::built_in().mint_hcert(&recipe);
    draft.document(minted.text, shows)
}

/// The same of a vaccination, which most flaws are shown of.
fn vaccination(draft: Draft, change: impl FnOnce(&mut Hcert)) -> Draft {
    certificate(draft, HcertKind::Vaccination, change)
}

/// A vaccination by a signer of its own, which the desk holds in this file.
fn signed_by(
    draft: Draft,
    file: &'static str,
    signer: &Certificate,
    change: impl FnOnce(&mut Hcert),
) -> Draft {
    let draft = vaccination(draft, |h| {
        h.sign_by(signer.clone());
        change(h);
    });
    draft.keys(vec![(file, Some(der(signer)))])
}

fn der(signer: &Certificate) -> Vec<u8> {
    Authority::built_in().certificate(signer, &health_root())
}

/// Has the key id where `place` says.
fn kid(protected: Option<Kid>, unprotected: Option<Kid>) -> impl FnOnce(&mut Hcert) {
    move |h| {
        h.cwt.kid = KidHeader {
            protected,
            unprotected,
        }
    }
}

/// The id of no signer.
fn nobody() -> Kid {
    Kid::Other(bytes(&[0xa5; 8]))
}

fn kinds() -> Vec<Draft> {
    let kind = |name, why, kind| certificate(accepts(name, why), kind, |_| {});
    vec![
        kind("accept/hcert-vaccination", "sound", HcertKind::Vaccination).surplus(14),
        kind("accept/hcert-test", "sound", HcertKind::Test),
        kind("accept/hcert-recovery", "sound", HcertKind::Recovery),
        kind("accept/hcert-light", "LT1, sound", HcertKind::Light).surplus(4),
        kind("accept/hcert-ddcc-vs", "WHO, sound", HcertKind::DdccVs),
        kind("accept/hcert-ddcc-tr", "WHO, sound", HcertKind::DdccTr),
        kind("accept/hcert-dvc", "WHO, sound", HcertKind::Dvc),
        vaccination(
            accepts("accept/hcert-other-kinds-null", "written by some issuers"),
            |h| {
                let entries = h.certificate().unwrap().as_map_mut().unwrap();
                entries.push((text("t"), Value::Null));
                entries.push((text("r"), Value::Null));
            },
        ),
        vaccination(
            accepts("accept/hcert-at-its-purpose", "a vaccination is asked for"),
            |_| {},
        )
        .purpose("vaccination"),
    ]
}

/// What may stand around a certificate, and how its signer may sign.
fn containers() -> Vec<Draft> {
    let tags = |name, why, tags: &[u64]| {
        vaccination(accepts(name, why), |h| h.cwt.sign1.tags = tags.to_vec())
    };
    let rsa = |draft| {
        vaccination(draft, |h| {
            let [_, _, _, rsa] = health_signers();
            h.sign_by(rsa);
        })
    };
    let p384 = health_signer(Key::new(KeyKind::P384Sha256, "health signer p384"), None);
    let minted = Authority::built_in().mint_hcert(&Hcert::new(HcertKind::Vaccination, AT));
    vec![
        tags(
            "accept/hcert-untagged",
            "four published tests have no tag",
            &[],
        ),
        tags(
            "accept/hcert-tag-61",
            "61 around 18, as CWT writes",
            &[61, 18],
        ),
        rsa(accepts("accept/hcert-ps256", "the second algorithm")),
        signed_by(
            accepts(
                "accept/hcert-es256-by-p-384",
                "as a member state signed: of health certificates alone",
            ),
            "health-p384.der",
            &p384,
            |_| {},
        ),
        vaccination(
            accepts("accept/hcert-captured", "the message without its text form"),
            |_| {},
        )
        .captured(&minted.message),
    ]
}
