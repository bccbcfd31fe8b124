//! The envelope, packed as it is.
#![no_main]

use hwagin_verifier::{format, transport};

libfuzzer_sys::fuzz_target!(|envelope: &[u8]| {
    let body = [&[0], envelope].concat();
    let text = format!("{}{}", transport::PREFIX, base45::encode(&body));
    if let Ok(transport::Scanned::Presentation(payload)) = transport::read(text.as_bytes()) {
        let _ = format::parse(&payload);
    }
});
