use super::*;
use crate::tests::{folder, hex, hex_file, json, key, result};
use serde_json::Value;

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

/// What is said otherwise than published of an example, by file and what it is about. The reasons
/// are in the table of `cargo xtask vectors`.
const OTHERWISE: [(&str, &str, &str); 25] = [
    ("CWT/A_4", "message", "format.malformed"),
    ("CWT/A_5", "message", "format.malformed"),
    ("CWT/A_6", "message", "format.malformed"),
    ("CWT/A_7", "message", "format.malformed"),
    ("ecdsa-examples/ecdsa-01", "message", "format.malformed"),
    ("ecdsa-examples/ecdsa-02", "message", "format.malformed"),
    ("ecdsa-examples/ecdsa-03", "message", "format.malformed"),
    ("ecdsa-examples/ecdsa-04", "message", "format.malformed"),
    (
        "ecdsa-examples/ecdsa-04",
        "signature",
        "another key's algorithm",
    ),
    (
        "ecdsa-examples/ecdsa-sig-04",
        "message",
        "issuer.key_mismatch",
    ),
    (
        "ecdsa-examples/ecdsa-sig-04",
        "signature",
        "another key's algorithm",
    ),
    ("eddsa-examples/eddsa-01", "message", "format.malformed"),
    ("eddsa-examples/eddsa-02", "message", "format.malformed"),
    ("eddsa-examples/eddsa-02", "signature", "no key of ours"),
    ("eddsa-examples/eddsa-sig-02", "message", "no key of ours"),
    ("eddsa-examples/eddsa-sig-02", "signature", "no key of ours"),
    ("rsa-pss-examples/rsa-pss-01", "message", "format.malformed"),
    ("rsa-pss-examples/rsa-pss-02", "message", "format.malformed"),
    ("rsa-pss-examples/rsa-pss-03", "message", "format.malformed"),
    ("sign1-tests/sign-pass-02", "message", "signature.invalid"),
    ("x509-examples/signed-01", "message", "format.malformed"),
    ("x509-examples/signed-02", "message", "format.malformed"),
    ("x509-examples/signed-03", "message", "format.malformed"),
    ("x509-examples/signed-04", "message", "format.malformed"),
    ("x509-examples/signed-05", "message", "format.malformed"),
];

/// The profile that takes a message of this shape, where one does.
fn profile_of(name: &str) -> Profile {
    match name {
        // A bare array.
        "sign1-tests/sign-pass-03" => Profile::MDOC,
        // Its algorithm stands outside the signed header.
        "sign1-tests/sign-pass-01" => Profile::HCERT,
        _ => Profile::CWT,
    }
}

/// What our door says of the whole message.
fn of_message(name: &str, file: &Value, key: Option<&PublicKey>) -> String {
    let message = hex(file["output"]["cbor"].as_str().unwrap());
    let read = Item::whole(&message).and_then(|item| UnverifiedSign1::read(item, profile_of(name)));
    let read = match (read, key) {
        (Ok(message), Some(key)) => message.verify(key).map(|_| ()),
        (Ok(_), None) => return "no key of ours".to_owned(),
        (Err(reason), _) => Err(reason),
    };
    match read {
        Ok(()) => "pass".to_owned(),
        // No key of that kind comes to be asked: its algorithm is refused before.
        Err(Reason::AlgorithmRefused) if key.is_none() => "no key of ours".to_owned(),
        Err(reason) => reason.code().to_owned(),
    }
}

/// What our keys say of the signature alone, over the bytes that the example says are signed.
fn of_signature(file: &Value, signer: &Value, key: Option<&PublicKey>) -> String {
    let Some(key) = key else {
        return "no key of ours".to_owned();
    };
    let message = hex(file["output"]["cbor"].as_str().unwrap());
    let item = Item::whole(&message).unwrap_or_else(|_| panic!("not CBOR"));
    let parts = [18, 98]
        .into_iter()
        .find_map(|tag| item.tagged(tag))
        .unwrap_or(item);
    let parts = parts.array().unwrap();
    // The signature is the last part, of a `COSE_Sign` that of its one signer.
    let signature = match parts[3].array() {
        Some(signers) => signers[0].array().unwrap()[2],
        None => parts[3],
    };
    let intermediates = &file["intermediates"];
    let signed = match intermediates["ToBeSign_hex"].as_str() {
        Some(signed) => signed,
        None => intermediates["signers"][0]["ToBeSign_hex"]
            .as_str()
            .unwrap(),
    };
    let name = signer["alg"]
        .as_str()
        .or(signer["protected"]["alg"].as_str());
    let name = name.or(signer["unprotected"]["alg"].as_str()).unwrap();
    let number = match name {
        "ES256" => -7,
        "ES384" => -35,
        "ES512" => -36,
        "EdDSA" => -8,
        "PS256" | "RSA-PSS-256" => -37,
        "PS384" | "RSA-PSS-384" => -38,
        "PS512" | "RSA-PSS-512" => -39,
        other => panic!("{other}"),
    };
    let algorithm = Algorithm::from_cose(number).unwrap();
    match key.verify(
        algorithm,
        crypto::CWT,
        &hex(signed),
        signature.bytes().unwrap(),
    ) {
        Ok(()) => "holds".to_owned(),
        Err(Flaw::KeyMismatch) => "another key's algorithm".to_owned(),
        Err(Flaw::Invalid) => "does not hold".to_owned(),
    }
}

#[test]
fn every_example_of_the_working_group_is_as_published_or_known_to_be_otherwise() {
    let Some(folder) = folder() else { return };
    let (mut otherwise, mut files) = (Vec::new(), 0);
    for (name, file) in json_below(&folder.join("cose")) {
        files += 1;
        let input = &file["input"];
        let signer = if input["sign0"].is_object() {
            &input["sign0"]
        } else {
            &input["sign"]["signers"][0]
        };
        let key = if signer["key"].is_object() {
            key(&signer["key"])
        } else {
            None
        };
        let fails = file["fail"] == true;
        let mut say = |about: &str, published: &str, said: String, agrees: bool| {
            result(("cose", &name, about), published, &said, agrees);
            if !agrees {
                otherwise.push((name.clone(), about.to_owned(), said));
            }
        };
        let said = of_message(&name, &file, key.as_ref());
        let agrees = (said == "pass") != fails;
        say("message", if fails { "fail" } else { "pass" }, said, agrees);
        if signer.is_object() && !fails {
            let said = of_signature(&file, signer, key.as_ref());
            let agrees = said == "holds";
            say("signature", "holds", said, agrees);
        }
    }
    assert_eq!(files, 34);
    let known =
        OTHERWISE.map(|(file, about, said)| (file.to_owned(), about.to_owned(), said.to_owned()));
    assert_eq!(otherwise, known);
}

/// Every JSON file of the folders in this one, by folder and name, in order.
fn json_below(folder: &std::path::Path) -> Vec<(String, Value)> {
    let entries = |folder: &std::path::Path| {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths
    };
    let mut found = Vec::new();
    for file in entries(folder)
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|folder| entries(folder))
    {
        if file.extension().is_some_and(|end| end == "json") {
            let name = file.strip_prefix(folder).unwrap().with_extension("");
            found.push((name.to_str().unwrap().replace('\\', "/"), json(&file)));
        }
    }
    found
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
        let file = name.trim_end_matches(".hex");
        let said = read.map_or_else(Reason::code, |_| "holds");
        result(
            ("status-list", &format!("signed/{file}"), "signature"),
            "holds",
            said,
            said == "holds",
        );
        assert!(Item::whole(read.unwrap()).is_ok_and(|claims| claims.map().is_some()));
    }
}
