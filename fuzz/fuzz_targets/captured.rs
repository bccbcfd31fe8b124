//! What another program captured: its kind is told by what it holds. Seeds: the messages of every
//! kind.
#![no_main]

use hwagin_fuzz::signed::Issuer;
use hwagin_tests::third_party::card;
use hwagin_verifier::Payload;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    thread_local! {
        static ISSUER: Issuer = Issuer::of(vec![card("sd-cwt", &[])]);
    }
    if let Some(payload) = Payload::captured(bytes) {
        // Nobody of these signs for this desk.
        ISSUER.with(|issuer| assert!(!issuer.desk.verdict(Ok(&payload)).is_accepted()));
    }
});
