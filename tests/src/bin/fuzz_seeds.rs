//! `fuzz-seeds OUT_DIR`: writes what fuzzing starts from, a folder a target.

use hwagin_tests::{seeds, third_party_vectors};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err(std::io::Error::other("fuzz-seeds OUT_DIR"));
    };
    let count = seeds::write_into(&folder, third_party_vectors().as_deref())?;
    println!("{count} seeds in {}", folder.display());
    Ok(())
}
