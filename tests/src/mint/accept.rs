//! Presentations that are accepted: sound ones, and oddities that do no harm.

use super::{Draft, accepts, entry, hook};
use crate::world::AT;
use hwagin_training::cbor::{bytes, full_date, int, map, text};
use hwagin_training::cose::Payload;
use hwagin_training::recipe::{Proof, Validity};
use hwagin_training::{Authority, Card, DAY, Item, Packing, Portrait, Recipe, Value, day};

pub(super) fn drafts() -> Vec<Draft> {
    [purposes(), cautions(), edges(), encodings(), objects()]
        .into_iter()
        .flatten()
        .collect()
}

fn licence(name: &'static str, why: &'static str, change: impl FnOnce(&mut Recipe)) -> Draft {
    accepts(name, why).licence(change)
}

fn purposes() -> Vec<Draft> {
    let aged = |name, why, card, change: fn(&mut Recipe)| {
        accepts(name, why).purpose("age-19").minted(card, change)
    };
    vec![
        accepts("accept/registration-card", "sound")
            .minted(Card::Mfc, |_| {})
            .surplus(4),
        accepts("accept/driving-licence", "sound")
            .minted(Card::Mdl, |_| {})
            .surplus(4),
        accepts("accept/landlord", "the stay lasts")
            .purpose("landlord")
            .minted(Card::Mfc, |_| {}),
        accepts(
            "accept/birth-date-as-text",
            "a date without its tag is still a date",
        )
        .minted(Card::Mfc, |r| {
            r.item("birth_date").unwrap().value = text("1999-01-01");
        }),
        accepts(
            "accept/birth-date-under-tag-0",
            "a wallet writes tag 0 on a bare date",
        )
        .minted(Card::Mfc, |r| {
            let date = Box::new(text("1999-01-01"));
            r.item("birth_date").unwrap().value = Value::Tag(0, date);
        }),
        accepts("accept/stay-ends-on-the-day", "that day belongs to it")
            .purpose("landlord")
            .minted(Card::Mfc, |r| {
                r.item("stay_until").unwrap().value = full_date("2027-06-30");
            }),
        aged("accept/over-19", "age_over_19 is true", Card::Mfc, |_| {}),
        aged(
            "accept/over-19-by-over-21",
            "7.2.5: the nearest above",
            Card::Mdl,
            |_| {},
        ),
        aged(
            "accept/over-19-by-date-of-birth",
            "19 today",
            Card::Mfc,
            |r| {
                r.withhold("age_over_19");
                r.item("birth_date").unwrap().value = full_date("2008-01-15");
            },
        ),
        accepts("accept/made-for-this-purpose", "the phone named it")
            .licence(|r| r.envelope.purpose = Some("hospital-reception".to_owned())),
        accepts("accept/large-portrait", "4 KB of picture, plain")
            .minted(Card::Mfc, |r| r.portrait(Portrait::Large)),
    ]
}

