//! Texts that are no challenge, or none for now.

use hwagin_training::cbor::{bytes, encode, int, raw, text};
use hwagin_training::challenge::Question;
use hwagin_training::cose::{AlgHeader, Signature};
use hwagin_training::x509::{Extension, oid};
use hwagin_training::{Authority, Key, KeyKind, Packing, Value};
use serde_json::{Value as Json, json};

use super::MADE;
use super::challenges::{Challenges, DESK};

/// It is no challenge.
const NONE: &str = "no challenge";
/// It has ended.
const ENDED: &str = "ended";
/// It is of a time to come.
const AHEAD: &str = "ahead";

/// Name, when it is read, what it is, and what was done to a sound one.
type Row = (&'static str, i64, &'static str, fn(&mut Question));

pub(super) fn all(authority: &Authority, asked: &Challenges) -> Vec<Json> {
    let rows = [&TIMES[..], &NAMES, &PAYLOADS, &MESSAGES, &TEXTS];
    let rows = rows.into_iter().flatten();
    rows.map(|(name, at, verdict, change)| {
        let mut question = asked.question();
        change(&mut question);
        let made = authority.ask(&question);
        json!({
            "name": name,
            "at": at,
            "verdict": verdict,
            "text": made.text,
        })
    })
    .collect()
}

const TIMES: [Row; 7] = [
    ("at-its-end", MADE + 120, ENDED, |_| {}),
    // It is read before both.
    ("exp-before-iat", MADE - 30, ENDED, |q| q.exp = q.iat - 1),
    ("made-61-seconds-ahead", MADE - 61, AHEAD, |_| {}),
    ("displayed-for-301-seconds", MADE, NONE, |q| {
        q.exp = q.iat + 301;
    }),
    ("printed-with-nonce", MADE, NONE, |q| {
        q.exp = q.iat + 365 * 86_400;
    }),
    ("printed-for-366-days-and-a-second", MADE, NONE, |q| {
        q.nonce = None;
        q.exp = q.iat + 366 * 86_400 + 1;
    }),
    ("time-as-text", MADE, NONE, |q| {
        replace(q, 3, text("2026-11-26"));
    }),
];

const NAMES: [Row; 7] = [
    ("desk-of-81-letters", MADE, NONE, |q| {
        q.rename(&"x".repeat(81), DESK.1);
    }),
    ("desk-empty", MADE, NONE, |q| q.rename("", DESK.1)),
    ("desk-unlike-the-certificate", MADE, NONE, |q| {
        q.desk = "창구 4".to_owned();
    }),
    ("organisation-unlike-the-certificate", MADE, NONE, |q| {
        q.organisation = "다른 은행".to_owned();
    }),
    ("certificate-of-a-document-signer", MADE, NONE, |q| {
        q.certificate
            .replace(Extension::extended_key_usage(&[oid::MDL_DOCUMENT_SIGNER]));
    }),
    ("certificate-without-usage", MADE, NONE, |q| {
        q.certificate.remove(oid::EXTENDED_KEY_USAGE);
    }),
    ("certificate-of-p-384", MADE, NONE, |q| {
        q.certificate.key = Key::new(KeyKind::P384, "desk");
        q.sign1.alg = AlgHeader::Protected(int(-7));
    }),
];

