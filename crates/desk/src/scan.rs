//! The symbols in a picture that comes alone.

use std::panic::catch_unwind;

use hwagin_scanner::{Scanner, Symbol};
use zeroize::Zeroizing;

use crate::picture;
use crate::view::HintCode;

/// The symbols that this text writes: one, or the parts of an animated code, with line breaks
/// between them or, as a field for one line leaves them, without.
#[must_use]
pub fn symbols_in(text: &str) -> Vec<&[u8]> {
    let text = text.trim().as_bytes();
    let starts = |bytes: &[u8]| {
        bytes
            .get(..3)
            .is_some_and(|it| it.eq_ignore_ascii_case(b"ur:"))
    };
    if !starts(text) {
        return vec![text];
    }
    let (mut symbols, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        // No part has a colon but its first.
        let next = (1..rest.len()).find(|at| rest.get(*at..).is_some_and(starts));
        let (symbol, others) = rest.split_at(next.unwrap_or(rest.len()));
        symbols.push(symbol.trim_ascii());
        rest = others;
    }
    symbols
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
