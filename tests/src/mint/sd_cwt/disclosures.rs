//! `digest`: disclosures that have no place, or are not what they should be (draft, 4 and 9).

use super::accept::{namespace, nested};
use super::{DUPLICATE, MALFORMED, UNSUPPORTED, parts, refused, undecided};
use crate::mint::{Draft, abstains, hook};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, simple, text};
use hwagin_training::sd_cwt::{Entry, Hash, Node, Redaction, SdClaims};
use hwagin_training::{Authority, Card, SdCwt, Value};

const UNUSED: &str = "digest.unused";

pub(super) fn drafts() -> Vec<Draft> {
    [unused(), present(), headers()]
        .into_iter()
        .flatten()
        .collect()
}

/// How the family name is redacted.
fn name(recipe: &mut SdCwt) -> &mut Redaction {
    let entry = recipe.element("family_name").unwrap();
    entry.redaction.as_mut().unwrap()
}

/// The disclosures of another card.
fn of_another_card() -> Vec<Vec<u8>> {
    let shown = Authority::built_in().mint_sd_cwt(&SdCwt::new(Card::Mfc, AT));
    let mut kbt: Value = ciborium::from_reader(shown.envelope.as_slice()).unwrap();
    let header = parts(&mut kbt)[0].as_bytes().unwrap().clone();
    let header: Value = ciborium::from_reader(header.as_slice()).unwrap();
    let header = header.into_map().unwrap();
    let mut token = header.into_iter().find(|(k, _)| *k == int(13)).unwrap().1;
    let sent = parts(&mut token)[1].as_map().unwrap()[0].1.clone();
    let sent = sent.into_array().unwrap().into_iter();
    sent.map(|one| one.into_bytes().unwrap()).collect()
}

fn unused() -> Vec<Draft> {
    let hash =
        |name_of, why, hash: Hash| refused(UNUSED, name_of, why, move |r| name(r).hash = hash);
    vec![
        refused(UNUSED, "digest/sd-cwt-sent-twice", "once is enough", |r| {
            name(r).sent = 2;
        }),
        hash(
            "digest/sd-cwt-hash-without-head",
            "the hash runs over the byte string with its head",
            Hash::WithoutHead,
        ),
        hash(
            "digest/sd-cwt-hash-of-something-else",
            "not it",
            Hash::Wrong,
        ),
        hash(
            "digest/sd-cwt-hash-missing",
            "nobody signed it",
            Hash::Missing,
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-family-name-altered",
            "another name than the signed one",
            |r| name(r).altered = Some(text("SPECIMAN")),
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-of-another-card",
            "a sound disclosure of another token",
            |r| r.token.foreign = vec![of_another_card().swap_remove(0)],
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-invented",
            "a claim that the holder made up",
            |r| {
                let made_up = vec![bytes(&[1; 16]), Value::Bool(true), text("age_over_65")];
                r.token.foreign = vec![encode(&Value::Array(made_up))];
            },
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-decoy-invented",
            "a salt that stands for nothing",
            |r| r.token.foreign = vec![encode(&Value::Array(vec![bytes(&[1; 16])]))],
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-children-without-parents",
            "their place does not exist until the parent is shown",
            |r| r.token.claims.0.push(nested(&Redaction::withheld())),
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-namespace-withheld",
            "every element is shown, and not what they stand in",
            |r| namespace(r).redaction = Some(Redaction::withheld()),
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-hash-in-two-places",
            "one disclosure counts in one place",
            |r| {
                r.hooks.claims = hook(|claims: &mut Value| {
                    let map = claims.as_map_mut().unwrap();
                    let card = &map.iter().find(|(key, _)| key.is_text()).unwrap().1;
                    let hashes = card.as_map().unwrap()[0].1.clone();
                    map.push((int(500), Value::Map(vec![(simple(59), hashes)])));
                });
            },
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-other-algorithm-than-said",
            "SHA-256 hashes under the name of SHA-384",
            |r| {
                // What the header says after the hashes were taken.
                r.token.sd_alg = None;
                r.token.sign1.protected.push((int(170), int(-43)));
            },
        ),
        refused(
            UNUSED,
            "digest/sd-cwt-algorithm-unprotected",
            "sd_alg only counts where it is signed: these are not SHA-256",
            |r| {
                let signer = Authority::built_in().certificate(&r.signer, &r.root);
                let header = [(1, int(-7)), (16, int(293)), (33, bytes(&signer))];
                let header = header.map(|(label, value)| (int(label), value));
                r.token.sd_alg = Some(int(-43));
                r.token.sign1.protected_bytes = Some(encode(&Value::Map(header.to_vec())));
                r.token.sign1.unprotected.push((int(170), int(-43)));
            },
        ),
    ]
}

