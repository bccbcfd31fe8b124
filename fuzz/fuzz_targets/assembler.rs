//! The characters of QR codes, one after the other, a line each. What they claim must not cost more
//! than what they are, and a part says of itself whose it is, the same each time.
#![no_main]

use hwagin_verifier::transport::{Assembler, MAX_PARTS, Message};
use std::time::Duration;

libfuzzer_sys::fuzz_target!(|symbols: &[u8]| {
    let mut assembler = Assembler::new();
    let mut now = Duration::ZERO;
    for symbol in symbols.split(|byte| *byte == b'\n') {
        now += Duration::from_millis(if symbol.is_empty() { 1_000 } else { 100 });
        assert_eq!(Message::of(symbol), Message::of(symbol));
        let _ = assembler.take(symbol, now);
        if let Some(progress) = assembler.progress() {
            assert!(progress.received < progress.needed && progress.needed <= MAX_PARTS);
        }
    }
});
