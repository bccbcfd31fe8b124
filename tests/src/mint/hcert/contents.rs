//! What is in a health certificate, and what is not.

use super::super::{Draft, abstains, accepts, hook, refuses};
use super::{certificate, vaccination};
use hwagin_training::cbor::{bytes, encode, int, map, text};
use hwagin_training::{Hcert, HcertKind, Value};

const MALFORMED: &str = "format.malformed";
const UNSUPPORTED: &str = "format.unsupported";
const TWICE: &str = "format.duplicate_key";

/// The claim that certificates stand in.
const HCERT: i64 = -260;

pub(super) fn drafts() -> Vec<Draft> {
    [accepted(), kinds(), entries(), encodings(), purposes()]
        .into_iter()
        .flatten()
        .collect()
}

/// A vaccination with this in its place of the certificates.
fn holding(draft: Draft, certificates: Value) -> Draft {
    vaccination(draft, |h| h.cwt.set(HCERT, certificates))
}

/// The members of a certificate, to be changed.
fn members(h: &mut Hcert) -> &mut Vec<(Value, Value)> {
    h.certificate().unwrap().as_map_mut().unwrap()
}

fn accepted() -> Vec<Draft> {
    vec![
        vaccination(
            accepts("accept/hcert-without-country", "iss is optional (3.3.3)"),
            |h| h.cwt.remove(1),
        ),
        vaccination(
            accepts(
                "accept/hcert-unknown-members",
                "what a later schema adds is counted, not shown",
            ),
            |h| {
                h.cwt.claims.push((int(-70_000), text("more")));
                members(h).push((text("more"), int(1)));
            },
        )
        .surplus(15),
        vaccination(
            accepts("accept/hcert-name-of-another-script", "as it was signed"),
            |h| rename(h, "ΔΕΙΓΜΑ"),
        ),
        vaccination(
            accepts(
                "accept/hcert-name-from-right-to-left",
                "text is text; the window draws it and nothing else",
            ),
            |h| rename(h, "نموذج"),
        ),
        vaccination(
            accepts(
                "accept/hcert-name-in-two-forms",
                "a letter and its mark apart (NFD): to be shown alike",
            ),
            |h| rename(h, "SPE\u{301}CIMEN"),
        ),
    ]
}

fn rename(h: &mut Hcert, name: &str) {
    let entries = super::super::entry(h.certificate().unwrap(), "nam");
    *super::super::entry(entries, "fn") = text(name);
}

fn kinds() -> Vec<Draft> {
    let of = |number: i64, inside: Value| Value::Map(vec![(int(number), inside)]);
    let unknown =
        |name, why, number: i64| holding(abstains(UNSUPPORTED, name, why), of(number, map([])));
    let bad = |name, why, value| holding(abstains(MALFORMED, name, why), value);
    let link = Value::Array(vec![map([("u", text("shlink:/eyJ1cmwiOiJodHRwczovL2Eu"))])]);
    vec![
        unknown("hcert/kind-2", "no kind of the WHO's list", 2),
        unknown("hcert/kind-6", "the number without its sign", 6),
        unknown("hcert/kind-minus-1", "negative ones are for trials", -1),
        holding(
            abstains(
                UNSUPPORTED,
                "hcert/health-link",
                "data that is elsewhere: the link is followed by nobody here",
            ),
            of(5, link),
        ),
        holding(
            abstains(UNSUPPORTED, "hcert/kind-as-text", "kinds have numbers"),
            map([("1", map([]))]),
        ),
        bad(
            "hcert/certificates-as-bytes",
            "a map, and not its encoding",
            bytes(&encode(&of(1, map([])))),
        ),
        bad(
            "hcert/certificate-as-bytes",
            "a map, and not its encoding",
            of(1, bytes(&encode(&map([])))),
        ),
        bad(
            "hcert/certificate-as-array",
            "one and not several",
            of(3, Value::Array(vec![map([])])),
        ),
        bad("hcert/no-kind", "nothing in it", Value::Map(vec![])),
        bad(
            "hcert/two-kinds",
            "which of the two is meant?",
            Value::Map(vec![(int(1), map([])), (int(3), map([]))]),
        ),
        vaccination(
            abstains(MALFORMED, "hcert/without-certificate", "some other CWT"),
            |h| h.cwt.remove(HCERT),
        ),
        certificate(
            abstains(MALFORMED, "hcert/light-as-bytes", "a map"),
            HcertKind::Light,
            |h| h.cwt.set(-250, bytes(&[0xa0])),
        ),
    ]
}

