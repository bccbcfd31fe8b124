use super::*;
use crate::tests::{folder, hex, hex_file, json, key};

/// What this profile says of an example of the COSE working group.
fn said(name: &str, profile: Profile) -> Option<Result<(), Reason>> {
    let file = json(&folder()?.join("cose").join(format!("{name}.json")));
    let message = hex(file["output"]["cbor"].as_str().unwrap());
    let Some(key) = key(&file["input"]["sign0"]["key"]) else {
        return Some(Err(Reason::AlgorithmRefused));
    };
    let read = Item::whole(&message).and_then(|item| UnverifiedSign1::read(item, profile));
    let payload = read.and_then(|sign1| sign1.verify(&key));
    Some(payload.map(|payload| assert_eq!(payload, b"This is the content.")))
}

#[test]
fn agrees_with_the_working_group_where_the_profile_lets_it() {
    use Reason::{AlgorithmRefused, KeyMismatch, Malformed, SignatureInvalid};
    for (name, profile, expected) in [
        // Valid as COSE, but its algorithm stands outside the signed header.
        (
            "sign1-tests/sign-pass-01",
            Profile::CWT,
            Err(AlgorithmRefused),
        ),
        // A header of an empty map is signed as no bytes, and this profile lets the algorithm be.
        ("sign1-tests/sign-pass-01", Profile::HCERT, Ok(())),
        // Valid with data from outside, which no profile here has.
        (
            "sign1-tests/sign-pass-02",
            Profile::CWT,
            Err(SignatureInvalid),
        ),
        ("sign1-tests/sign-pass-03", Profile::MDOC, Ok(())),
        ("sign1-tests/sign-pass-03", Profile::CWT, Err(Malformed)),
        ("sign1-tests/sign-fail-01", Profile::CWT, Err(Malformed)),
        ("sign1-tests/sign-fail-01", Profile::MDOC, Err(Malformed)),
        (
            "sign1-tests/sign-fail-02",
            Profile::CWT,
            Err(SignatureInvalid),
        ),
        (
            "sign1-tests/sign-fail-03",
            Profile::CWT,
            Err(AlgorithmRefused),
        ),
        (
            "sign1-tests/sign-fail-04",
            Profile::CWT,
            Err(AlgorithmRefused),
        ),
        (
            "sign1-tests/sign-fail-06",
            Profile::CWT,
            Err(SignatureInvalid),
        ),
        (
            "sign1-tests/sign-fail-07",
            Profile::CWT,
            Err(SignatureInvalid),
        ),
        ("ecdsa-examples/ecdsa-sig-01", Profile::CWT, Ok(())),
        ("ecdsa-examples/ecdsa-sig-02", Profile::CWT, Ok(())),
        ("ecdsa-examples/ecdsa-sig-03", Profile::CWT, Ok(())),
        // ES512 with P-256: legal by RFC 9053, not by ISO/IEC 18013-5.
        (
            "ecdsa-examples/ecdsa-sig-04",
            Profile::CWT,
            Err(KeyMismatch),
        ),
        ("eddsa-examples/eddsa-sig-01", Profile::CWT, Ok(())),
        // Ed448
        (
            "eddsa-examples/eddsa-sig-02",
            Profile::CWT,
            Err(AlgorithmRefused),
        ),
    ] {
        let Some(said) = said(name, profile) else {
            return;
        };
        assert_eq!(said, expected, "{name}");
    }
}

#[test]
fn the_signed_examples_of_the_status_list_draft_hold() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("status-list/signed");
    let key = key(&json(&folder.join("issuer-key.json"))).unwrap();
    for name in ["status-list-token.hex", "referenced-token.hex"] {
        let token = hex_file(&folder.join(name));
        let read = Item::whole(&token).and_then(|item| {
            let sign1 = UnverifiedSign1::read(item, Profile::CWT)?;
            // A chain of certificates, which this project asks for, is not in the examples.
            assert_eq!(sign1.protected_chain(), Ok(Vec::new()));
            sign1.verify(&key)
        });
        assert!(Item::whole(read.unwrap()).is_ok_and(|claims| claims.map().is_some()));
    }
}
