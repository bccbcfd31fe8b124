//! The readers, each behind the same door.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::apart::Apart;
use cpu_time::ProcessTime;
use hwagin_scanner::{Luma, Scanner, Symbol};
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8Source, Reader as _};

/// A grey picture.
#[derive(Clone, Copy)]
pub(crate) struct Picture<'a> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) luma: &'a [u8],
}

/// What a reader made of a picture.
pub(crate) struct Reading {
    /// The contents it found, some in more than one form where the reader gives text.
    pub(crate) contents: Vec<Vec<u8>>,
    /// The CPU time it took.
    pub(crate) took: Duration,
    /// It panicked, or had to be stopped: nothing was read.
    pub(crate) panicked: bool,
}

/// A reader of QR symbols.
pub(crate) struct Reader {
    /// In tables.
    pub(crate) name: &'static str,
    /// In figures.
    pub(crate) key: &'static str,
    read: Box<dyn FnMut(Picture<'_>) -> Reading>,
}

impl Reader {
    fn new(
        name: &'static str,
        key: &'static str,
        mut read: impl FnMut(Picture<'_>) -> Vec<Vec<u8>> + 'static,
    ) -> Self {
        let timed = move |picture: Picture<'_>| {
            let start = ProcessTime::now();
            // What a reader keeps over pictures is its own: a panic in one spoils nobody else.
            let done = catch_unwind(AssertUnwindSafe(|| read(picture)));
            Reading {
                took: start.elapsed(),
                panicked: done.is_err(),
                contents: done.unwrap_or_default(),
            }
        };
        Self {
            name,
            key,
            read: Box::new(timed),
        }
    }

    /// What it reads.
    pub(crate) fn read(&mut self, picture: Picture<'_>) -> Reading {
        (self.read)(picture)
    }
}

/// Messages of panics that are caught and counted are not printed.
pub(crate) fn silence_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        let ours = about
            .location()
            .is_some_and(|at| at.file().contains("bench-scan"));
        if ours {
            usual(about);
        }
    }));
}

fn contents(symbols: Vec<Symbol>) -> Vec<Vec<u8>> {
    symbols.into_iter().map(|symbol| symbol.content).collect()
}

/// Ours, as for a lone picture.
pub(crate) fn ours_still() -> Reader {
    Reader::new("ours, scan_still", "ours", |picture| {
        let luma = Luma::new(picture.width as u32, picture.height as u32, picture.luma);
        luma.map_or(Vec::new(), |luma| {
            contents(Scanner::new().scan_still(&luma))
        })
    })
}

/// Ours, as the first frame of a stream.
pub(crate) fn ours_first() -> Reader {
    Reader::new("ours, first frame of scan", "ours_first", |picture| {
        let luma = Luma::new(picture.width as u32, picture.height as u32, picture.luma);
        luma.map_or(Vec::new(), |luma| {
            contents(Scanner::new().scan(&luma).symbols)
        })
    })
}

/// Ours, one scanner over all the frames it is given.
pub(crate) fn ours_stream() -> Reader {
    let mut scanner = Scanner::new();
    Reader::new("ours, scan", "ours", move |picture| {
        let luma = Luma::new(picture.width as u32, picture.height as u32, picture.luma);
        luma.map_or(Vec::new(), |luma| contents(scanner.scan(&luma).symbols))
    })
}

/// zxing-cpp as it is by default (harder, rotated, inverted, downscaled), for QR codes alone.
pub(crate) fn zxing_cpp() -> Reader {
    let reader = zxingcpp::read().formats(zxingcpp::BarcodeFormat::QRCode);
    Reader::new("zxing-cpp", "zxing_cpp", move |picture| {
        let view = zxingcpp::ImageView::from_slice(
            picture.luma,
            picture.width,
            picture.height,
            zxingcpp::ImageFormat::Lum,
        );
        let Ok(view) = view else { return Vec::new() };
        let found = reader.from(&view).unwrap_or_default();
        found.iter().map(zxingcpp::Barcode::bytes).collect()
    })
}

/// rxing's port of the same algorithms, its harder search, text as Latin-1.
pub(crate) fn rxing() -> Reader {
    Reader::new("rxing", "rxing", |picture| {
        let hints = DecodeHints {
            TryHarder: Some(true),
            CharacterSet: Some("ISO8859_1".to_owned()),
            ..DecodeHints::default()
        };
        let (width, height) = (picture.width as u32, picture.height as u32);
        let Ok(source) = Luma8Source::new_with_slice(picture.luma, width, height) else {
            return Vec::new();
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        match QrReader.decode_with_hints(&mut bitmap, &hints) {
            Ok(found) => {
                let text = found.getText();
                let latin: Option<Vec<u8>> = text
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).ok())
                    .collect();
                // It gives text, not bytes: what was Kanji is given as it was, too.
                let kanji = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
                let unicode = text.as_bytes().to_vec();
                latin.into_iter().chain([unicode, kanji]).collect()
            }
            Err(_) => Vec::new(),
        }
    })
}

/// quircs.
pub(crate) fn quircs() -> Reader {
    let mut decoder = quircs::Quirc::default();
    Reader::new("quircs", "quircs", move |picture| {
        let codes = decoder.identify(picture.width, picture.height, picture.luma);
        codes
            .filter_map(|code| Some(code.ok()?.decode().ok()?.payload))
            .collect()
    })
}

/// rqrr, in a process of its own.
pub(crate) fn rqrr() -> Reader {
    let mut apart = Apart::default();
    Reader {
        name: "rqrr",
        key: "rqrr",
        read: Box::new(move |picture| apart.read(picture)),
    }
}

/// What its row counts.
pub(crate) const RQRR_NOTE: &str = "rqrr runs in a process of its own; a picture it does not finish in 5 s counts as a panic of 5 s";
