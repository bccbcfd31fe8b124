//! Who signed a health certificate, and for what.

use super::super::{Draft, abstains, accepts, refuses};
use super::{certificate, der, kid, signed_by, vaccination};
use crate::world::AT;
use hwagin_training::cbor::bytes;
use hwagin_training::cwt::Kid;
use hwagin_training::issuer::{HealthUse, health_signer, health_signers, kid_of};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{Authority, DAY, HcertKind, Key, KeyKind, day};

const UNKNOWN: &str = "issuer.unknown";
const MISMATCH: &str = "issuer.purpose_mismatch";
const EXPIRED: &str = "issuer.chain_expired";

pub(super) fn drafts() -> Vec<Draft> {
    [accepted(), strangers(), usages(), times()]
        .into_iter()
        .flatten()
        .collect()
}

/// A signer of these uses, or of all.
fn signer(uses: Option<&[HealthUse]>) -> Certificate {
    health_signer(Key::p256("another health signer"), uses)
}

fn accepted() -> Vec<Draft> {
    let by = |name, why, kind, number: usize| {
        certificate(accepts(name, why), kind, |h| {
            h.sign_by(health_signers()[number].clone());
        })
    };
    let mut variant = signer(None);
    variant.replace(Extension::extended_key_usage(&[
        "1.3.6.1.4.1.0.1847.2021.1.2",
    ]));
    let mut reader = signer(None);
    reader.replace(Extension::extended_key_usage(&[oid::MDOC_READER]));
    vec![
        by(
            "accept/hcert-signer-for-vaccinations",
            "it is one",
            HcertKind::Vaccination,
            2,
        ),
        by(
            "accept/hcert-signer-for-tests",
            "it is one",
            HcertKind::Test,
            1,
        ),
        by(
            "accept/hcert-light-by-signer-for-tests",
            "says nothing of what it is made from",
            HcertKind::Light,
            1,
        ),
        by(
            "accept/hcert-ddcc-tr-by-signer-for-tests",
            "it is one",
            HcertKind::DdccTr,
            1,
        ),
        signed_by(
            accepts(
                "accept/hcert-signer-for-two",
                "a test or a vaccination: this is one",
            ),
            "health-two.der",
            &signer(Some(&[HealthUse::Test, HealthUse::Vaccination])),
            |_| {},
        ),
        signed_by(
            accepts(
                "accept/hcert-signer-of-empty-usage",
                "in use: an empty list leaves all open",
            ),
            "health-empty.der",
            &signer(Some(&[])),
            |_| {},
        ),
        signed_by(
            accepts(
                "accept/hcert-signer-of-the-other-arc",
                "most test certificates write a 0 into the arc",
            ),
            "health-arc.der",
            &variant,
            |_| {},
        ),
        signed_by(
            accepts(
                "accept/hcert-signer-of-other-usages",
                "none of the three: nothing is said of health certificates",
            ),
            "health-other.der",
            &reader,
            |_| {},
        ),
        shared_id(accepts(
            "accept/hcert-signers-of-one-id",
            "eight bytes can meet: all of them are tried",
        )),
    ]
}

/// A vaccination under an id that three signers have, of whom the last signed.
fn shared_id(draft: Draft) -> Draft {
    let id = Kid::Other(bytes(&[0x5a; 8]));
    let of = |label| health_signer(Key::p256(label), None);
    let rsa = health_signer(Key::new(KeyKind::Rsa, "rsa"), None);
    let last = of("third of one id");
    let draft = vaccination(draft, |h| {
        h.sign_by(last.clone());
        kid(Some(id), None)(h);
    });
    draft.keys(vec![
        (
            "health-1-kid-5a5a5a5a5a5a5a5a.der",
            Some(der(&of("first of one id"))),
        ),
        ("health-2-kid-5a5a5a5a5a5a5a5a.der", Some(der(&rsa))),
        ("health-3-kid-5a5a5a5a5a5a5a5a.der", Some(der(&last))),
    ])
}

