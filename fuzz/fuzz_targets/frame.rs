//! A frame of any size that bytes draw: cells, finder patterns, real symbols, all of it cut,
//! covered, stretched and inverted. Whatever is read is what was drawn, and the work is bounded.
#![no_main]

use hwagin_fuzz::{Canvas, Clock, FRAME, Input, STILL};
use hwagin_scanner::{Luma, Scanner};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = Input::new(bytes);
    let mut canvas = Canvas::sized(&mut input);
    while !input.is_empty() {
        canvas.draw(&mut input);
    }
    let luma = Luma::new(canvas.width, canvas.height, &canvas.pixels).unwrap();
    let clock = Clock::start(&FRAME);
    let mut symbols = Scanner::new().scan(&luma).symbols;
    clock.stop(canvas.width, canvas.height, bytes);
    let clock = Clock::start(&STILL);
    symbols.extend(Scanner::new().scan_still(&luma));
    clock.stop(canvas.width, canvas.height, bytes);
    for symbol in symbols {
        canvas.allows(&symbol);
    }
});
