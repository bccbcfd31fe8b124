use super::*;
use crate::tests::{folder, hex, json, result};
use serde_json::Value;

/// The key of a group of tests, as its certificate form.
fn key_of(group: &Value) -> Option<PublicKey> {
    PublicKey::from_spki(&hex(group["publicKeyDer"].as_str().unwrap()))
}

/// Says what is published of one test, and what we say of it.
fn say(name: &str, test: &Value, about: &str, said: &str) {
    let file = format!("{}#{}", name.trim_end_matches("_test.json"), test["tcId"]);
    let published = test["result"].as_str().unwrap();
    let agrees = (said == "valid") == (published == "valid");
    result(("wycheproof", &file, about), published, said, agrees);
}

/// How many signatures of this Wycheproof file hold, and how many do not, each as it says.
fn wycheproof(name: &str, number: i64, pairs: Pairs) -> Option<(usize, usize)> {
    let file = json(&folder()?.join("wycheproof").join(name));
    let algorithm = Algorithm::from_cose(number).unwrap();
    let (mut held, mut failed) = (0, 0);
    for group in file["testGroups"].as_array().unwrap() {
        let key = key_of(group).unwrap();
        for test in group["tests"].as_array().unwrap() {
            let part = |name: &str| hex(test[name].as_str().unwrap());
            let holds = key.verify(algorithm, pairs, &part("msg"), &part("sig"));
            say(
                name,
                test,
                &format!("signature by {number}"),
                if holds.is_ok() { "valid" } else { "invalid" },
            );
            assert_eq!(
                holds.is_ok(),
                test["result"] == "valid",
                "{name} {}",
                test["tcId"]
            );
            *if holds.is_ok() {
                &mut held
            } else {
                &mut failed
            } += 1;
        }
    }
    Some((held, failed))
}

#[test]
fn agrees_with_wycheproof_on_every_signature() {
    for (name, numbers, pairs, expected) in [
        ("ecdsa_secp256r1_sha256_p1363", [-7, -9], ISO, (173, 89)),
        ("ecdsa_secp384r1_sha384_p1363", [-35, -51], ISO, (193, 87)),
        ("ecdsa_secp521r1_sha512_p1363", [-36, -52], ISO, (231, 87)),
        ("ed25519", [-8, -19], ISO, (88, 63)),
        (
            "ecdsa_brainpoolP256r1_sha256_p1363",
            [-7, -265],
            ISO,
            (175, 86),
        ),
        (
            "ecdsa_brainpoolP384r1_sha384_p1363",
            [-35, -267],
            ISO,
            (206, 86),
        ),
        ("rsa_pss_2048_sha256_mgf1_32", [-37, -37], HCERT, (63, 45)),
    ] {
        for number in numbers {
            let Some(counts) = wycheproof(&format!("{name}_test.json"), number, pairs) else {
                return;
            };
            assert_eq!(counts, expected, "{name}");
        }
    }
}

#[test]
fn takes_no_key_of_a_curve_that_it_does_not_verify() {
    let Some(folder) = folder() else { return };
    for curve in ["P320r1_sha384", "P512r1_sha512"] {
        let name = format!("ecdsa_brainpool{curve}_p1363_test.json");
        let file = json(&folder.join("wycheproof").join(&name));
        for group in file["testGroups"].as_array().unwrap() {
            assert!(key_of(group).is_none(), "{name}");
            for test in group["tests"].as_array().unwrap() {
                say(&name, test, "signature", "no key of ours");
            }
        }
    }
}

#[test]
fn a_key_goes_with_its_own_algorithm_only() {
    let Some(folder) = folder() else { return };
    let name = "ecdsa_secp256r1_sha512_p1363_test.json";
    let file = json(&folder.join("wycheproof").join(name));
    for group in file["testGroups"].as_array().unwrap() {
        let key = key_of(group).unwrap();
        // ES512 with P-256: legal by RFC 9053, not by any profile here.
        for pairs in [ISO, CWT, HCERT, NZCP, CLAIM_169] {
            let es512 = Algorithm::from_cose(-36).unwrap();
            assert_eq!(
                key.verify(es512, pairs, b"", &[1; 64]),
                Err(Flaw::KeyMismatch)
            );
        }
        for test in group["tests"].as_array().unwrap() {
            let part = |name: &str| hex(test[name].as_str().unwrap());
            let es512 = Algorithm::from_cose(-36).unwrap();
            let said = key.verify(es512, CWT, &part("msg"), &part("sig"));
            assert_eq!(said, Err(Flaw::KeyMismatch));
            say(name, test, "signature by -36", "another key's algorithm");
        }
        // A number that names the curve is no other curve's.
        let esp384 = Algorithm::from_cose(-51).unwrap();
        assert_eq!(
            key.verify(esp384, HCERT, b"", &[1; 64]),
            Err(Flaw::KeyMismatch)
        );
    }
}

#[test]
fn both_generations_of_numbers_are_known_and_nothing_else() {
    for (older, newer) in [(-7, -9), (-35, -51), (-36, -52), (-8, -19), (-7, -265)] {
        let (older, newer) = (Algorithm::from_cose(older), Algorithm::from_cose(newer));
        assert_eq!(older.unwrap().scheme, newer.unwrap().scheme);
        assert!(newer.unwrap().curve.is_some() && older.unwrap().curve.is_none());
    }
    // Ed448, ESB320, ESB512, ES256K, RS256, HMAC 256/256
    for number in [-53, -266, -268, -47, -257, 5, 0, i64::MIN] {
        assert_eq!(Algorithm::from_cose(number), None);
    }
}

#[test]
fn es256_by_a_p384_key_is_taken_of_health_certificates_only() {
    let es256 = Algorithm::from_cose(-7).unwrap();
    assert!(es256.takes(KeyKind::P384, HCERT) && !es256.takes(KeyKind::P384, ISO));
    assert!(!es256.takes(KeyKind::P384, CWT) && !es256.takes(KeyKind::P384, NZCP));
}

#[test]
fn a_signature_in_two_numbers_is_the_sequence_of_x509() {
    let signature = [&[0, 0x80][..], &[0, 0]].concat();
    assert_eq!(asn1(&signature), [0x30, 7, 2, 2, 0, 0x80, 2, 1, 0]);
    let signature = [[0x7f; 48], [0xff; 48]].concat();
    let der = asn1(&signature);
    assert_eq!(
        (der[..4].to_vec(), der.len()),
        (vec![0x30, 101, 2, 48], 103)
    );
}

#[test]
fn rsa_keys_below_2048_bits_are_no_keys() {
    let modulus = |bytes: usize| [&[0xff][..], &vec![0x11; bytes - 1]].concat();
    let key = |bytes| PublicKey::from_rsa_parts(&modulus(bytes), &[1, 0, 1]);
    assert!(key(255).is_none() && key(128).is_none() && key(1025).is_none());
    assert_eq!(key(256).unwrap().signature_length(), 256);
    let leading = [&[0, 0][..], &modulus(384)].concat();
    let padded = PublicKey::from_rsa_parts(&leading, &[0, 1, 0, 1]).unwrap();
    assert!(padded == key(384).unwrap());
}
