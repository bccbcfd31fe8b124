//! What is in a pass, and when it is good.

use super::super::{Draft, abstains, accepts, entry, hook, refuses, without};
use super::pass;
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, map, tagged, text};
use hwagin_training::{DAY, Nzcp, Value};

const MALFORMED: &str = "format.malformed";
const UNSUPPORTED: &str = "format.unsupported";

/// The claims that have numbers.
const EXP: i64 = 4;
const NBF: i64 = 5;
const CTI: i64 = 7;

pub(super) fn drafts() -> Vec<Draft> {
    [accepted(), credentials(), encodings(), times(), purposes()]
        .into_iter()
        .flatten()
        .collect()
}

/// The credential in a pass.
fn vc(n: &mut Nzcp) -> &mut Value {
    n.cwt.claim(&text("vc")).unwrap()
}

fn accepted() -> Vec<Draft> {
    vec![
        pass(
            accepts("accept/nzcp-id-under-tag-37", "as the specification has it"),
            |n| n.cwt.set(CTI, tagged(37, bytes(&[7; 16]))),
        ),
        pass(
            accepts(
                "accept/nzcp-id-under-tag-64",
                "as one published pass has it",
            ),
            |n| n.cwt.set(CTI, tagged(64, bytes(&[7; 16]))),
        ),
        pass(
            accepts("accept/nzcp-unknown-members", "counted, not shown"),
            |n| {
                n.cwt.claims.push((int(-70_000), text("more")));
                let subject = entry(vc(n), "credentialSubject");
                subject
                    .as_map_mut()
                    .unwrap()
                    .push((text("more"), text("more")));
            },
        )
        .surplus(2),
        pass(
            accepts("accept/nzcp-name-in-maori", "long vowels are letters"),
            |n| {
                let subject = entry(vc(n), "credentialSubject");
                *entry(subject, "familyName") = text("TĀMATI");
            },
        ),
    ]
}

fn credentials() -> Vec<Draft> {
    let malformed = |name, why, change: fn(&mut Nzcp)| pass(abstains(MALFORMED, name, why), change);
    let types = |name, why, types: Value| {
        pass(abstains(UNSUPPORTED, name, why), |n| {
            *entry(vc(n), "type") = types;
        })
    };
    vec![
        types(
            "nzcp/another-type",
            "a credential, and no pass",
            Value::Array(vec![text("VerifiableCredential"), text("Diploma")]),
        ),
        types(
            "nzcp/type-in-another-case",
            "compared exactly",
            Value::Array(vec![text("VerifiableCredential"), text("publicCovidPass")]),
        ),
        types("nzcp/no-type", "an empty list", Value::Array(vec![])),
        malformed("nzcp/type-as-text", "a list of two", |n| {
            *entry(vc(n), "type") = text("PublicCovidPass");
        }),
        malformed("nzcp/without-type", "a list of two", |n| {
            without(vc(n), "type");
        }),
        malformed("nzcp/without-id", "2.1: cti has to be there", |n| {
            n.cwt.remove(CTI);
        }),
        malformed("nzcp/without-begin", "2.1: nbf has to be there", |n| {
            n.cwt.remove(NBF);
        }),
        pass(
            abstains(
                UNSUPPORTED,
                "nzcp/credential-of-version-2",
                "2.3: this is 1.0.0",
            ),
            |n| *entry(vc(n), "version") = text("2.0.0"),
        ),
        malformed("nzcp/without-credential", "some other CWT", |n| {
            n.cwt.claims.retain(|(key, _)| *key != text("vc"));
        }),
        malformed("nzcp/credential-as-bytes", "a map", |n| {
            *vc(n) = bytes(&[0xa0]);
        }),
        malformed("nzcp/credential-under-a-number", "the text `vc`", |n| {
            let entry = n.cwt.claims.iter_mut().find(|(key, _)| *key == text("vc"));
            entry.unwrap().0 = int(-65_537);
        }),
        malformed("nzcp/without-subject", "whose pass?", |n| {
            without(vc(n), "credentialSubject");
        }),
        malformed("nzcp/subject-as-array", "one map", |n| {
            *entry(vc(n), "credentialSubject") = Value::Array(vec![]);
        }),
        malformed("nzcp/subject-with-number", "names are text", |n| {
            let subject = entry(vc(n), "credentialSubject");
            subject.as_map_mut().unwrap().push((int(1), int(1)));
        }),
    ]
}

