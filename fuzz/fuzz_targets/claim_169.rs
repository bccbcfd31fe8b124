//! An identity document of claim 169: the message, and the same bytes as what is signed. Biometrics
//! are not shown, whatever a card says. Seeds: claim-169 vectors, and what is under their
//! signatures.
#![no_main]

use hwagin_fuzz::signed::{Issuer, NO_HEADER, wrapped};
use hwagin_tests::third_party::card;
use hwagin_tests::world::Said;
use hwagin_verifier::Verdict;
use hwagin_verifier::card::ClaimKind;

const FACE: &str = "62";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    thread_local! {
        static ISSUER: Issuer = Issuer::of(vec![card("mosip.claim-169", &[
            ("name", "169", "4", ClaimKind::Text),
            ("birth_date", "169", "8", ClaimKind::Date),
            (FACE, "169", FACE, ClaimKind::Picture),
            ("voice", "169", "65", ClaimKind::Text),
        ])]);
    }
    ISSUER.with(|issuer| {
        // Nobody else signs for this desk.
        assert!(!issuer.desk.read(wrapped(bytes).as_bytes()).is_accepted());
        let signed = issuer.sign(None, NO_HEADER, bytes);
        if let Said::Verdict(Verdict::Accept(accepted)) =
            issuer.desk.read(wrapped(&signed).as_bytes())
        {
            let disclosure = accepted.disclosure();
            let known = |name: &str| ["name", "birth_date"].contains(&name);
            assert!(disclosure.portrait().is_none());
            assert!(disclosure.shown().iter().all(|shown| known(shown.name())));
        }
    });
});
