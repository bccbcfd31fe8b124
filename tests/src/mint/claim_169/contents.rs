//! What is in an identity document, and when it is good.

use super::super::{Draft, abstains, accepts, hook, refuses};
use super::identity;
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, map, text};
use hwagin_training::issuer::ID_ISSUER;
use hwagin_training::{Claim169, DAY, Portrait, Value, day};

const MALFORMED: &str = "format.malformed";

/// Claims, and the one that holds the attributes.
const EXP: i64 = 4;
const NBF: i64 = 5;
const IAT: i64 = 6;
const IDENTITY: i64 = 169;

pub(super) fn drafts() -> Vec<Draft> {
    [
        attributes(),
        photos(),
        structures(),
        encodings(),
        times(),
        purposes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn attributes() -> Vec<Draft> {
    let sound = |name, why, change: fn(&mut Claim169)| identity(accepts(name, why), change);
    vec![
        sound(
            "accept/claim-169-biometrics",
            "16 keys of templates: counted, never opened",
            Claim169::biometrics,
        )
        .surplus(24),
        sound(
            "accept/claim-169-biometrics-of-any-form",
            "what is never opened is never wrong",
            |c| {
                c.set(50, text("no array"));
                c.set(65, Value::Array(vec![int(1)]));
            },
        )
        .surplus(10),
        sound(
            "accept/claim-169-unknown-keys",
            "24 to 49 and 66 on are nobody's: counted, not shown",
            |c| {
                for key in [24, 49, 66, 99, 1_000, -1] {
                    c.set(key, text("more"));
                }
            },
        )
        .surplus(14),
        sound(
            "accept/claim-169-keys-that-moved",
            "older software numbers 18 to 23 otherwise: not shown",
            |c| (18..=23).for_each(|key| c.set(key, text("more"))),
        )
        .surplus(14),
        sound("accept/claim-169-name-alone", "the least of all", |c| {
            c.cwt
                .set(IDENTITY, Value::Map(vec![(int(4), text("SPECIMEN"))]));
        })
        .surplus(0),
        sound(
            "accept/claim-169-address-of-lines",
            "lines are told apart by their ends",
            |c| c.set(10, text("1 TRAINING STREET\nNOWHERE\nZZ")),
        )
        .surplus(9),
        sound(
            "accept/claim-169-without-name",
            "any attribute can be left out",
            |c| {
                c.remove(4);
            },
        )
        .showing(&[]),
        sound(
            "accept/claim-169-other-claims",
            "sub, cti and one marked not for copy: of the token, not of a person",
            |c| {
                c.cwt.set(2, text("SPECIMEN-000000"));
                c.cwt.set(7, bytes(&[7; 16]));
                c.cwt.claims.push((text("nfc"), Value::Bool(true)));
            },
        )
        .surplus(8),
    ]
}

fn photos() -> Vec<Draft> {
    let shown = |name, why, change: fn(&mut Claim169)| {
        identity(accepts(name, why), change)
            .purpose("identity-document")
            .showing(&["full_name", "birth_date"])
    };
    let missing = |name, why, change: fn(&mut Claim169)| {
        identity(abstains("purpose.attribute_missing", name, why), change)
            .purpose("identity-document")
    };
    vec![
        shown("accept/claim-169-photo", "a face to compare", |_| {}).surplus(6),
        shown("accept/claim-169-large-photo", "4 KB", |c| {
            c.photo(Portrait::Large);
        }),
        shown(
            "accept/claim-169-birth-date-with-hyphens",
            "seen so beside YYYYMMDD",
            |c| c.set(8, text("1999-01-01")),
        ),
        shown(
            "accept/claim-169-photo-and-biometrics",
            "the photo is for eyes, the templates for nobody",
            Claim169::biometrics,
        )
        .surplus(22),
        missing("claim-169/without-photo", "the purpose needs it", |c| {
            c.photo(Portrait::None);
        }),
        missing(
            "claim-169/photo-as-text",
            "a picture is bytes here; how text would code it is not said",
            |c| c.set(16, text("ffd8ffe0")),
        ),
        missing("claim-169/photo-empty", "no picture", |c| {
            c.set(16, bytes(&[]));
        }),
        missing(
            "claim-169/face-template-in-place-of-photo",
            "62 is a biometric",
            |c| {
                c.photo(Portrait::None);
                c.biometrics();
            },
        ),
        missing("claim-169/birth-date-of-no-calendar", "30 February", |c| {
            c.set(8, text("19990230"));
        }),
        missing("claim-169/birth-date-as-number", "it is text", |c| {
            c.set(8, int(19_990_101));
        }),
        missing("claim-169/name-blank", "blanks are no name", |c| {
            c.set(4, text(" "));
        }),
    ]
}

fn structures() -> Vec<Draft> {
    let malformed =
        |name, why, change: fn(&mut Claim169)| identity(abstains(MALFORMED, name, why), change);
    vec![
        malformed("claim-169/without-identity", "some other CWT", |c| {
            c.cwt.remove(IDENTITY);
        }),
        malformed("claim-169/identity-as-bytes", "a map", |c| {
            let data = c.cwt.claim(&int(IDENTITY)).unwrap();
            *data = Value::Bytes(encode(data));
        }),
        malformed("claim-169/identity-as-array", "a map", |c| {
            c.cwt.set(IDENTITY, Value::Array(vec![]));
        }),
        malformed("claim-169/key-as-text", "numbers, not their digits", |c| {
            c.cwt.set(IDENTITY, map([("4", text("SPECIMEN"))]));
        }),
        malformed("claim-169/identity-under-text", "the number 169", |c| {
            let entry = c.cwt.claims.iter_mut();
            let mut entry = entry.filter(|(key, _)| *key == int(IDENTITY));
            entry.next().unwrap().0 = text("169");
        }),
        identity(
            refuses(
                "format.duplicate_key",
                "claim-169/two-names",
                "which of the two is shown?",
            ),
            |c| {
                let data = c.cwt.claim(&int(IDENTITY)).unwrap();
                data.as_map_mut().unwrap().push((int(4), text("OTHER")));
            },
        ),
        identity(
            refuses(
                "format.duplicate_key",
                "claim-169/two-issuers",
                "which of the two signed?",
            ),
            |c| c.cwt.claims.push((int(1), text(ID_ISSUER))),
        ),
    ]
}

fn encodings() -> Vec<Draft> {
    let payload = |name, why, change: fn(&mut Vec<u8>)| {
        identity(abstains(MALFORMED, name, why), |c| {
            c.cwt.hooks.claims_bytes = hook(change);
        })
    };
    let message = |name, why, change: fn(&mut Vec<u8>)| {
        identity(abstains(MALFORMED, name, why), |c| {
            c.cwt.hooks.token_bytes = hook(change);
        })
    };
    vec![
        payload("claim-169/claims-followed-by-a-byte", "one item", |bytes| {
            bytes.push(0);
        }),
        payload("claim-169/depth-bomb", "24 levels are taken", |bytes| {
            *bytes = [vec![0xa1, 0x04], vec![0x81; 8_000], vec![0x00]].concat();
        }),
        payload("claim-169/huge-map", "2^64 - 1 claims", |bytes| {
            bytes.splice(0..1, [0xbb, 255, 255, 255, 255, 255, 255, 255, 255]);
        }),
        message("claim-169/followed-by-a-byte", "one message", |bytes| {
            bytes.push(0);
        }),
        message("claim-169/cut", "half a message", |bytes| {
            bytes.truncate(bytes.len() / 2);
        }),
        message("claim-169/message-huge-array", "2^64 - 1 parts", |bytes| {
            bytes.splice(1..2, [0x9b, 255, 255, 255, 255, 255, 255, 255, 255]);
        }),
    ]
}

fn times() -> Vec<Draft> {
    let with = |draft, claim, value: i64| identity(draft, |c| c.cwt.set(claim, int(value)));
    let expired = |name, why, value| with(refuses("validity.expired", name, why), EXP, value);
    let not_yet =
        |name, why, claim, value| with(refuses("validity.not_yet", name, why), claim, value);
    vec![
        expired("claim-169/expired", "yesterday", AT - DAY),
        expired("claim-169/expires-now", "RFC 8392 3.1.4", AT),
        not_yet("claim-169/not-yet", "tomorrow", NBF, AT + DAY),
        not_yet("claim-169/not-yet-by-iat", "tomorrow", IAT, AT + DAY),
        identity(
            refuses(
                "validity.window_missing",
                "claim-169/without-end",
                "an identity for ever is none",
            ),
            |c| c.cwt.remove(EXP),
        ),
        identity(
            abstains(MALFORMED, "claim-169/end-as-text", "a number"),
            |c| c.cwt.set(EXP, text("20300101")),
        ),
        identity(
            accepts("accept/claim-169-without-begin", "from when it was made"),
            |c| c.cwt.remove(NBF),
        ),
        identity(
            accepts("accept/claim-169-exp-as-float", "a number is a number"),
            |c| {
                let end = f64::from(i32::try_from(day(AT) + 90 * DAY).unwrap());
                c.cwt.set(EXP, Value::Float(end + 0.5));
            },
        ),
        with(
            accepts("accept/claim-169-ending-soon", "three days"),
            EXP,
            AT + 3 * DAY,
        )
        .cautions(&["holder_not_proven", "ending_soon", "no_status"]),
    ]
}

fn purposes() -> Vec<Draft> {
    vec![
        identity(
            refuses(
                "purpose.type_not_accepted",
                "claim-169/where-a-vaccination-is-asked",
                "an identity says nothing of it",
            ),
            |_| {},
        )
        .purpose("vaccination"),
        identity(
            abstains(
                "status.missing",
                "claim-169/where-a-status-is-asked",
                "it names none",
            ),
            |_| {},
        )
        .purpose("hospital-reception"),
    ]
}
