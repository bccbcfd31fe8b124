//! `digest`: every disclosed item is the one that was signed.

use super::{Draft, entry, hook, refuses};
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::{Card, ItemDigest, Value};

const MISMATCH: &str = "digest.mismatch";
const MISSING: &str = "digest.missing";

pub(super) fn drafts() -> Vec<Draft> {
    [altered(), unsigned()].into_iter().flatten().collect()
}

/// The bytes of the item of that name, changed after it was signed.
fn after_signing(draft: Draft, item: &'static str, change: fn(&mut Vec<u8>)) -> Draft {
    draft.licence(|r| {
        r.hooks.item_bytes = Some(Box::new(move |name, bytes| {
            if name == item {
                change(bytes);
            }
        }));
    })
}

fn altered() -> Vec<Draft> {
    vec![
        refuses(
            MISMATCH,
            "digest/altered-family-name",
            "the name is not the one that was signed",
        )
        .licence(|r| r.item("family_name").unwrap().altered = Some(text("SPECIMAN"))),
        refuses(
            MISMATCH,
            "digest/altered-registration-number",
            "one digit is another",
        )
        .minted(Card::Mfc, |r| {
            r.item("registration_number").unwrap().altered = Some(text("990101-6000001"));
        }),
        refuses(MISMATCH, "digest/altered-birth-date", "twenty years older").minted(
            Card::Mfc,
            |r| {
                let date = Value::Tag(1004, Box::new(text("1979-01-01")));
                r.item("birth_date").unwrap().altered = Some(date);
            },
        ),
        refuses(MISMATCH, "digest/altered-portrait", "another face").licence(|r| {
            r.item("portrait").unwrap().altered = Some(bytes(&[0xff, 0xd8, 0xff, 0xd9]));
        }),
        refuses(
            MISMATCH,
            "digest/altered-item-that-is-not-shown",
            "the purpose does not need it, and still the document is bad",
        )
        .minted(Card::Mfc, |r| {
            r.item("status_of_stay").unwrap().altered = Some(text("F-5"))
        }),
        refuses(MISMATCH, "digest/wrong", "the digest is of other bytes")
            .licence(|r| r.item("family_name").unwrap().digest = ItemDigest::Wrong),
        after_signing(
            refuses(
                MISMATCH,
                "digest/item-with-longer-head",
                "the same item in other bytes",
            ),
            "family_name",
            |item| {
                assert_eq!(item[0], 0xa4);
                item.splice(0..1, [0xb8, 0x04]);
            },
        ),
        after_signing(
            refuses(MISMATCH, "digest/other-salt", "the last byte of random"),
            "family_name",
            |item| {
                let name = item
                    .windows(6)
                    .position(|window| window == b"random")
                    .unwrap();
                item[name + 6 + 16] ^= 1;
            },
        ),
        refuses(
            MISMATCH,
            "digest/cut-to-31-bytes",
            "a shorter digest is no digest",
        )
        .licence(|r| {
            r.hooks.mso = hook(|mso: &mut Value| {
                let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
                let digest = &mut spaces[0].1.as_map_mut().unwrap()[0].1;
                digest.as_bytes_mut().unwrap().truncate(31);
            });
        }),
        refuses(MISMATCH, "digest/empty", "an empty digest matches nothing").licence(|r| {
            r.hooks.mso = hook(|mso: &mut Value| {
                let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
                spaces[0].1.as_map_mut().unwrap()[0].1 = bytes(&[]);
            });
        }),
        refuses(
            MISMATCH,
            "digest/sha-256-under-another-name",
            "9.1.2.5: the algorithm is the one that the security object names",
        )
        .licence(|r| {
            r.hooks.mso = hook(|mso: &mut Value| *entry(mso, "digestAlgorithm") = text("SHA-512"));
        }),
    ]
}

fn unsigned() -> Vec<Draft> {
    vec![
        refuses(
            MISSING,
            "digest/missing",
            "the family name was never signed",
        )
        .licence(|r| r.item("family_name").unwrap().digest = ItemDigest::Missing),
        refuses(
            MISSING,
            "digest/missing-for-item-that-is-not-shown",
            "hiding the item would leave the rest",
        )
        .minted(Card::Mfc, |r| {
            r.item("status_of_stay").unwrap().digest = ItemDigest::Missing;
        }),
        refuses(MISSING, "digest/missing-for-all", "nothing was signed").licence(|r| {
            for item in &mut r.items {
                item.digest = ItemDigest::Missing;
            }
        }),
        after_signing(
            refuses(
                MISSING,
                "digest/another-id",
                "a digestID that was never signed",
            ),
            "family_name",
            |item| {
                let name = item
                    .windows(8)
                    .position(|window| window == b"digestID")
                    .unwrap();
                item[name + 8] = 0x17;
            },
        ),
        refuses(
            MISSING,
            "digest/moved-to-another-namespace",
            "9.1.2.5: a digest counts in its own namespace",
        )
        .licence(|r| {
            r.hooks.document = hook(|document: &mut Value| {
                let spaces = entry(entry(document, "issuerSigned"), "nameSpaces");
                spaces.as_map_mut().unwrap()[0].0 = text("org.iso.18013.5.1.XX");
            });
        }),
        refuses(
            MISSING,
            "digest/digests-of-another-namespace",
            "the digests stand under a name that nothing was sent in",
        )
        .licence(|r| {
            r.hooks.mso = hook(|mso: &mut Value| {
                entry(mso, "valueDigests").as_map_mut().unwrap()[0].0 = text("other");
            });
        }),
        refuses(
            MISSING,
            "digest/signed-under-another-id",
            "the digest is there, under 99",
        )
        .licence(|r| {
            r.hooks.mso = hook(|mso: &mut Value| {
                let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
                spaces[0].1.as_map_mut().unwrap()[0].0 = int(99);
            });
        }),
    ]
}
