//! `format`: `DeviceResponse` and `Document` (ISO/IEC 18013-5 8.3.2.1.2.2).

use super::{Draft, abstains, entry, hook, refuses, without};
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::recipe::Proof;
use hwagin_training::{Card, Item, Value};

const MALFORMED: &str = "format.malformed";
const TWICE: &str = "format.duplicate_key";
const UNSUPPORTED: &str = "format.unsupported";

pub(super) fn drafts() -> Vec<Draft> {
    [response(), document(), items()]
        .into_iter()
        .flatten()
        .collect()
}

fn malformed(name: &'static str, why: &'static str) -> Draft {
    abstains(MALFORMED, name, why)
}

fn in_response(draft: Draft, change: fn(&mut Value)) -> Draft {
    draft.licence(|r| r.hooks.response = hook(change))
}

fn in_document(draft: Draft, change: fn(&mut Value)) -> Draft {
    draft.licence(|r| r.hooks.document = hook(change))
}

fn twice(map: &mut Value) {
    let entries = map.as_map_mut().unwrap();
    entries.push(entries[0].clone());
}

fn response() -> Vec<Draft> {
    vec![
        abstains(UNSUPPORTED, "mdoc/response-version-2", "a version to come")
            .licence(|r| r.response.version = "2.0".to_owned()),
        in_response(
            malformed("mdoc/response-without-version", "version is required"),
            |map| {
                without(map, "version");
            },
        ),
        in_response(
            malformed("mdoc/response-version-as-number", "version is text"),
            |map| {
                *entry(map, "version") = int(1);
            },
        ),
        abstains(
            UNSUPPORTED,
            "mdoc/response-status-10",
            "the phone says that it failed",
        )
        .licence(|r| r.response.status = 10),
        in_response(
            malformed("mdoc/response-without-status", "status is required"),
            |map| {
                without(map, "status");
            },
        ),
        abstains(
            UNSUPPORTED,
            "mdoc/response-without-documents",
            "sent in another way, or not",
        )
        .licence(|r| r.response.documents = 0),
        in_response(
            malformed("mdoc/response-of-no-document", "documents is not empty"),
            |map| {
                *entry(map, "documents") = Value::Array(Vec::new());
            },
        ),
        in_response(
            malformed("mdoc/documents-as-map", "documents is an array"),
            |map| {
                *entry(map, "documents") = Value::Map(Vec::new());
            },
        ),
        abstains(
            "format.several_documents",
            "mdoc/two-documents",
            "which of two should the desk show?",
        )
        .licence(|r| r.response.documents = 2),
        in_response(
            refuses(TWICE, "mdoc/response-key-twice", "version twice"),
            twice,
        ),
        malformed("mdoc/response-followed-by-a-byte", "one item and no more")
            .licence(|r| r.hooks.response_bytes = hook(|bytes: &mut Vec<u8>| bytes.push(0xf6))),
        malformed("mdoc/response-cut", "the end is missing").licence(|r| {
            r.hooks.response_bytes = hook(|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2));
        }),
        malformed("mdoc/response-empty", "no byte of it")
            .licence(|r| r.hooks.response_bytes = hook(Vec::clear)),
    ]
}

fn document() -> Vec<Draft> {
    vec![
        in_document(
            malformed("mdoc/document-without-type", "docType is required"),
            |map| {
                without(map, "docType");
            },
        ),
        in_document(
            malformed("mdoc/document-type-as-bytes", "docType is text"),
            |map| {
                *entry(map, "docType") = bytes(b"org.iso.18013.5.1.mDL");
            },
        ),
        in_document(
            malformed("mdoc/document-without-issuer", "issuerSigned is required"),
            |map| {
                without(map, "issuerSigned");
            },
        ),
        in_document(
            malformed("mdoc/document-without-issuer-auth", "nobody signed it"),
            |map| {
                without(entry(map, "issuerSigned"), "issuerAuth");
            },
        ),
        in_document(
            refuses(TWICE, "mdoc/document-key-twice", "docType twice"),
            twice,
        ),
        refuses(TWICE, "mdoc/namespace-twice", "one namespace in two places").licence(|r| {
            r.hooks.document = hook(|map: &mut Value| {
                twice(entry(entry(map, "issuerSigned"), "nameSpaces"));
            });
        }),
        malformed("mdoc/device-auth-empty", "neither a signature nor a MAC")
            .licence(|r| r.holder.proof = Proof::Empty),
        in_document(
            malformed("mdoc/device-signed-as-array", "deviceSigned is a map"),
            |map| {
                *entry(map, "deviceSigned") = Value::Array(Vec::new());
            },
        ),
        in_document(
            malformed("mdoc/device-namespaces-bare", "tag 24 is missing"),
            |map| {
                *entry(entry(map, "deviceSigned"), "nameSpaces") = Value::Map(Vec::new());
            },
        ),
        refuses(
            "format.type_mismatch",
            "mdoc/type-swapped",
            "a driving licence that calls itself a registration card",
        )
        .minted(Card::Mdl, |r| r.doc_type = Card::Mfc.doc_type().to_owned()),
        refuses(
            "format.type_mismatch",
            "mdoc/type-swapped-back",
            "a registration card that calls itself a driving licence",
        )
        .minted(Card::Mfc, |r| r.doc_type = Card::Mdl.doc_type().to_owned()),
    ]
}

