//! The vectors of the optical presentation (docs/data/optical-vectors.json), read as anybody may read
//! them: the desk says of each what the file says, and the bytes in it are what the page has.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod challenges;
mod desk;
mod file;
mod parts;

use std::collections::BTreeSet;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};
use ciborium::Value;
use hwagin_verifier::holder::{ProofId, Replays};
use hwagin_verifier::{Payload, Session};
use serde_json::{Value as Json, json};

use desk::{assert_says, at, judge, said, said_to};
use file::{bytes, entries, file, int, named, root, sha256, text, third, unpacked, vectors};

#[test]
fn every_presentation_is_accepted_and_is_made_of_the_bytes_beside_it() {
    let file = file();
    let presentations = vectors(&file, "presentations", 7);
    for vector in presentations {
        let (name, desk) = (&vector["name"], &vector["desk"]);
        assert_eq!(desk["outcome"], "accept", "{name}");
        let verdict = said_to(&mut judge(&file, desk), text(&vector["text"]), desk);
        assert_says(&verdict, desk, name);
        let letters = text(&vector["text"]).strip_prefix("HWG1:").unwrap();
        let packed = base45::decode(letters).unwrap();
        assert_eq!(packed, bytes(&vector["packed"]), "{name}");
        assert_eq!(unpacked(&packed), bytes(&vector["body"]), "{name}");
    }
    let packings = presentations.iter().map(|one| bytes(&one["packed"])[0]);
    let packings: BTreeSet<u8> = packings.collect();
    assert_eq!(packings.len(), 2, "both packings");
}

#[test]
fn a_proof_is_remembered_by_the_hash_in_the_file() {
    let file = file();
    let key = bytes(&file["device"]["cose_key"]);
    for vector in vectors(&file, "presentations", 7) {
        let cti = bytes(&vector["cti"]);
        let moment = at(int(&file["made"]));
        let mut replays = Replays::keyed([0; 32]);
        replays.remember(ProofId::new(&key, &cti), moment.time, moment);
        let (kept, _) = replays.kept().next().unwrap();
        // What is kept is hashed once more, under the desk's key.
        let expected = sha256(&[&[0; 32], &bytes(&vector["replay_id"])]);
        assert_eq!(kept[..], expected, "{}", vector["name"]);
    }
}

#[test]
fn the_desk_signs_for_the_session_transcripts_in_the_file_and_for_no_other() {
    let file = file();
    let mut kinds = BTreeSet::new();
    for vector in vectors(&file, "presentations", 7) {
        if vector["format"] != "mdoc" {
            continue;
        }
        let (name, desk, handover) = (&vector["name"], &vector["desk"], &vector["handover"]);
        let captured = Payload::captured(&bytes(&vector["response"])).unwrap();
        let said_in = |transcript: Vec<u8>| {
            let mut judge = judge(&file, desk).in_session(Session::Transcript(transcript));
            said(&mut judge, Ok(&captured), desk)
        };
        let mut transcript = bytes(&handover["session_transcript"]);
        assert_eq!(said_in(transcript.clone())["outcome"], "accept", "{name}");
        let hash = sha256(&[&bytes(&handover["hashed"])]);
        assert_eq!(hash, bytes(&handover["hash"]), "{name}");
        assert!(transcript.ends_with(&hash), "{name}");
        *transcript.last_mut().unwrap() ^= 1;
        assert_eq!(
            said_in(transcript)["reason"],
            "holder.proof_invalid",
            "{name}"
        );
        kinds.insert((
            vector["envelope_challenge"].is_null(),
            vector["envelope_purpose"].is_null(),
        ));
    }
    assert_eq!(kinds.len(), 4, "challenge or none, purpose or none");
}

