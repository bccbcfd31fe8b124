//! Writes what a desk has to know to read training cards: `cargo run --example write_lists -- AT DIR`.
//!
//! `iaca.der`, `foreign-iaca.der`, `training.crl`, `training.cwt`, and the document signer of the
//! valid card, `signer.der`, as they stand at AT (unix seconds).

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
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("iaca.der"), authority.iaca_der())?;
    std::fs::write(
        folder.join("foreign-iaca.der"),
        authority.foreign_iaca_der(),
    )?;
    std::fs::write(folder.join("training.crl"), authority.crl_der(at))?;
    std::fs::write(folder.join("training.cwt"), authority.status_list(at))?;
    let signer = authority.present(Card::Mdl, Case::Valid, at).signer;
    std::fs::write(folder.join("signer.der"), signer)?;
    Ok(())
}
