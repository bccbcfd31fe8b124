//! Accepted: both cards, for every purpose, and what an issuer may leave open or redact.

use super::accepted;
use crate::mint::{Draft, accepts, hook};
use crate::world::AT;
use hwagin_training::animated::Parts;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::sd_cwt::{Claims, Element, Entry, Node, Redaction, audience};
use hwagin_training::{Authority, Card, DAY, Packing, Portrait, SdCwt, Status, Value};

pub(super) fn drafts() -> Vec<Draft> {
    [cards(), parts(), redactions(), claims(), statuses()]
        .into_iter()
        .flatten()
        .collect()
}

fn cards() -> Vec<Draft> {
    let sound = |name, why, purpose: &'static str, card| {
        accepts(name, why).purpose(purpose).sd_cwt(card, |_| {})
    };
    let named = |name, purpose: &'static str, card| {
        accepts(name, "the phone named the purpose")
            .purpose(purpose)
            .sd_cwt(card, |r| r.binding.aud = Some(text(&audience(purpose))))
    };
    let (reception, landlord) = ("hospital-reception", "landlord");
    vec![
        sound(
            "accept/sd-cwt-registration-card",
            "sound",
            reception,
            Card::Mfc,
        )
        .surplus(4),
        sound(
            "accept/sd-cwt-driving-licence",
            "sound",
            reception,
            Card::Mdl,
        )
        .surplus(4),
        sound(
            "accept/sd-cwt-landlord",
            "the stay lasts",
            landlord,
            Card::Mfc,
        ),
        sound(
            "accept/sd-cwt-over-19",
            "age_over_19 is true",
            "age-19",
            Card::Mfc,
        ),
        sound(
            "accept/sd-cwt-over-19-by-over-21",
            "the nearest above",
            "age-19",
            Card::Mdl,
        ),
        sound(
            "accept/sd-cwt-document-only",
            "proven though none is needed",
            "document-only",
            Card::Mdl,
        ),
        named(
            "accept/sd-cwt-registration-card-for-this-purpose",
            reception,
            Card::Mfc,
        ),
        named(
            "accept/sd-cwt-driving-licence-for-this-purpose",
            reception,
            Card::Mdl,
        ),
        named("accept/sd-cwt-for-the-landlord", landlord, Card::Mfc),
        accepted("accept/sd-cwt-plain", "not compressed", |r| {
            r.packing = Packing::Plain
        }),
        accepted("accept/sd-cwt-zlib", "compressed", |r| {
            r.packing = Packing::Zlib
        }),
        accepts("accept/sd-cwt-large-portrait", "4 KB of picture")
            .sd_cwt(Card::Mfc, |r| r.portrait(Portrait::Large)),
    ]
}

fn parts() -> Vec<Draft> {
    let mut recipe = SdCwt::new(Card::Mfc, AT);
    recipe.portrait(Portrait::Large);
    let parts = Parts::new(&Authority::built_in().mint_sd_cwt(&recipe).body, 200);
    let needed = parts.needed();
    let played: Vec<String> = parts.take(needed * 3).collect();
    vec![
        accepts("accept/sd-cwt-parts", "4 KB of picture, in parts").parts(&played[..needed]),
        accepts(
            "accept/sd-cwt-parts-from-the-middle",
            "who begins to look later misses nothing",
        )
        .parts(&played[needed..]),
    ]
}

/// A claim in which a map and an array have redacted parts, and both are redacted themselves.
pub(super) fn nested(parent: &Redaction) -> Entry {
    let inner = Claims(vec![
        Entry::open(text("open"), int(1)),
        Entry::redacted(text("hidden"), int(2), Redaction::default()),
        Entry::decoy(1),
    ]);
    let elements = vec![
        Element::new(text("a"), None),
        Element::new(text("b"), Some(Redaction::default())),
        Element::new(text("c"), Some(Redaction::withheld())),
        Element::new(Value::Null, Some(Redaction::decoy())),
    ];
    let part = |key: &str, node| Entry {
        key: text(key),
        node,
        redaction: Some(parent.clone()),
    };
    Entry {
        key: int(500),
        node: Node::Map(Claims(vec![
            part("map", Node::Map(inner)),
            part("array", Node::Array(elements)),
        ])),
        redaction: None,
    }
}

/// The entry of the card's namespace.
pub(super) fn namespace(recipe: &mut SdCwt) -> &mut Entry {
    recipe
        .token
        .claims
        .find(&text("org.iso.18013.5.1"))
        .unwrap()
}