const PAYLOADS: [Row; 13] = [
    ("key-10", MADE, NONE, |q| replace(q, 10, int(1))),
    ("without-purpose", MADE, NONE, |q| {
        q.payload = Some(Box::new(|payload| remove(payload, 6)));
    }),
    ("key-twice", MADE, NONE, |q| {
        q.payload = Some(Box::new(|payload| {
            if let Value::Map(entries) = payload {
                entries.insert(7, (int(7), int(1)));
            }
        }));
    }),
    ("keys-in-another-order", MADE, NONE, |q| {
        q.payload = Some(Box::new(|payload| {
            if let Value::Map(entries) = payload {
                entries.reverse();
            }
        }));
    }),
    ("number-longer-than-it-has-to-be", MADE, NONE, |q| {
        replace(q, 7, raw(vec![0x18, 1]));
    }),
    ("nonce-of-15-bytes", MADE, NONE, |q| {
        q.nonce = Some(vec![9; 15]);
    }),
    ("nonce-null", MADE, NONE, |q| replace(q, 1, Value::Null)),
    ("label-without-english", MADE, NONE, |q| {
        q.label.retain(|(language, _)| language != "en");
    }),
    ("without-items", MADE, NONE, |q| q.items.clear()),
    ("namespaces-empty", MADE, NONE, |q| {
        q.items.iter_mut().for_each(|(_, spaces)| spaces.clear());
    }),
    ("namespace-without-elements", MADE, NONE, |q| {
        let spaces = q.items.iter_mut().flat_map(|(_, spaces)| spaces);
        spaces.for_each(|(_, elements)| elements.clear());
    }),
    ("document-type-twice", MADE, NONE, |q| {
        q.items.extend(q.items.clone());
    }),
    ("intent-to-retain", MADE, NONE, |q| {
        q.payload_bytes = Some(Box::new(|payload| {
            // The last byte of all is the last element's false.
            if let Some(last) = payload.last_mut() {
                *last = 0xf5;
            }
        }));
    }),
];

const MESSAGES: [Row; 10] = [
    ("signature-altered", MADE, NONE, |q| {
        q.sign1.signature = Signature::Flipped;
    }),
    ("signature-of-der-form", MADE, NONE, |q| {
        q.sign1.signature = Signature::Der;
    }),
    ("payload-altered", MADE, NONE, |q| {
        q.message = Some(Box::new(|message| {
            if let Value::Tag(_, parts) = message
                && let Some(Value::Bytes(payload)) =
                    parts.as_array_mut().and_then(|parts| parts.get_mut(2))
                && let Some(nonce) = payload.get_mut(3)
            {
                *nonce ^= 1;
            }
        }));
    }),
    ("another-typ", MADE, NONE, |q| {
        q.sign1.protected = vec![(int(16), text("application/cwt"))];
    }),
    ("another-alg", MADE, NONE, |q| {
        q.sign1.alg = AlgHeader::Protected(int(-35));
    }),
    ("header-that-is-not-listed", MADE, NONE, |q| {
        q.sign1.protected.push((int(4), bytes(&[1])));
    }),
    ("unprotected-header", MADE, NONE, |q| {
        q.sign1.unprotected.push((int(4), bytes(&[1])));
    }),
    ("chain-of-one-as-array", MADE, NONE, |q| {
        q.sign1.chain_as_array = true;
    }),
    ("untagged", MADE, NONE, |q| q.sign1.tags.clear()),
    ("followed-by-a-byte", MADE, NONE, |q| {
        q.message = Some(Box::new(|message| {
            let mut whole = encode(message);
            whole.push(0);
            *message = raw(whole);
        }));
    }),
];

const TEXTS: [Row; 4] = [
    ("of-a-later-version", MADE, NONE, |q| {
        q.text = Some(Box::new(|text| *text = text.replacen("HWC1:", "HWC2:", 1)));
    }),
    ("of-lower-case", MADE, NONE, |q| {
        q.text = Some(Box::new(|text| *text = text.to_ascii_lowercase()));
    }),
    ("of-a-presentation", MADE, NONE, |q| {
        q.text = Some(Box::new(|text| *text = text.replacen("HWC1:", "HWG1:", 1)));
    }),
    ("base45-of-a-length-that-cannot-be", MADE, NONE, |q| {
        q.packing = Packing::Plain;
        q.text = Some(Box::new(|text| {
            while text.len() % 3 != 0 {
                text.push('0');
            }
        }));
    }),
];

/// Puts this value under a key of the payload, last where there is none.
fn replace(question: &mut Question, key: i64, value: Value) {
    question.payload = Some(Box::new(move |payload| {
        if let Value::Map(entries) = payload {
            match entries.iter_mut().find(|(known, _)| *known == int(key)) {
                Some((_, old)) => old.clone_from(&value),
                None => entries.push((int(key), value.clone())),
            }
        }
    }));
}

/// Takes the entry out.
fn remove(payload: &mut Value, key: i64) {
    if let Value::Map(entries) = payload {
        entries.retain(|(known, _)| *known != int(key));
    }
}
