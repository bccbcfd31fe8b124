//! An SD-CWT or a key binding token, as it is captured and as it is shown; and the same bytes, an
//! array of a payload and its disclosures, as what is signed. Seeds: sd-cwt vectors, both ways.
#![no_main]

use hwagin_fuzz::signed::Issuer;
use hwagin_tests::third_party::card;
use hwagin_verifier::card::ClaimKind;
use hwagin_verifier::{Payload, transport};
use minicbor::Decoder;

/// The media type of an SD-CWT, as a number.
const SD_CWT: u16 = 293;

/// An unprotected header of one member, the disclosures.
const DISCLOSED: [u8; 2] = [0xa1, 17];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    thread_local! {
        static ISSUER: Issuer = Issuer::of(vec![card("sd-cwt", &[
            ("flag", "cwt", "500", ClaimKind::Flag),
            ("text", "cwt", "501", ClaimKind::Text),
            ("number", "502", "0", ClaimKind::Number),
            ("deep", "504", "0/503/1", ClaimKind::Text),
        ])]);
    }
    ISSUER.with(|issuer| {
        // Nobody else signs for this desk.
        let text = base45::encode([&[0], bytes].concat());
        let text = format!("{}{text}", transport::PREFIX);
        assert!(!issuer.desk.read(text.as_bytes()).is_accepted());
        if let Some(payload) = Payload::captured(bytes) {
            assert!(!issuer.desk.verdict(Ok(&payload)).is_accepted());
        }
        if let Some((payload, disclosures)) = apart(bytes) {
            let open = [&DISCLOSED, disclosures].concat();
            let token = issuer.sign(Some(SD_CWT), &open, payload);
            if let Some(payload) = Payload::captured(&token) {
                let _ = issuer.desk.verdict(Ok(&payload));
            }
        }
    });
});

/// The payload, and the bytes of the item behind it.
fn apart(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut decoder = Decoder::new(bytes);
    decoder.array().ok()?;
    let payload = decoder.bytes().ok()?;
    Some((payload, &bytes[decoder.position()..]))
}