fn redactions() -> Vec<Draft> {
    let pushed =
        |name, why, entry: Entry| accepted(name, why, |r| r.token.claims.0.push(entry)).surplus(4);
    let mut shown_decoy = Entry::decoy(1);
    shown_decoy.redaction.as_mut().unwrap().sent = 1;
    vec![
        accepted(
            "accept/sd-cwt-nothing-redacted",
            "the draft does not ask for a redaction",
            |r| {
                let Node::Map(claims) = &mut namespace(r).node else {
                    return;
                };
                for claim in &mut claims.0 {
                    claim.redaction = None;
                }
            },
        )
        .surplus(4),
        accepted(
            "accept/sd-cwt-one-withheld",
            "its hash stands there and says nothing",
            |r| r.withhold("issuing_country"),
        )
        .surplus(3),
        accepted(
            "accept/sd-cwt-namespace-redacted",
            "a parent and its children, each on its own",
            |r| namespace(r).redaction = Some(Redaction::default()),
        )
        .surplus(4),
        accepted(
            "accept/sd-cwt-nested-redactions",
            "a map and an array with redacted parts, redacted themselves",
            |r| r.token.claims.0.push(nested(&Redaction::default())),
        )
        .surplus(8),
        accepted(
            "accept/sd-cwt-array-with-redacted-elements",
            "tag 60: one is shown, one withheld, one a decoy",
            |r| {
                let entry = nested(&Redaction::default());
                let Node::Map(claims) = entry.node else {
                    return;
                };
                let mut array = claims.0.into_iter().nth(1).unwrap();
                array.key = int(501);
                array.redaction = None;
                r.token.claims.0.push(array);
            },
        )
        .surplus(6),
        accepted(
            "accept/sd-cwt-disclosures-in-another-order",
            "any order, parents after their children or before",
            |r| {
                namespace(r).redaction = Some(Redaction::default());
                r.hooks.disclosures = hook(|sent: &mut Vec<Value>| sent.reverse());
            },
        ),
        pushed(
            "accept/sd-cwt-decoy",
            "a hash of nothing looks like any other",
            Entry::decoy(1),
        ),
        pushed(
            "accept/sd-cwt-decoy-disclosed",
            "it adds nothing",
            shown_decoy,
        ),
        accepted(
            "accept/sd-cwt-hashes-by-default-sha-256",
            "sd_alg left out",
            |r| r.token.sd_alg = None,
        ),
        accepted("accept/sd-cwt-hashes-sha-384", "RFC 9054", |r| {
            r.token.sd_alg = Some(int(-43));
        }),
        accepted("accept/sd-cwt-hashes-sha-512", "RFC 9054", |r| {
            r.token.sd_alg = Some(int(-44));
        }),
        accepted(
            "accept/sd-cwt-salt-of-32-bytes",
            "at least 16 are asked for",
            |r| {
                let name = r.element("family_name").unwrap();
                name.redaction.as_mut().unwrap().salt = 32;
            },
        ),
    ]
}

fn claims() -> Vec<Draft> {
    let with = |name, why, key: i64, value: Value| {
        accepted(name, why, |r| r.token.claims.set(int(key), value))
    };
    let without = |name, why, keys: &[i64]| {
        accepted(name, why, |r| {
            for key in keys {
                r.token.claims.remove(&int(*key));
            }
        })
    };
    vec![
        with(
            "accept/sd-cwt-subject-open",
            "sub need not be redacted",
            2,
            text("subject"),
        ),
        accepted(
            "accept/sd-cwt-subject-disclosed",
            "the name of a token's subject is no claim to be shown",
            |r| {
                let subject = r.token.claims.find(&int(2)).unwrap();
                subject.redaction = Some(Redaction::default());
            },
        )
        .surplus(4),
        without(
            "accept/sd-cwt-subject-missing",
            "asked for by the draft; redacted it cannot be told from missing, and no check needs it",
            &[2],
        ),
        with(
            "accept/sd-cwt-issuer-named",
            "beside a certificate iss is a name and no more",
            1,
            text("https://issuer.example"),
        ),
        with(
            "accept/sd-cwt-token-id",
            "cti of the credential",
            7,
            bytes(&[7; 16]),
        ),
        with(
            "accept/sd-cwt-nonce-of-the-issuer",
            "cnonce of the credential was for its issuer",
            39,
            bytes(&[7; 32]),
        ),
        with(
            "accept/sd-cwt-unknown-claim",
            "counted, not shown",
            500,
            Value::Bool(true),
        )
        .surplus(5),
        without("accept/sd-cwt-without-start", "nbf may be left out", &[5]),
        without(
            "accept/sd-cwt-without-issue-time",
            "iat may be left out",
            &[6],
        ),
        without(
            "accept/sd-cwt-end-alone",
            "exp is the one time that a desk needs",
            &[5, 6],
        ),
        with(
            "accept/sd-cwt-times-with-fraction",
            "RFC 8392 2: a NumericDate may be a float",
            4,
            #[allow(clippy::cast_precision_loss)] // far below 2^53
            Value::Float((AT + 90 * DAY) as f64 + 0.5),
        ),
        with(
            "accept/sd-cwt-ending-soon",
            "three days more",
            4,
            int(AT + 3 * DAY),
        )
        .cautions(&["ending_soon"]),
        accepted("accept/sd-cwt-valid-from-now", "nbf belongs to it", |r| {
            r.token.claims.set(int(5), int(AT));
            r.token.claims.set(int(6), int(AT));
        }),
        with(
            "accept/sd-cwt-valid-for-a-second-more",
            "exp does not belong to it, the second before does",
            4,
            int(AT + 1),
        )
        .cautions(&["ending_soon"]),
    ]
}

fn statuses() -> Vec<Draft> {
    vec![
        accepts("accept/sd-cwt-no-status", "a revocation cannot show")
            .purpose("document-only")
            .sd_cwt(Card::Mdl, |r| r.status(&Status::default()))
            .cautions(&["no_status"]),
        accepted("accept/sd-cwt-last-index", "4,095 of 4,096", |r| {
            r.status(&Status::at(4_095));
        }),
        accepted(
            "accept/sd-cwt-on-no-list-of-identifiers",
            "the other mechanism: its identifier is not listed",
            |r| r.status(&Status::identifier(&[7; 16])),
        )
        .tokens(vec![("identifiers.cwt", Vec::new())]),
        accepted(
            "accept/sd-cwt-list-past-its-time-to-live",
            "refresh due, not ended",
            |_| {},
        )
        .list(|list| {
            list.issued = AT - 2 * DAY;
            list.ttl = Some(3_600);
        })
        .cautions(&["status_refresh_due"]),
    ]
}