#[test]
fn the_device_signature_is_over_the_bytes_in_the_file() {
    let file = file();
    // An uncompressed point: x and y are the last two members of the COSE_Key.
    let key = bytes(&file["device"]["cose_key"]);
    let (y, x) = (&key[key.len() - 32..], &key[key.len() - 67..key.len() - 35]);
    let point = [&[4], x, y].concat();
    let secret = bytes(&file["device"]["private_key"]);
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, &secret, &point).unwrap();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point);
    let mut checked = 0;
    for vector in vectors(&file, "presentations", 7) {
        if vector["format"] != "mdoc" {
            continue;
        }
        let authentication = bytes(&vector["handover"]["device_authentication_bytes"]);
        // Sig_structure (RFC 9052 section 4.4), with {1: -7} as the protected header.
        let length = u16::try_from(authentication.len()).unwrap();
        let structure = [
            b"\x84\x6aSignature1\x43\xa1\x01\x26\x40".as_slice(),
            &match length {
                0..256 => vec![0x58, u8::try_from(length).unwrap()],
                _ => [&[0x59], length.to_be_bytes().as_slice()].concat(),
            },
            &authentication,
        ];
        let signature = bytes(&vector["device_signature"]);
        key.verify(&structure.concat(), &signature).unwrap();
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn a_token_says_what_stands_beside_it() {
    let file = file();
    let tokens = vectors(&file, "presentations", 7).iter();
    let tokens: Vec<&Json> = tokens.filter(|one| one["format"] == "sd-cwt").collect();
    for vector in &tokens {
        let payload = bytes(&vector["payload"]);
        assert_eq!(third(&bytes(&vector["body"])), payload);
        let nonce =
            (!vector["cnonce"].is_null()).then(|| (39, Value::Bytes(bytes(&vector["cnonce"]))));
        let claims = [
            Some((3, Value::Text(text(&vector["aud"]).to_owned()))),
            Some((6, Value::from(int(&vector["iat"])))),
            Some((7, Value::Bytes(bytes(&vector["cti"])))),
            nonce,
        ];
        assert_eq!(
            entries(&payload),
            claims.into_iter().flatten().collect::<Vec<_>>()
        );
    }
    assert_eq!(tokens.len(), 3);
}

#[test]
fn what_is_refused_and_every_name_gets_what_the_file_says() {
    let file = file();
    let refused = vectors(&file, "refused", 30);
    for vector in refused.iter().chain(vectors(&file, "names", 5)) {
        let (name, desk) = (&vector["name"], &vector["desk"]);
        let mut judge = judge(&file, desk);
        if vector["again"] == true {
            let first = said_to(&mut judge, text(&vector["text"]), desk);
            assert_eq!(first["outcome"], "accept", "{name}");
        }
        assert_says(
            &said_to(&mut judge, text(&vector["text"]), desk),
            desk,
            name,
        );
    }
    assert!(refused.iter().all(|one| one["desk"]["outcome"] != "accept"));
    println!("figure specification.refused {}", refused.len());
}

/// The page's section on the vectors prints three of them.
#[test]
fn what_the_page_prints_is_in_the_file() {
    let file = file();
    let page = std::fs::read_to_string(root().join("docs/optical-presentation.md")).unwrap();
    let (_, section) = page.split_once("\n## 7. Test vectors\n").unwrap();
    let handover = &vectors(&file, "presentations", 7)[1]["handover"];
    let printed = [
        &handover["hashed"],
        &handover["hash"],
        &named(vectors(&file, "challenges", 1), &json!("displayed"))["hash"],
        &named(vectors(&file, "parts", 1), &json!("short"))["message"],
        &vectors(&file, "parts", 1)[0]["parts"][0],
    ];
    let blocks: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
    let lines: Vec<&str> = blocks.iter().flat_map(|block| block.lines()).collect();
    for value in printed {
        assert!(lines.contains(&text(value)), "{value}");
    }
    let values = lines.iter().filter(|line| line.len() >= 64);
    assert_eq!(values.count(), printed.len(), "nothing else is printed");
}
