//! Frames of a stream through one scanner: symbols that move, change, vanish, come back, and
//! frames that change their size. Whatever is read stood in the frame it was read in, or is one of
//! the symbols drawn at all.
#![no_main]

use hwagin_fuzz::{Canvas, Clock, FRAME, Input};
use hwagin_scanner::{Luma, Scanner};

/// Frames of one input.
const FRAMES: usize = 16;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = Input::new(bytes);
    let mut scanner = Scanner::new();
    let mut canvas = Canvas::sized(&mut input);
    for _ in 0..FRAMES {
        if input.is_empty() {
            return;
        }
        match input.byte() % 8 {
            0 => canvas = Canvas::sized(&mut input),
            1 => canvas.clear(),
            2..=4 => canvas.shift(&mut input),
            _ => {}
        }
        for _ in 0..input.byte() % 4 {
            canvas.draw(&mut input);
        }
        let luma = Luma::new(canvas.width, canvas.height, &canvas.pixels).unwrap();
        let clock = Clock::start(&FRAME);
        let sighting = scanner.scan(&luma);
        clock.stop(canvas.width, canvas.height, bytes);
        for symbol in sighting.symbols {
            canvas.allows(&symbol);
        }
    }
});
