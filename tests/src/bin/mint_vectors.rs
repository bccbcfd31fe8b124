//! `mint-vectors [OUT_DIR]`: mints the vectors anew, into `tests/vectors` unless told otherwise.

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(hwagin_tests::vector::folder, std::path::PathBuf::from);
    let count = hwagin_tests::mint::write_into(&folder)?;
    println!("{count} vectors in {}", folder.display());
    Ok(())
}