fn entries() -> Vec<Draft> {
    let changed = |name, why, change: fn(&mut Vec<(Value, Value)>)| {
        vaccination(abstains(MALFORMED, name, why), |h| change(members(h)))
    };
    let again = |members: &mut Vec<(Value, Value)>, kinds: &[&str]| {
        let entry = members.last().unwrap().1.clone();
        members.extend(kinds.iter().map(|kind| (text(kind), entry.clone())));
    };
    let all = move |h: &mut Hcert, kinds: &[&str]| again(members(h), kinds);
    vec![
        changed("hcert/no-entry", "neither of the three", |members| {
            members.retain(|(key, _)| *key != text("v"));
        }),
        changed("hcert/entry-null", "neither of the three", |members| {
            members.last_mut().unwrap().1 = Value::Null;
        }),
        changed("hcert/entries-empty", "an entry at least", |members| {
            members.last_mut().unwrap().1 = Value::Array(vec![]);
        }),
        changed("hcert/entry-without-list", "a list of one", |members| {
            members.last_mut().unwrap().1 = map([("ci", text("URN:UVCI:01:ZZ:1"))]);
        }),
        changed("hcert/entries-mixed", "each is a map", |members| {
            let entries = members.last_mut().unwrap().1.as_array_mut().unwrap();
            entries.push(int(1));
        }),
        changed("hcert/too-many-members", "above 128", |members| {
            members.extend((0..130).map(|number| (Value::Text(format!("m{number}")), int(1))));
        }),
        changed(
            "hcert/key-as-bytes",
            "keys are text or numbers",
            |members| {
                members.push((bytes(b"more"), int(1)));
            },
        ),
        vaccination(
            abstains(MALFORMED, "hcert/two-kinds-of-entry", "one of the three"),
            |h| all(h, &["t"]),
        ),
        vaccination(
            abstains(MALFORMED, "hcert/three-kinds-of-entry", "one of the three"),
            |h| all(h, &["t", "r"]),
        ),
    ]
}

fn encodings() -> Vec<Draft> {
    let claims =
        |draft, change: fn(&mut Value)| vaccination(draft, |h| h.cwt.hooks.claims = hook(change));
    let payload = |name, why, change: fn(&mut Vec<u8>)| {
        vaccination(abstains(MALFORMED, name, why), |h| {
            h.cwt.hooks.claims_bytes = hook(change);
        })
    };
    let message = |name, why, change: fn(&mut Vec<u8>)| {
        vaccination(abstains(MALFORMED, name, why), |h| {
            h.cwt.hooks.token_bytes = hook(change);
        })
    };
    vec![
        claims(
            refuses(TWICE, "hcert/two-ends", "which of the two counts?"),
            |claims| claims.as_map_mut().unwrap().push((int(4), int(0))),
        ),
        claims(
            refuses(TWICE, "hcert/two-certificates", "which of the two counts?"),
            |claims| {
                let claims = claims.as_map_mut().unwrap();
                claims.push(claims.last().unwrap().clone());
            },
        ),
        vaccination(
            refuses(TWICE, "hcert/two-names", "which of the two is shown?"),
            |h| {
                let members = members(h);
                members.push((text("dob"), text("1970-01-01")));
            },
        ),
        payload("hcert/claims-array", "claims are a map", |bytes| {
            *bytes = vec![0x80];
        }),
        payload("hcert/claims-followed-by-a-byte", "one item", |bytes| {
            bytes.push(0);
        }),
        payload("hcert/claims-cut", "half of them", |bytes| {
            bytes.truncate(bytes.len() / 2);
        }),
        payload("hcert/depth-bomb", "24 levels are taken", |bytes| {
            *bytes = [vec![0xa1, 0x04], vec![0x81; 8_000], vec![0x00]].concat();
        }),
        payload("hcert/huge-map", "2^64 - 1 claims, it says", |bytes| {
            bytes.splice(0..1, [0xbb, 255, 255, 255, 255, 255, 255, 255, 255]);
        }),
        payload("hcert/huge-text", "2^63 letters, it says", |bytes| {
            *bytes = [0xa1, 0x01, 0x7b, 128, 0, 0, 0, 0, 0, 0, 0].to_vec();
        }),
        message("hcert/followed-by-a-byte", "one message", |bytes| {
            bytes.push(0);
        }),
        message("hcert/cut", "half a message", |bytes| {
            bytes.truncate(bytes.len() / 2);
        }),
        message("hcert/message-depth-bomb", "24 levels", |bytes| {
            *bytes = vec![0x81; 8_000];
        }),
        message("hcert/message-tag-bomb", "24 levels", |bytes| {
            *bytes = vec![0xd2; 8_000];
        }),
        message("hcert/message-huge-array", "2^64 - 1 parts", |bytes| {
            bytes.splice(1..2, [0x9b, 255, 255, 255, 255, 255, 255, 255, 255]);
        }),
    ]
}

fn purposes() -> Vec<Draft> {
    vec![
        certificate(
            refuses(
                "purpose.type_not_accepted",
                "hcert/test-where-a-vaccination-is-asked",
                "another kind of certificate",
            ),
            HcertKind::Test,
            |_| {},
        )
        .purpose("vaccination"),
        certificate(
            refuses(
                "purpose.type_not_accepted",
                "hcert/ddcc-where-a-vaccination-is-asked",
                "the WHO's is another kind",
            ),
            HcertKind::DdccVs,
            |_| {},
        )
        .purpose("vaccination"),
        vaccination(
            abstains(
                "status.missing",
                "hcert/where-a-status-is-asked",
                "it names none",
            ),
            |_| {},
        )
        .purpose("hospital-reception"),
        vaccination(
            abstains(
                "purpose.attribute_missing",
                "hcert/name-missing",
                "the purpose asks for it",
            ),
            |h| {
                members(h).retain(|(key, _)| *key != text("nam"));
            },
        ),
        vaccination(
            abstains(
                "purpose.attribute_missing",
                "hcert/name-as-number",
                "a name is text",
            ),
            |h| {
                let names = super::super::entry(h.certificate().unwrap(), "nam");
                *super::super::entry(names, "fn") = int(1);
            },
        ),
    ]
}