fn cautions() -> Vec<Draft> {
    let document = |name, why, caution: &'static str| {
        accepts(name, why)
            .purpose("document-only")
            .cautions(&[caution])
    };
    vec![
        licence("accept/ending-soon", "three days more", |r| {
            r.mso.validity.as_mut().unwrap().until = AT + 3 * DAY;
        })
        .cautions(&["ending_soon"]),
        licence(
            "accept/ending-in-14-days",
            "the last of the days in which it is said",
            |r| {
                r.mso.validity.as_mut().unwrap().until = AT + 14 * DAY;
            },
        )
        .cautions(&["ending_soon"]),
        licence(
            "accept/ending-in-14-days-and-a-second",
            "not yet said",
            |r| {
                r.mso.validity.as_mut().unwrap().until = AT + 14 * DAY + 1;
            },
        ),
        document(
            "accept/no-proof",
            "only the portrait links it",
            "holder_not_proven",
        )
        .licence(|r| r.holder.proof = Proof::Missing),
        document(
            "accept/mac",
            "a MAC counts as no proof",
            "holder_not_proven",
        )
        .licence(|r| r.holder.proof = Proof::Mac),
        document("accept/no-status", "a revocation cannot show", "no_status")
            .licence(|r| r.mso.status = None),
        accepts("accept/neither-proof-nor-status", "a bare document")
            .purpose("document-only")
            .cautions(&["holder_not_proven", "no_status"])
            .licence(|r| {
                r.holder.proof = Proof::Missing;
                r.mso.status = None;
            }),
        licence(
            "accept/list-past-its-time-to-live",
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

fn edges() -> Vec<Draft> {
    let made = |name, why, ago: i64| licence(name, why, |r| r.envelope.issued = int(AT - ago));
    let window = |name, why, from: i64, until: i64| {
        licence(name, why, |r| {
            let signed = day(AT) - 10 * DAY;
            r.mso.validity = Some(Validity {
                signed,
                from,
                until,
            });
        })
    };
    vec![
        made(
            "accept/made-120-seconds-ago",
            "the last second of the purpose's window",
            120,
        ),
        made(
            "accept/made-60-seconds-ahead",
            "the most that two clocks may differ",
            -60,
        ),
        window(
            "accept/valid-from-now",
            "both ends belong to it",
            AT,
            AT + 90 * DAY,
        ),
        window(
            "accept/valid-until-now",
            "both ends belong to it",
            AT - DAY,
            AT,
        )
        .cautions(&["ending_soon"]),
        licence("accept/signer-ends-now", "both ends belong to it", |r| {
            r.signer.not_after = AT
        }),
        licence(
            "accept/signer-begins-when-it-signs",
            "both ends belong to it",
            |r| {
                r.signer.not_before = r.mso.validity.unwrap().signed;
            },
        ),
        licence("accept/last-index", "4,095 of 4,096", |r| {
            r.mso.status.as_mut().unwrap().index = int(4_095);
        }),
    ]
}

fn encodings() -> Vec<Draft> {
    vec![
        licence("accept/plain", "not compressed", |r| {
            r.packing = Packing::Plain
        }),
        licence("accept/zlib", "compressed", |r| r.packing = Packing::Zlib),
        licence("accept/indefinite-map", "seen in the wild", |r| {
            r.hooks.response_bytes = hook(|bytes: &mut Vec<u8>| {
                bytes[0] = 0xbf;
                bytes.push(0xff);
            });
        }),
        licence(
            "accept/longer-heads",
            "b9 0003 has been seen in an mdoc",
            |r| {
                r.hooks.response_bytes = hook(|bytes: &mut Vec<u8>| {
                    assert_eq!(bytes[0], 0xa3);
                    bytes.splice(0..1, [0xb9, 0x00, 0x03]);
                });
            },
        ),
        licence(
            "accept/envelope-in-another-order",
            "the order of a map is free",
            |r| {
                r.hooks.envelope = hook(|map: &mut Value| map.as_map_mut().unwrap().reverse());
            },
        ),
        licence(
            "accept/items-in-longer-bytes",
            "digests run over the bytes received",
            |r| {
                r.hooks.item = Some(Box::new(|_, item| item.as_map_mut().unwrap().reverse()));
            },
        ),
    ]
}

fn objects() -> Vec<Draft> {
    let in_mso =
        |name, why, change: fn(&mut Value)| licence(name, why, |r| r.hooks.mso = hook(change));
    vec![
        in_mso(
            "accept/time-with-fraction",
            "forbidden, and written by wallets",
            |mso| {
                let from = entry(entry(mso, "validityInfo"), "validFrom");
                *from = Value::Tag(0, Box::new(text("2027-01-01T00:00:00.123456Z")));
            },
        ),
        in_mso("accept/unknown-member", "reserved for future use", |mso| {
            mso.as_map_mut()
                .unwrap()
                .push((text("future"), Value::Null));
        }),
        in_mso(
            "accept/digests-of-items-not-shown",
            "a digest without its item",
            |mso| {
                let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
                spaces[0]
                    .1
                    .as_map_mut()
                    .unwrap()
                    .push((int(500), bytes(&[7; 32])));
                spaces.push((text("a.namespace.of.nothing"), map([])));
            },
        ),
        licence(
            "accept/unknown-member-of-item",
            "reserved for future use",
            |r| {
                r.hooks.item = Some(Box::new(|_, item| {
                    item.as_map_mut().unwrap().push((text("future"), int(1)));
                }));
            },
        ),
        licence(
            "accept/salt-of-8-bytes",
            "old samples: below the 16 that are asked for",
            |r| {
                for item in &mut r.items {
                    item.salt = 8;
                }
            },
        ),
        licence("accept/unknown-element", "counted, not shown", |r| {
            r.items
                .push(Item::new("org.iso.18013.5.1", "shoe_size", int(38)));
        })
        .surplus(5),
        licence(
            "accept/response-with-unknown-member",
            "reserved for future use",
            |r| {
                r.hooks.response = hook(|response: &mut Value| {
                    response
                        .as_map_mut()
                        .unwrap()
                        .push((text("future"), Value::Null));
                });
            },
        ),
        licence(
            "accept/attached-and-equal",
            "a wallet that sends what it signed",
            |r| {
                r.holder.sign1.payload = Payload::Attached;
            },
        ),
        licence(
            "accept/device-elements",
            "the phone's own word: counted, never read",
            |r| {
                let flag = map([
                    ("age_over_19", Value::Bool(true)),
                    ("given_name", text("OTHER")),
                ]);
                r.holder.name_spaces = map([("org.iso.18013.5.1", flag)]);
            },
        )
        .surplus(6),
        accepts(
            "accept/compressed-device-key",
            "RFC 9053 7.1.1: y as a sign bit",
        )
        .licence(compress_device_key),
    ]
}

/// Writes the y of the device key as its sign.
fn compress_device_key(recipe: &mut Recipe) {
    let sound = Authority::built_in().mint(recipe).device_key;
    let mut key: Value = ciborium::from_reader(sound.as_slice()).unwrap();
    let entries = key.as_map_mut().unwrap();
    let y = &mut entries
        .iter_mut()
        .find(|(label, _)| *label == int(-3))
        .unwrap()
        .1;
    *y = Value::Bool(y.as_bytes().unwrap().last().unwrap() % 2 == 1);
    recipe.mso.device_key = Some(key);
}
