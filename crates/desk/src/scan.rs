//! The symbols in a picture that comes alone.

use std::panic::catch_unwind;

use hwagin_scanner::{Scanner, Symbol};
use zeroize::Zeroizing;

use crate::picture;
use crate::view::HintCode;

/// The symbols that this text writes: one, or the parts of an animated code with blanks or line
/// breaks between them.
#[must_use]
pub fn symbols_in(text: &str) -> Vec<&[u8]> {
    let text = text.trim();
    let is_ur = text
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("ur:"));
    if is_ur {
        text.split_whitespace().map(str::as_bytes).collect()
    } else {
        vec![text.as_bytes()]
    }
}

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