fn encodings() -> Vec<Draft> {
    let message = |name, why, change: fn(&mut Vec<u8>)| {
        pass(abstains(MALFORMED, name, why), |n| {
            n.hooks.body = hook(change);
        })
    };
    let payload = |name, why, change: fn(&mut Vec<u8>)| {
        pass(abstains(MALFORMED, name, why), |n| {
            n.cwt.hooks.claims_bytes = hook(change);
        })
    };
    vec![
        pass(
            refuses(
                "format.duplicate_key",
                "nzcp/two-ends",
                "which of the two counts?",
            ),
            |n| n.cwt.claims.push((int(EXP), int(0))),
        ),
        payload("nzcp/claims-followed-by-a-byte", "one item", |bytes| {
            bytes.push(0);
        }),
        payload("nzcp/depth-bomb", "24 levels are taken", |bytes| {
            *bytes = [vec![0xa1, 0x04], vec![0x81; 2_000], vec![0x00]].concat();
        }),
        payload("nzcp/huge-map", "2^64 - 1 claims, it says", |bytes| {
            bytes.splice(0..1, [0xbb, 255, 255, 255, 255, 255, 255, 255, 255]);
        }),
        message("nzcp/followed-by-a-byte", "one message", |bytes| {
            bytes.push(0);
        }),
        message("nzcp/cut", "half a message", |bytes| {
            bytes.truncate(bytes.len() / 2);
        }),
        message("nzcp/compressed", "a pass is not", |bytes| {
            bytes.splice(0..0, [0x78, 0xda]);
        }),
    ]
}

fn times() -> Vec<Draft> {
    let with = |draft, claim, value: i64| pass(draft, |n| n.cwt.set(claim, int(value)));
    let expired = |name, why, value| with(refuses("validity.expired", name, why), EXP, value);
    let not_yet = |name, why, value| with(refuses("validity.not_yet", name, why), NBF, value);
    vec![
        expired("nzcp/expired", "yesterday", AT - DAY),
        expired("nzcp/expires-now", "2.1: now has to be before it", AT),
        with(
            accepts("accept/nzcp-ends-in-a-second", "not now"),
            EXP,
            AT + 1,
        )
        .cautions(&["holder_not_proven", "ending_soon", "no_status"]),
        not_yet("nzcp/not-yet", "tomorrow", AT + DAY),
        not_yet("nzcp/not-yet-for-a-second", "soon", AT + 1),
        with(
            accepts("accept/nzcp-begins-now", "2.1: after or equal"),
            NBF,
            AT,
        ),
        pass(
            refuses(
                "validity.window_missing",
                "nzcp/without-end",
                "2.1: exp has to be there",
            ),
            |n| n.cwt.remove(EXP),
        ),
        pass(abstains(MALFORMED, "nzcp/end-as-text", "a number"), |n| {
            n.cwt.set(EXP, text("2030-01-01T00:00:00Z"))
        }),
    ]
}

fn purposes() -> Vec<Draft> {
    let subject =
        |draft, change: fn(&mut Value)| pass(draft, |n| change(entry(vc(n), "credentialSubject")));
    vec![
        pass(
            refuses(
                "purpose.type_not_accepted",
                "nzcp/where-a-vaccination-is-asked",
                "a pass does not say of what",
            ),
            |_| {},
        )
        .purpose("vaccination"),
        pass(
            abstains(
                "status.missing",
                "nzcp/where-a-status-is-asked",
                "it names none",
            ),
            |_| {},
        )
        .purpose("hospital-reception"),
        subject(
            abstains(
                "purpose.attribute_missing",
                "nzcp/without-family-name",
                "optional in a pass, and this purpose asks for it",
            ),
            |subject| without(subject, "familyName"),
        ),
        subject(
            abstains(
                "purpose.attribute_missing",
                "nzcp/name-as-map",
                "a name is text",
            ),
            |subject| *entry(subject, "familyName") = map([("value", text("SPECIMEN"))]),
        ),
    ]
}
