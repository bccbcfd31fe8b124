//! Pictures, as the scanner of a desk sees them.

use super::results::{PICTURE, PICTURE_WALKED, Results};
use super::words;
use crate::world::Desk;
use hwagin_scanner::{Luma, Scanner};

/// No symbol was read.
pub(super) const NOTHING: &str = "nothing";
const THE_TEXT: &str = "the text";

/// The content of each symbol in a picture; none where it is no picture.
fn symbols(png: &[u8]) -> Vec<Vec<u8>> {
    let Some(picture) = grey(png) else {
        return Vec::new();
    };
    let (width, height, pixels) = picture;
    let luma = Luma::new(width, height, &pixels).unwrap();
    let found = Scanner::new().scan_still(&luma);
    found.into_iter().map(|symbol| symbol.content).collect()
}

/// The pixels of a PNG in grey, what is transparent in white.
fn grey(png: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut buffer).ok()?;
    let channels = info.color_type.samples();
    let pixel = |pixel: &[u8]| {
        let light = match pixel {
            [grey] | [grey, _] => u32::from(*grey),
            [red, green, blue, ..] => {
                (299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue)) / 1_000
            }
            [] => 255,
        };
        let opaque = if channels % 2 == 0 {
            u32::from(pixel[channels - 1])
        } else {
            255
        };
        u8::try_from((light * opaque + 255 * (255 - opaque)) / 255).unwrap()
    };
    let pixels = buffer[..info.buffer_size()]
        .chunks(channels)
        .map(pixel)
        .collect();
    Some((info.width, info.height, pixels))
}

/// The scanner reads `text` in this picture, or nothing where it is published to be unreadable, and
/// the desk says of that what it says of the text.
pub(super) fn compare(
    file: &str,
    png: &[u8],
    text: Option<&str>,
    readable: bool,
    desk: &Desk,
    out: &mut Results,
) {
    let found = symbols(png);
    let published = if readable { THE_TEXT } else { NOTHING };
    let said = match (found.as_slice(), text) {
        ([], _) => NOTHING,
        ([one], Some(text)) if one == text.as_bytes() => THE_TEXT,
        ([_], None) => THE_TEXT,
        _ => "another text",
    };
    out.same(file, PICTURE, published, said);
    if let ([one], Some(text)) = (found.as_slice(), text) {
        out.same(
            file,
            PICTURE_WALKED,
            &words(&desk.read(text.as_bytes())),
            &words(&desk.read(one)),
        );
    }
}

/// The content of the one symbol in a picture.
pub(super) fn only(png: &[u8]) -> Option<Vec<u8>> {
    let mut found = symbols(png);
    found.pop().filter(|_| found.is_empty())
}
