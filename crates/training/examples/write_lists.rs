//! Writes what a desk has to know to read training cards: `cargo run --example write_lists -- AT DIR`.
//!
//! `iaca.der`, `foreign-iaca.der`, `training.crl`, `training.cwt`, `identifiers.cwt`,
//! `id-status.cwt`, `training.vical` and its root `vical-root.der`, `revoked.json`, and the document
//! signer of the valid card, `signer.der`, as they stand at AT (unix seconds). And the keys that
//! stay the same: `health.der` and its like, `nzcp.did.json`, `id.jwk.json`.

use hwagin_training::documents::{HashType, RevocationBatch};
use hwagin_training::issuer::{NZCP_ISSUER, NZCP_KID, id_key, nzcp_key};
use hwagin_training::{Authority, Card, Case};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(at), Some(folder)) = (args.next(), args.next()) else {
        return Err("usage: write_lists AT DIR".into());
    };
    let at: i64 = at.parse()?;
    let folder = Path::new(&folder);
    let authority = Authority::built_in();
    let nzcp = authority.public_key(&nzcp_key());
    let signer = authority.present(Card::Mdl, Case::Valid, at).signer;
    let [health, test, vaccination, rsa] = authority.health_signers_der();
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in [
        ("iaca.der", authority.iaca_der()),
        ("foreign-iaca.der", authority.foreign_iaca_der()),
        ("training.crl", authority.crl_der(at)),
        ("training.cwt", authority.status_list(at)),
        ("identifiers.cwt", authority.identifier_list(at)),
        ("id-status.cwt", authority.id_status_list(at)),
        ("training.vical", authority.training_vical(at)),
        ("vical-root.der", authority.vical_root_der()),
        (
            "revoked.json",
            RevocationBatch::new(HashType::Uci, at).json().into(),
        ),
        ("signer.der", signer),
        ("health.der", health),
        ("health-test.der", test),
        ("health-vaccination.der", vaccination),
        ("health-rsa.der", rsa),
        (
            "nzcp.did.json",
            nzcp.did_document(NZCP_ISSUER, NZCP_KID).into(),
        ),
        (
            "id.jwk.json",
            authority.public_key(&id_key()).jwk(None).into(),
        ),
    ] {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
