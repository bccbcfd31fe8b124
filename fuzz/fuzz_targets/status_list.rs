//! A status list token as it is carried to a desk. Seed: tests/vectors/world/status.cwt.
#![no_main]

use hwagin_tests::world::{AT, Desk, purpose};
use hwagin_verifier::Statuses;

libfuzzer_sys::fuzz_target!(|token: &[u8]| {
    thread_local! {
        static DESK: Desk = {
            let root = hwagin_tests::vector::folder().join("world/iaca.der");
            Desk::training(&[std::fs::read(root).unwrap()], None, purpose("document-only"), AT)
        };
    }
    DESK.with(|desk| {
        let _ = Statuses::new().add(token, None, &desk.trust, desk.at);
    });
});