fn strangers() -> Vec<Draft> {
    let stranger = || health_signer(Key::p256("foreign health signer"), None);
    let known = der(&health_signers()[0]);
    vec![
        vaccination(
            abstains(UNKNOWN, "hcert/signer-unknown", "a signer of somebody else"),
            |h| h.sign_by(stranger()),
        ),
        vaccination(
            refuses(
                "signature.invalid",
                "hcert/signer-under-another-id",
                "a stranger's signature under the id of one that is known",
            ),
            |h| {
                h.sign_by(stranger());
                kid(Some(Kid::Other(bytes(&kid_of(&known)))), None)(h);
            },
        ),
        vaccination(
            abstains(
                UNKNOWN,
                "hcert/training-at-a-real-desk",
                "the format does not say whose it is, so the signer is not known",
            ),
            |_| {},
        )
        .roots(&[("real.der", &real_root())])
        .production(),
        vaccination(
            abstains("desk.bundle_missing", "hcert/no-signers", "nobody is known"),
            |_| {},
        )
        .roots(&[])
        .keys(vec![]),
        vaccination(
            abstains(
                UNKNOWN,
                "hcert/only-roots",
                "a desk with roots of cards and no signers",
            ),
            |_| {},
        )
        .keys(vec![]),
    ]
}

fn real_root() -> Certificate {
    let mut root = Certificate::iaca("real root", "Example IACA");
    root.subject.organisation = Some("Example Authority".to_owned());
    root
}

fn usages() -> Vec<Draft> {
    let by = |name, why, kind, number: usize| {
        certificate(refuses(MISMATCH, name, why), kind, |h| {
            h.sign_by(health_signers()[number].clone());
        })
    };
    let of_cards = der(&health_signers()[0]);
    let mut reader = signer(None);
    reader.replace(Extension::extended_key_usage(&[
        HealthUse::Test.oid(),
        oid::MDOC_READER,
    ]));
    vec![
        by(
            "hcert/vaccination-by-signer-for-tests",
            "it may not",
            HcertKind::Vaccination,
            1,
        ),
        by(
            "hcert/test-by-signer-for-vaccinations",
            "it may not",
            HcertKind::Test,
            2,
        ),
        by(
            "hcert/recovery-by-signer-for-tests",
            "it may not",
            HcertKind::Recovery,
            1,
        ),
        by(
            "hcert/recovery-by-signer-for-vaccinations",
            "it may not",
            HcertKind::Recovery,
            2,
        ),
        by(
            "hcert/ddcc-vs-by-signer-for-tests",
            "it may not",
            HcertKind::DdccVs,
            1,
        ),
        by(
            "hcert/ddcc-tr-by-signer-for-vaccinations",
            "it may not",
            HcertKind::DdccTr,
            2,
        ),
        by(
            "hcert/dvc-by-signer-for-tests",
            "it may not",
            HcertKind::Dvc,
            1,
        ),
        signed_by(
            refuses(
                MISMATCH,
                "hcert/vaccination-by-signer-for-tests-and-more",
                "another purpose beside it opens nothing",
            ),
            "health-reader.der",
            &reader,
            |_| {},
        ),
        vaccination(
            refuses(
                MISMATCH,
                "hcert/signer-of-cards",
                "held for cards, not for health certificates",
            ),
            |_| {},
        )
        .keys(vec![("health-cards.der", Some(of_cards))]),
    ]
}

fn times() -> Vec<Draft> {
    let signed = day(AT) - 10 * DAY;
    let valid = |draft, file, from: Option<i64>, until: Option<i64>| {
        let mut signer = signer(None);
        signer.not_before = from.unwrap_or(signer.not_before);
        signer.not_after = until.unwrap_or(signer.not_after);
        signed_by(draft, file, &signer, |_| {})
    };
    vec![
        valid(
            refuses(EXPIRED, "hcert/signer-expired", "its certificate has ended"),
            "health-old.der",
            None,
            Some(AT - 1),
        ),
        valid(
            accepts("accept/hcert-signer-ends-now", "that second belongs to it"),
            "health-old.der",
            None,
            Some(AT),
        ),
        valid(
            refuses(
                EXPIRED,
                "hcert/signed-before-the-signer",
                "iat: a second before its certificate began",
            ),
            "health-new.der",
            Some(signed + 1),
            None,
        ),
        valid(
            accepts(
                "accept/hcert-signed-when-the-signer-began",
                "iat: the second in which it began",
            ),
            "health-new.der",
            Some(signed),
            None,
        ),
        valid(
            refuses(
                EXPIRED,
                "hcert/signer-not-yet-valid",
                "its certificate begins tomorrow",
            ),
            "health-new.der",
            Some(AT + DAY),
            None,
        ),
        vaccination(
            refuses(
                EXPIRED,
                "hcert/signer-taken-back",
                "its country's list has it until yesterday only",
            ),
            |_| {},
        )
        .keys(vec![(
            "health-until-1799913600.der",
            Some(Authority::built_in().health_signers_der()[0].clone()),
        )]),
    ]
}
