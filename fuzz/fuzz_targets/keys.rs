//! An issuer's key, in each of the forms that it comes in. What is taken as one verifies nothing
//! that nobody signed. Seeds: certificates, and keys of the vectors.
#![no_main]

use hwagin_fuzz::Input;
use hwagin_fuzz::signed::{Issuer, NO_HEADER};
use hwagin_tests::third_party::{card, desk};
use hwagin_verifier::Payload;
use hwagin_verifier::trust::{Anchors, IssuerKey, KeyUse, Production, TRAINING_HOST};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let curves = ["P-256", "P-384", "P-521", "Ed25519", "Ed448"];
    let curve = curves[usize::from(Input::new(bytes).byte()) % curves.len()];
    let keys = [
        IssuerKey::from_cose_key(bytes),
        IssuerKey::from_spki(bytes),
        IssuerKey::from_certificate(bytes),
        IssuerKey::from_curve(curve, first, Some(second)),
        IssuerKey::from_curve(curve, bytes, None),
        IssuerKey::from_rsa(first, &[1, 0, 1]),
        IssuerKey::from_rsa(first, second),
    ];
    for key in keys.into_iter().flatten() {
        let issuer = Some(format!("https://{TRAINING_HOST}"));
        let usage = KeyUse {
            issuer,
            ..KeyUse::default()
        };
        let mut anchors = Anchors::<Production>::new();
        // Of a certificate and by its issuer, a training key is not for production.
        assert!(anchors.add_key(key, usage).is_err());
    }
    if let Ok(key) = IssuerKey::from_cose_key(bytes).or(IssuerKey::from_spki(bytes)) {
        thread_local! {
            static TOKEN: Vec<u8> = Issuer::of(vec![card("mosip.claim-169", &[])]).sign(
                None,
                NO_HEADER,
                // {4: 2^32 - 1, 169: {4: "A"}}
                &[0xa2, 4, 0x1a, 0xff, 0xff, 0xff, 0xff, 0x18, 169, 0xa1, 4, 0x61, 0x41],
            );
        }
        let desk = desk(
            key,
            KeyUse::default(),
            vec![card("mosip.claim-169", &[])],
            0,
        );
        let payload = TOKEN.with(|token| Payload::captured(token)).unwrap();
        assert!(!desk.verdict(Ok(&payload)).is_accepted());
    }
});