fn present() -> Vec<Draft> {
    let again = |code, name, why, key: Value, value: Value| {
        let entry = Entry::redacted(key, value, Redaction::default());
        refused(code, name, why, |r| r.token.claims.0.push(entry))
    };
    let never = |name, key: i64, value: Value| {
        undecided(MALFORMED, name, "the draft: never redacted", move |r| {
            r.token.claims.remove(&int(key));
            let entry = Entry::redacted(int(key), value, Redaction::default());
            r.token.claims.0.push(entry);
        })
    };
    vec![
        again(
            DUPLICATE,
            "digest/sd-cwt-claim-that-is-there",
            "vct, disclosed beside the one that is signed",
            int(11),
            text(Card::Mfc.doc_type()),
        ),
        again(
            DUPLICATE,
            "digest/sd-cwt-namespace-that-is-there",
            "a second namespace of that name",
            text("org.iso.18013.5.1"),
            Value::Map(Vec::new()),
        ),
        refused(
            DUPLICATE,
            "digest/sd-cwt-element-that-is-there",
            "a name in the open, and one disclosed",
            |r| {
                let Node::Map(claims) = &mut namespace(r).node else {
                    return;
                };
                let open = Entry::open(text("family_name"), text("OPEN"));
                claims.0.push(open);
            },
        ),
        refused(
            DUPLICATE,
            "digest/sd-cwt-element-disclosed-twice",
            "two signed disclosures of one key",
            |r| {
                let Node::Map(claims) = &mut namespace(r).node else {
                    return;
                };
                let redaction = Redaction {
                    salt: 17,
                    ..Redaction::default()
                };
                let other = Entry::redacted(text("family_name"), text("OTHER"), redaction);
                claims.0.push(other);
            },
        ),
        never(
            "digest/sd-cwt-issuer-redacted",
            1,
            text("https://a.example"),
        ),
        never(
            "digest/sd-cwt-audience-redacted",
            3,
            text("hwagin:optical:1"),
        ),
        never("digest/sd-cwt-end-redacted", 4, int(AT + 9_000)),
        never("digest/sd-cwt-start-redacted", 5, int(AT - 9)),
        never("digest/sd-cwt-issue-time-redacted", 6, int(AT - 9)),
        never("digest/sd-cwt-id-redacted", 7, bytes(&[7; 16])),
        never("digest/sd-cwt-nonce-redacted", 39, bytes(&[7; 32])),
        undecided(
            MALFORMED,
            "digest/sd-cwt-holder-key-redacted",
            "the draft: never redacted",
            |r| {
                let key = r.token.claims.find(&int(8)).unwrap();
                key.redaction = Some(Redaction::default());
            },
        ),
    ]
}

fn headers() -> Vec<Draft> {
    let sent = |name, why, claims: SdClaims| {
        undecided(MALFORMED, name, why, move |r| r.token.sd_claims = claims)
    };
    let algorithm = |name, why, value: Value| {
        undecided(UNSUPPORTED, name, why, move |r| {
            r.token.sd_alg = Some(value);
        })
    };
    let encrypted = |name, why, value: Value| {
        undecided(UNSUPPORTED, name, why, move |r| {
            r.token.sign1.unprotected.push((int(171), value));
        })
    };
    let many = vec![bytes(&[0x81, 0x40]); 129];
    vec![
        sent(
            "digest/sd-cwt-disclosures-empty",
            "left out where there are none",
            SdClaims::Empty,
        ),
        sent(
            "digest/sd-cwt-disclosures-null",
            "an array",
            SdClaims::Replaced(Value::Null),
        ),
        sent(
            "digest/sd-cwt-disclosures-not-in-bytes",
            "each is a byte string",
            SdClaims::Replaced(Value::Array(vec![Value::Array(Vec::new())])),
        ),
        sent(
            "digest/sd-cwt-disclosures-too-many",
            "129: more than any card has elements",
            SdClaims::Replaced(Value::Array(many)),
        ),
        undecided(
            MALFORMED,
            "digest/sd-cwt-disclosures-protected",
            "the holder chooses them after the issuer signed",
            |r| {
                r.token.sd_claims = SdClaims::Missing;
                let claims = Value::Array(vec![bytes(&[0x80])]);
                r.token.sign1.protected.push((int(17), claims));
            },
        ),
        algorithm("digest/sd-cwt-algorithm-unknown", "SHA-1 is none", int(-14)),
        algorithm(
            "digest/sd-cwt-algorithm-as-text",
            "a number",
            text("SHA-256"),
        ),
        encrypted(
            "digest/sd-cwt-disclosures-encrypted",
            "for somebody who has a key to them",
            Value::Array(vec![bytes(&[1; 40])]),
        ),
        encrypted(
            "digest/sd-cwt-disclosures-encrypted-empty",
            "for nobody",
            Value::Array(Vec::new()),
        ),
        abstains(
            "purpose.attribute_missing",
            "purpose/sd-cwt-nothing-disclosed",
            "genuine, and says nothing that the purpose needs",
        )
        .sd_cwt(Card::Mdl, |r| {
            for name in Card::Mdl.disclosed() {
                r.withhold(name);
            }
        }),
        abstains(
            "purpose.attribute_missing",
            "purpose/sd-cwt-name-withheld",
            "all but what the purpose shows first",
        )
        .sd_cwt(Card::Mdl, |r| r.withhold("family_name")),
    ]
}
