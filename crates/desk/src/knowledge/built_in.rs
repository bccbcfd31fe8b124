//! The knowledge that comes with the program: cards, purposes, and the training authority.

use hwagin_training::documents::{HashType, RevocationBatch};
use hwagin_training::{Authority, Card};
use hwagin_verifier::holder::ProofId;
use hwagin_verifier::{At, Replays, Statuses, Trust, UnixTime};

use super::problem::Problem;
use super::roots::Roots;
use super::toml_file::Source;
use super::{anchors_file, health_file};

/// A file of the program itself.
pub(super) struct Embedded {
    pub(super) name: &'static str,
    pub(super) bytes: &'static [u8],
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        [$(Embedded {
            name: $name,
            bytes: include_bytes!(concat!("../../../../", $name)),
        }),+]
    };
}

/// In the order in which a picker shows them.
pub(super) const CARDS: [Embedded; 27] = embedded![
    "cards/mfc.toml",
    "cards/mpr.toml",
    "cards/mor.toml",
    "cards/mep.toml",
    "cards/mrc.toml",
    "cards/kdl.toml",
    "cards/mcs.toml",
    "cards/mnh.toml",
    "cards/mdc.toml",
    "cards/mdl.toml",
    "cards/photo-id.toml",
    "cards/photo-id-upper.toml",
    "cards/eu-pid.toml",
    "cards/eu-age.toml",
    "cards/jp-mnc.toml",
    "cards/aadhaar.toml",
    "cards/mvrc.toml",
    "cards/hcert-vaccination.toml",
    "cards/hcert-test.toml",
    "cards/hcert-recovery.toml",
    "cards/hcert-light.toml",
    "cards/ddcc-vs.toml",
    "cards/ddcc-tr.toml",
    "cards/dvc.toml",
    "cards/nzcp.toml",
    "cards/claim-169.toml",
    "cards/sd-cwt.toml",
];

/// What decisions look things up in.
pub(super) const TABLES: [Embedded; 1] = embedded!["tables/kr-work.toml"];

/// In the order in which a picker shows them.
pub(super) const PURPOSES: [Embedded; 8] = embedded![
    "purposes/hospital-reception.toml",
    "purposes/bank-teller.toml",
    "purposes/employer-interview.toml",
    "purposes/employer-contract.toml",
    "purposes/landlord.toml",
    "purposes/consular-service.toml",
    "purposes/age-19.toml",
    "purposes/credential-check.toml",
];

const MANIFEST: [Embedded; 1] = embedded!["trust-anchors/anchors.toml"];
const TRAINING: [Embedded; 7] = embedded![
    "trust-anchors/training/iaca.pem",
    "trust-anchors/training/health.pem",
    "trust-anchors/training/health-test.pem",
    "trust-anchors/training/health-vaccination.pem",
    "trust-anchors/training/health-rsa.pem",
    "trust-anchors/training/nzcp.json",
    "trust-anchors/training/identity.json",
];

/// How long what the training authority signed is used before it is signed again: its status list
/// asks for a refresh after twelve hours.
pub(super) const RENEW_AFTER_SECONDS: i64 = 3_600;

/// The roots of the training authority with its revocation list of this moment.
pub(super) fn training_roots(at: At, problems: &mut Vec<Problem>) -> Roots {
    let mut roots = Roots::training();
    let listed = MANIFEST
        .iter()
        .find_map(|file| match Source::new(file.name, file.bytes) {
            Ok(source) => anchors_file::read(&source, problems),
            Err(problem) => {
                problems.push(problem);
                None
            }
        });
    let Some((as_of, listed, _)) = listed else {
        return roots;
    };
    roots.as_of = Some(as_of);
    for entry in listed {
        let name = format!("trust-anchors/{}/{}", entry.realm, entry.name);
        match TRAINING.iter().find(|file| file.name == name) {
            Some(file) => match &entry.key {
                None => roots.add(file.name, file.bytes, &entry.doc_types, problems),
                Some(usage) => roots.add_keys(file.name, file.bytes, usage, problems),
            },
            None => problems.push(entry.missing),
        }
    }
    let crl = Authority::built_in().crl_der(at.time.0);
    roots.add_crl("training", &crl, problems);
    roots
}

/// The status lists of the training authority, and its revocation batch, of this moment.
pub(super) fn add_training_lists(
    statuses: &mut Statuses,
    trust: &Trust,
    at: At,
) -> Result<(), hwagin_verifier::status::ListFlaw> {
    let (authority, now) = (Authority::built_in(), at.time.0);
    if let Some(batch) =
        health_file::read(RevocationBatch::new(HashType::Uci, now).json().as_bytes())
    {
        statuses.add_health_batch(batch);
    }
    for token in [
        authority.status_list(now),
        authority.identifier_list(now),
        authority.id_status_list(now),
    ] {
        statuses.add(&token, None, trust, at)?;
    }
    Ok(())
}

/// The proofs of the sample case `replayed`: a desk in training has always seen them.
pub(super) fn add_training_replays(replays: &mut Replays, at: At) {
    for card in Card::ALL {
        let (device_key, presentation) = Authority::built_in().replayed_proof_input(card);
        replays.remember(
            ProofId::new(&device_key, &presentation),
            UnixTime(i64::MAX),
            at,
        );
    }
}
