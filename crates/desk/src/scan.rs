//! The symbols in a picture that comes alone.

use std::panic::catch_unwind;

use hwagin_scanner::{Scanner, Symbol};
use zeroize::Zeroizing;

use crate::picture;
use crate::view::HintCode;

/// The contents of the symbols in a picture file. A panic below is an unreadable picture.
///
/// # Errors
/// The hint that says what is wrong with the picture.
pub fn scan_picture(bytes: &[u8]) -> Result<Vec<Zeroizing<Vec<u8>>>, HintCode> {
    let symbols = scan_still(bytes)?;
    Ok(symbols
        .into_iter()
        .map(|symbol| Zeroizing::new(symbol.content))
        .collect())
}

/// The symbols in a picture file, with their places.
///
/// # Errors
/// The hint that says what is wrong with the picture.
pub fn scan_still(bytes: &[u8]) -> Result<Vec<Symbol>, HintCode> {
    let scanned = catch_unwind(|| {
        let picture = picture::read(bytes)?;
        let luma = picture.luma().map_err(|_| HintCode::PictureTooLarge)?;
        Ok(Scanner::new().scan_still(&luma))
    });
    scanned.unwrap_or(Err(HintCode::PictureUnreadable))
}
