//! A New Zealand pass: the signed message, and the same bytes as what is signed. Seeds: nzcp
//! vectors, and what is under their signatures.
#![no_main]

use data_encoding::BASE32_NOPAD;
use hwagin_fuzz::signed::{Issuer, NO_HEADER};
use hwagin_tests::third_party::card;
use hwagin_verifier::card::ClaimKind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    thread_local! {
        static ISSUER: Issuer = Issuer::of(vec![card("nzcp.public-covid-pass", &[
            ("family_name", "nzcp", "familyName", ClaimKind::Text),
            ("birth_date", "nzcp", "dob", ClaimKind::Date),
        ])]);
    }
    ISSUER.with(|issuer| {
        let text = |message: &[u8]| format!("NZCP:/1/{}", BASE32_NOPAD.encode(message));
        // Nobody else signs for this desk.
        assert!(!issuer.desk.read(text(bytes).as_bytes()).is_accepted());
        let signed = issuer.sign(None, NO_HEADER, bytes);
        let _ = issuer.desk.read(text(&signed).as_bytes());
    });
});
