//! A health certificate: the signed message, and the same bytes as what is signed. Seeds: hcert
//! vectors, and what is under their signatures.
#![no_main]

use hwagin_fuzz::signed::{Issuer, NO_HEADER, wrapped};
use hwagin_tests::third_party::card;
use hwagin_verifier::card::ClaimKind;

const KINDS: [&str; 7] = [
    "hcert.dcc.vaccination",
    "hcert.dcc.test",
    "hcert.dcc.recovery",
    "hcert.light",
    "hcert.ddcc.vs",
    "hcert.ddcc.tr",
    "hcert.dvc",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    thread_local! {
        static ISSUER: Issuer = Issuer::of(KINDS.map(|kind| card(kind, &[
            ("family_name", "hcert", "nam/fnt", ClaimKind::Text),
            ("birth_date", "hcert", "dob", ClaimKind::Date),
            ("doses", "hcert", "v/dn", ClaimKind::Number),
        ])).to_vec());
    }
    ISSUER.with(|issuer| {
        let signed = issuer.sign(None, NO_HEADER, bytes);
        for prefix in ["HC1:", "LT1:"] {
            let text = format!("{prefix}{}", wrapped(bytes));
            // Nobody else signs for this desk.
            assert!(!issuer.desk.read(text.as_bytes()).is_accepted());
            let text = format!("{prefix}{}", wrapped(&signed));
            let _ = issuer.desk.read(text.as_bytes());
        }
    });
});