/// Puts something in the place of the first disclosed item, unsigned.
fn first_item(draft: Draft, change: fn(&mut Value)) -> Draft {
    draft.licence(|r| {
        r.hooks.document = hook(move |document: &mut Value| {
            let spaces = entry(entry(document, "issuerSigned"), "nameSpaces");
            let items = spaces.as_map_mut().unwrap()[0].1.as_array_mut().unwrap();
            change(&mut items[0]);
        });
    })
}

fn items() -> Vec<Draft> {
    vec![
        first_item(
            malformed("mdoc/item-without-tag-24", "8.3.2.1.2.2: tag 24"),
            |item| {
                let Value::Tag(_, inner) = item.clone() else {
                    return;
                };
                *item = *inner;
            },
        ),
        first_item(
            malformed("mdoc/item-tag-24-around-text", "tag 24 holds bytes"),
            |item| {
                *item = Value::Tag(24, Box::new(text("not bytes")));
            },
        ),
        first_item(
            malformed("mdoc/item-tag-24-around-junk", "tag 24 holds CBOR"),
            |item| {
                *item = Value::Tag(24, Box::new(bytes(&[0xff])));
            },
        ),
        first_item(
            malformed("mdoc/item-of-another-tag", "tag 25 is not tag 24"),
            |item| {
                let Value::Tag(tag, _) = item else { return };
                *tag = 25;
            },
        ),
        first_item(
            malformed("mdoc/item-empty", "an item without its members"),
            |item| {
                *item = Value::Tag(24, Box::new(bytes(&encode(&Value::Map(Vec::new())))));
            },
        ),
        malformed("mdoc/items-as-map", "a namespace holds an array").licence(|r| {
            r.hooks.document = hook(|document: &mut Value| {
                let spaces = entry(entry(document, "issuerSigned"), "nameSpaces");
                spaces.as_map_mut().unwrap()[0].1 = Value::Map(Vec::new());
            });
        }),
        malformed("mdoc/namespace-as-bytes", "a namespace's name is text").licence(|r| {
            r.hooks.document = hook(|document: &mut Value| {
                let spaces = entry(entry(document, "issuerSigned"), "nameSpaces");
                spaces.as_map_mut().unwrap()[0].0 = bytes(b"org.iso.18013.5.1");
            });
        }),
        malformed("mdoc/too-many-items", "129 items; no card has so many").licence(|r| {
            r.items = (0..129)
                .map(|n| Item::new("org.iso.18013.5.1", &format!("x{n}"), Value::Null))
                .collect();
        }),
        refuses(
            TWICE,
            "mdoc/element-twice",
            "2.1: an element once in a namespace",
        )
        .licence(|r| {
            let mut again = r.item("family_name").unwrap().clone();
            again.value = text("SOMEBODY");
            r.items.push(again);
        }),
        refuses(TWICE, "mdoc/same-item-twice", "the same item sent twice").licence(|r| {
            r.hooks.document = hook(|document: &mut Value| {
                let spaces = entry(entry(document, "issuerSigned"), "nameSpaces");
                let items = spaces.as_map_mut().unwrap()[0].1.as_array_mut().unwrap();
                items.push(items[0].clone());
            });
        }),
        refuses(
            TWICE,
            "mdoc/item-key-twice",
            "elementValue twice in one signed item",
        )
        .licence(|r| {
            r.hooks.item = Some(Box::new(|name, item| {
                if name == "family_name" {
                    let again = (text("elementValue"), text("SOMEBODY"));
                    item.as_map_mut().unwrap().push(again);
                }
            }));
        }),
    ]
}
