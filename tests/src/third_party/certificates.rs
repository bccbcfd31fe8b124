//! Certificate chains that others made, with right and wrong profiles.
//!
//! Their private keys are not here. The path is checked before the signature, so a good path is
//! one that gets as far as `signature.invalid`.

use super::{Results, words};
use crate::world::{AT, Desk, doc_types, purpose};
use base64::Engine;
use hwagin_training::{Authority, Card, Recipe, Value};
use hwagin_verifier::trust::{AnchorFlaw, Anchors, Production};
use std::path::Path;

/// 2024-01-15T00:00:00Z
const ISOMDL: i64 = 1_705_276_800;
/// 2026-06-01T00:00:00Z
const OWF: i64 = 1_780_272_000;

const ROOT: &str = "isomdl_iaca_root_cert";
const SIGNER: &str = "isomdl_iaca_signer";
const BETWEEN: &str = "isomdl_iaca_intermediate";
const LEAF: &str = "isomdl_iaca_leaf_signer";
const OWF_ROOT: &str = "owf_multipaz_iaca_p384";

/// The path holds.
const GOOD: &str = "refuse signature.invalid";
const INVALID: &str = "refuse issuer.chain_invalid";
const EXPIRED: &str = "refuse issuer.chain_expired";
const UNKNOWN: &str = "abstain issuer.unknown";

/// The chain, leaf first; the root; the clock; what is to be said; and why.
type Case = (
    &'static [&'static str],
    &'static str,
    i64,
    &'static str,
    &'static str,
);

const CASES: [Case; 12] = [
    (&[SIGNER], ROOT, ISOMDL, GOOD, "a good signer"),
    (
        &[SIGNER, ROOT],
        ROOT,
        ISOMDL,
        GOOD,
        "a good signer, the root sent along",
    ),
    // Its serial number is negative.
    (
        &["owf_multipaz_ds_p384"],
        OWF_ROOT,
        OWF,
        GOOD,
        "a good signer under a P-384 root",
    ),
    (
        &["isomdl_incorrect_iaca_signer"],
        ROOT,
        ISOMDL,
        INVALID,
        "the profile of an authority",
    ),
    (
        &[LEAF, BETWEEN],
        ROOT,
        ISOMDL,
        INVALID,
        "a signer under an intermediate",
    ),
    (
        &[BETWEEN],
        ROOT,
        ISOMDL,
        INVALID,
        "an intermediate as a signer",
    ),
    (&[LEAF], ROOT, ISOMDL, UNKNOWN, "its intermediate left out"),
    (&[ROOT], ROOT, ISOMDL, INVALID, "the root as a signer"),
    // 2024-10-30: the root ended on the 26th, the signer ends on 13 November.
    (
        &[SIGNER],
        ROOT,
        1_730_246_400,
        EXPIRED,
        "a living signer under an expired root",
    ),
    // 2023-11-01: the root lives, the signer begins on the 14th.
    (
        &[SIGNER],
        ROOT,
        1_698_796_800,
        EXPIRED,
        "a signer that has not begun",
    ),
    // Its own root is not here; the vector `issuer/reader-as-signer` has one under the root.
    (
        &["reader_auth"],
        ROOT,
        ISOMDL,
        UNKNOWN,
        "a reader as a signer",
    ),
    (&[SIGNER], OWF_ROOT, ISOMDL, UNKNOWN, "the root of another"),
];

pub(super) fn run(folder: &Path, out: &mut Results) {
    for (chain, root, at, published, about) in CASES {
        let certificates: Vec<_> = chain.iter().map(|name| certificate(folder, name)).collect();
        let said = said(&certificate(folder, root), &certificates, at);
        out.same(chain[0], &format!("{about}, at {at}"), published, &said);
    }
    for name in [
        SIGNER,
        "isomdl_incorrect_iaca_signer",
        BETWEEN,
        LEAF,
        "reader_auth",
        "owf_multipaz_ds_p384",
    ] {
        root(folder, name, Err(AnchorFlaw::NotARoot), out);
    }
    for name in [ROOT, OWF_ROOT] {
        root(folder, name, Ok(()), out);
    }
}

/// Whether a certificate is taken as a root.
fn root(folder: &Path, name: &str, published: Result<(), AnchorFlaw>, out: &mut Results) {
    let taken = Anchors::<Production>::new().add(&certificate(folder, name), doc_types());
    out.same(
        name,
        "as a root",
        &format!("{published:?}"),
        &format!("{taken:?}"),
    );
}

/// The certificate in a PEM file.
pub(super) fn certificate(folder: &Path, name: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.pem"))).unwrap();
    let lines: String = text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    base64::prelude::BASE64_STANDARD.decode(lines).unwrap()
}

/// What a desk that trusts `root` says of a document with this chain, signed by somebody.
fn said(root: &[u8], chain: &[Vec<u8>], at: i64) -> String {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    let chain: Vec<_> = chain.iter().cloned().map(Value::Bytes).collect();
    recipe.hooks.issuer_auth = Some(Box::new(move |sign1| {
        let header = sign1.as_array_mut().unwrap()[1].as_map_mut().unwrap();
        header[0].1 = Value::Array(chain.clone());
    }));
    let shown = Authority::built_in().mint(&recipe);
    let desk = Desk::production(root, purpose("hospital-reception"), at);
    words(&desk.read(shown.text.as_bytes()))
}
