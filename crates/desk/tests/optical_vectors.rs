//! The vectors of the optical presentation (docs/data/optical-vectors.json), read as anybody may read
//! them: the desk says of each what the file says, and the bytes in it are what the page has.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::path::Path;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};
use data_encoding::HEXLOWER;
use hwagin_desk::knowledge::Asked;
use hwagin_desk::view::VerdictView;
use hwagin_desk::{Judge, Knowledge, Read, Sources};
use hwagin_training::{Challenge, ChallengeFlaw};
use hwagin_verifier::holder::{ProofId, Replays};
use hwagin_verifier::transport::Taken;
use hwagin_verifier::{Assembler, At, Payload, Reason, Session, UnixTime};
use serde_json::{Value as Json, json};

fn at(seconds: i64) -> At {
    At::utc(UnixTime(seconds))
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file() -> Json {
    let path = root().join("docs/data/optical-vectors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The vectors of this kind; there are at least so many.
fn vectors<'a>(file: &'a Json, kind: &str, least: usize) -> &'a [Json] {
    let all = file[kind].as_array().unwrap();
    assert!(all.len() >= least, "{kind}: {}", all.len());
    all
}

fn named<'a>(vectors: &'a [Json], name: &Json) -> &'a Json {
    vectors.iter().find(|one| one["name"] == *name).unwrap()
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value}"))
}

fn int(value: &Json) -> i64 {
    value.as_i64().unwrap()
}

fn bytes(value: &Json) -> Vec<u8> {
    HEXLOWER.decode(text(value).as_bytes()).unwrap()
}

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    digest(&SHA256, &parts.concat()).as_ref().to_vec()
}

/// What stands behind the packing byte.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    match packed {
        [0, body @ ..] => body.to_vec(),
        [1, zlib @ ..] => miniz_oxide::inflate::decompress_to_vec_zlib(zlib).unwrap(),
        _ => panic!("no packing"),
    }
}

/// A desk as it comes, which asked what this vector says.
fn judge(file: &Json, desk: &Json) -> Judge {
    let moment = at(int(&desk["at"]));
    let mut judge = Judge::new(Knowledge::load(&Sources::default(), moment), moment);
    if !desk["challenge"].is_null() {
        let asked = named(vectors(file, "challenges", 1), &desk["challenge"]);
        judge.ask(vec![
            hwagin_desk::challenge::read(text(&asked["text"])).unwrap(),
        ]);
    }
    judge
}

fn view(judge: &Judge, read: &Read, desk: &Json) -> VerdictView {
    let purpose = judge.knowledge().purpose(text(&desk["purpose"])).unwrap();
    match read {
        Read::Judged(judged) => {
            let moment = at(int(&desk["at"]));
            judged.view(purpose, &Asked::default(), judge.knowledge(), moment)
        }
        Read::Hint(hint) => panic!("{}", hint.code()),
    }
}

/// What the desk says to a payload, or to why there is none.
fn said(judge: &mut Judge, payload: Result<&Payload, Reason>, desk: &Json) -> Json {
    let purpose = judge
        .knowledge()
        .purpose(text(&desk["purpose"]))
        .unwrap()
        .clone();
    let moment = at(int(&desk["at"]));
    let read = judge.judge_payload(payload, &purpose, &Asked::default(), moment);
    serde_json::to_value(view(judge, &read, desk)).unwrap()
}

/// What the desk says to a symbol with this text.
fn said_to(judge: &mut Judge, symbol: &str, desk: &Json) -> Json {
    let purpose = judge
        .knowledge()
        .purpose(text(&desk["purpose"]))
        .unwrap()
        .clone();
    let moment = at(int(&desk["at"]));
    let read = judge.judge(symbol.as_bytes(), &purpose, &Asked::default(), moment);
    serde_json::to_value(view(judge, &read, desk)).unwrap()
}

