//! Certificate chains that others made, with right and wrong profiles.
//!
//! Their private keys are not here. The path is checked before the signature, so a good path is
//! one that gets as far as `signature.invalid`.

use base64::Engine;
use hwagin_tests::third_party_vectors;
use hwagin_tests::world::{AT, cards, doc_types, purpose};
use hwagin_training::{Authority, Card, Recipe, Value};
use hwagin_verifier::trust::{AnchorFlaw, Anchors, Production};
use hwagin_verifier::{
    At, Reason, Replays, Session, Statuses, Trust, UnixTime, World, transport, verify,
};
use std::path::{Path, PathBuf};

/// 2024-01-15T00:00:00Z
const ISOMDL: i64 = 1_705_276_800;
/// 2026-06-01T00:00:00Z
const OWF: i64 = 1_780_272_000;

fn certificate(folder: &Path, name: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.pem"))).unwrap();
    let lines: String = text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    base64::prelude::BASE64_STANDARD.decode(lines).unwrap()
}

fn folder() -> Option<PathBuf> {
    Some(third_party_vectors()?.join("mdoc/isomdl-certificates"))
}

/// What a desk that trusts `root` says of a document with this chain, signed by somebody.
fn said(root: &[u8], chain: &[Vec<u8>], at: i64) -> Option<Reason> {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    let chain: Vec<_> = chain.iter().cloned().map(Value::Bytes).collect();
    recipe.hooks.issuer_auth = Some(Box::new(move |sign1| {
        let header = sign1.as_array_mut().unwrap()[1].as_map_mut().unwrap();
        header[0].1 = Value::Array(chain.clone());
    }));
    let shown = Authority::built_in().mint(&recipe);
    let Ok(transport::Scanned::Presentation(payload)) = transport::read(shown.text.as_bytes())
    else {
        panic!("not a presentation")
    };
    let mut anchors = Anchors::<Production>::new();
    anchors.add(root, doc_types()).unwrap();
    let world = World {
        trust: &Trust::production(anchors),
        statuses: &Statuses::new(),
        session: &Session::Optical,
        replays: &Replays::default(),
        cards: &cards(),
    };
    verify(
        &payload,
        &purpose("hospital-reception"),
        &world,
        At::utc(UnixTime(at)),
    )
    .reason()
}

#[test]
fn takes_a_good_signer_under_its_root() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "isomdl_iaca_root_cert");
    let signer = certificate(&folder, "isomdl_iaca_signer");
    let found = said(&root, std::slice::from_ref(&signer), ISOMDL);
    assert_eq!(found, Some(Reason::SignatureInvalid));
    // Some send the root along.
    let found = said(&root, &[signer, root.clone()], ISOMDL);
    assert_eq!(found, Some(Reason::SignatureInvalid));
}

#[test]
fn takes_a_signer_that_a_p384_root_signed_though_its_serial_number_is_negative() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "owf_multipaz_iaca_p384");
    let signer = certificate(&folder, "owf_multipaz_ds_p384");
    let found = said(&root, &[signer], OWF);
    assert_eq!(found, Some(Reason::SignatureInvalid));
}

#[test]
fn refuses_a_signer_with_the_profile_of_an_authority() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "isomdl_iaca_root_cert");
    let signer = certificate(&folder, "isomdl_incorrect_iaca_signer");
    assert_eq!(said(&root, &[signer], ISOMDL), Some(Reason::ChainInvalid));
}

#[test]
fn refuses_a_signer_under_an_intermediate() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "isomdl_iaca_root_cert");
    let between = certificate(&folder, "isomdl_iaca_intermediate");
    let leaf = certificate(&folder, "isomdl_iaca_leaf_signer");
    let chain = [leaf.clone(), between.clone()];
    assert_eq!(said(&root, &chain, ISOMDL), Some(Reason::ChainInvalid));
    assert_eq!(said(&root, &[between], ISOMDL), Some(Reason::ChainInvalid));
    // Alone it leads nowhere.
    assert_eq!(said(&root, &[leaf], ISOMDL), Some(Reason::IssuerUnknown));
}

#[test]
fn takes_no_signer_for_a_root() {
    let Some(folder) = folder() else { return };
    for (name, flaw) in [
        ("isomdl_iaca_signer", AnchorFlaw::NotARoot),
        ("isomdl_incorrect_iaca_signer", AnchorFlaw::NotARoot),
        ("isomdl_iaca_intermediate", AnchorFlaw::NotARoot),
        ("reader_auth", AnchorFlaw::NotARoot),
    ] {
        let mut anchors = Anchors::<Production>::new();
        let der = certificate(&folder, name);
        assert_eq!(anchors.add(&der, doc_types()), Err(flaw), "{name}");
    }
}

#[test]
fn refuses_a_living_signer_under_an_expired_root() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "isomdl_iaca_root_cert");
    let signer = certificate(&folder, "isomdl_iaca_signer");
    // 2024-10-30: the root ended on the 26th, the signer ends on 13 November.
    let found = said(&root, std::slice::from_ref(&signer), 1_730_246_400);
    assert_eq!(found, Some(Reason::ChainExpired));
    // 2023-11-01: the root lives, the signer begins on the 14th.
    assert_eq!(
        said(&root, &[signer], 1_698_796_800),
        Some(Reason::ChainExpired)
    );
}

#[test]
fn takes_no_reader_for_a_signer() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "isomdl_iaca_root_cert");
    let reader = certificate(&folder, "reader_auth");
    // Its own root is not here; the vector `issuer/reader-as-signer` has one under the root.
    assert_eq!(said(&root, &[reader], ISOMDL), Some(Reason::IssuerUnknown));
}

#[test]
fn one_root_does_not_vouch_for_the_signer_of_another() {
    let Some(folder) = folder() else { return };
    let root = certificate(&folder, "owf_multipaz_iaca_p384");
    let signer = certificate(&folder, "isomdl_iaca_signer");
    assert_eq!(said(&root, &[signer], ISOMDL), Some(Reason::IssuerUnknown));
}
