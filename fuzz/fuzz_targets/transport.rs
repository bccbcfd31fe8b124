//! The characters of a QR code.
#![no_main]

libfuzzer_sys::fuzz_target!(|symbol: &[u8]| {
    let _ = hwagin_verifier::transport::read(symbol);
});