/// It says what the vector says, down to each value shown.
fn assert_says(verdict: &Json, desk: &Json, name: &Json) {
    assert_eq!(verdict["outcome"], desk["outcome"], "{name}: {verdict}");
    assert_eq!(verdict["reason"], desk["reason"], "{name}");
    if desk["outcome"] == "accept" {
        let accepted = &verdict["accepted"];
        assert_eq!(accepted["binding"], desk["binding"], "{name}");
        let claims = accepted["claims"].as_array().unwrap().iter();
        let claims = claims.map(|claim| (text(&claim["name"]).to_owned(), claim["text"].clone()));
        let claims: serde_json::Map<String, Json> = claims.collect();
        assert_eq!(Json::Object(claims), desk["shows"], "{name}");
    }
}

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
    let packings: std::collections::BTreeSet<u8> = packings.collect();
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
    let mut kinds = std::collections::BTreeSet::new();
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
fn parts_give_the_message_also_where_one_of_four_was_lost() {
    let file = file();
    let presentations = vectors(&file, "presentations", 7);
    for vector in vectors(&file, "parts", 2) {
        let name = &vector["name"];
        let parts = vectors(vector, "parts", 6);
        let count = usize::try_from(int(&vector["count"])).unwrap();
        assert_eq!(parts.len(), 2 * count, "{name}");
        let all: Vec<&Json> = parts.iter().collect();
        let lossy = parts.iter().enumerate().filter(|(place, _)| place % 4 != 1);
        let lossy: Vec<&Json> = lossy.map(|(_, part)| part).collect();
        for order in [all, lossy] {
            let mut assembler = Assembler::new();
            let payload = order.iter().find_map(|part| {
                match assembler.take(text(part).as_bytes(), Duration::ZERO) {
                    Ok(Taken::Presentation(payload)) => Some(payload),
                    Ok(Taken::Part) => None,
                    _ => panic!("{part}"),
                }
            });
            let payload = payload.unwrap();
            let body = unpacked(&bytes(&vector["packed"]));
            assert_eq!(payload.length(), body.len(), "{name}");
            if !vector["presentation"].is_null() {
                let desk = &named(presentations, &vector["presentation"])["desk"];
                assert_says(
                    &said(&mut judge(&file, desk), Ok(&payload), desk),
                    desk,
                    name,
                );
            }
        }
    }
}

#[test]
fn parts_that_come_to_nothing_are_told_so() {
    let file = file();
    for vector in vectors(&file, "refused_parts", 4) {
        let mut assembler = Assembler::new();
        let parts = vectors(vector, "parts", 1);
        let taken = parts
            .iter()
            .map(|part| assembler.take(text(part).as_bytes(), Duration::ZERO));
        let reason = taken.filter_map(Result::err).last().map(Reason::code);
        assert_eq!(json!(reason), vector["reason"], "{}", vector["name"]);
        if reason.is_none() {
            assert_eq!(usize::try_from(assembler.damaged()).unwrap(), parts.len());
            assert!(assembler.progress().is_none());
        }
    }
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

#[test]
fn every_challenge_is_what_the_file_says_to_desk_and_phone() {
    let file = file();
    for vector in vectors(&file, "challenges", 5) {
        let name = &vector["name"];
        let asked = hwagin_desk::challenge::read(text(&vector["text"])).unwrap();
        let body = bytes(&vector["body"]);
        assert_eq!(asked.hash[..], sha256(&[&body]), "{name}");
        assert_eq!(asked.hash[..], bytes(&vector["hash"]), "{name}");
        assert_eq!(json!(asked.purpose), vector["purpose"], "{name}");
        assert_eq!(asked.ends.0, int(&vector["exp"]), "{name}");
        assert_eq!(json!(asked.is_displayed), vector["displayed"], "{name}");
        let holds = |part: &Json| {
            let part = bytes(part);
            body.windows(part.len()).any(|window| window == part)
        };
        assert!(
            holds(&vector["payload"]) && holds(&vector["certificate"]),
            "{name}"
        );
        let read = Challenge::read(text(&vector["text"]), int(&vector["at"])).unwrap();
        assert_eq!(
            json!([read.desk, read.organisation]),
            json!([vector["desk"], vector["organisation"]])
        );
        let types = read.items.iter().map(|(doc_type, _)| doc_type.as_str());
        let items = vector["items"].as_array().unwrap().iter();
        assert!(types.eq(items.map(|item| text(&item["docType"]))), "{name}");
    }
}

#[test]
fn what_is_no_challenge_is_none_to_the_phone() {
    let file = file();
    let mut told = std::collections::BTreeSet::new();
    for vector in vectors(&file, "refused_challenges", 35) {
        let verdict = match Challenge::read(text(&vector["text"]), int(&vector["at"])) {
            Ok(_) => "challenge",
            Err(ChallengeFlaw::Ended) => "ended",
            Err(ChallengeFlaw::Ahead) => "ahead",
            Err(_) => "no challenge",
        };
        assert_eq!(json!(verdict), vector["verdict"], "{}", vector["name"]);
        told.insert(verdict);
    }
    assert_eq!(told.len(), 3);
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
