//! A root certificate, or a revocation list. Seeds: tests/vectors/world/iaca.der and crl.der.
#![no_main]

use hwagin_tests::world::doc_types;
use hwagin_verifier::trust::{Anchors, Production, Training};

libfuzzer_sys::fuzz_target!(|der: &[u8]| {
    thread_local! {
        static ROOT: Vec<u8> =
            std::fs::read(hwagin_tests::vector::folder().join("world/iaca.der")).unwrap();
    }
    let _ = Anchors::<Production>::new().add(der, doc_types());
    ROOT.with(|root| {
        let mut anchors = Anchors::<Training>::new();
        anchors.add(root, doc_types()).unwrap();
        let _ = anchors.add(der, doc_types());
        let _ = anchors.add_crl(der);
    });
});
