//! NZ COVID passes: the examples of their specification, as texts and as pictures.

use super::{Results, card, desk, files, json, pictures, shown, words};
use crate::world::Desk;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hwagin_verifier::card::ClaimKind;
use hwagin_verifier::trust::{IssuerKey, KeyUse};
use std::path::Path;

const ISSUER: &str = "did:web:nzcp.covid19.health.nz";
/// The one key that the issuer lists.
const KEY_ID: &str = "key-1";
/// 2022-01-01T00:00:00Z
const AT: i64 = 1_640_995_200;
/// The last second of the valid one.
const LAST: i64 = 1_951_416_329;

/// What follows from what is wrong with each.
const CASES: [(&str, &str); 8] = [
    ("valid/nzcp", "accept"),
    ("invalid/nzcp-bad-public-key", "refuse signature.invalid"),
    ("invalid/nzcp-modified-payload", "refuse signature.invalid"),
    ("invalid/nzcp-modified-sig", "refuse signature.invalid"),
    ("invalid/nzcp-expired-payload", "refuse validity.expired"),
    ("invalid/nzcp-notactive-payload", "refuse validity.not_yet"),
    // Signed by a key that the issuer does not list, and by another issuer.
    (
        "invalid/nzcp-not-associated-public-key",
        "abstain issuer.unknown",
    ),
    ("invalid/nzcp-revoked-public-key", "abstain issuer.unknown"),
];

pub(super) fn run(folder: &Path, out: &mut Results) {
    let desk = desk_at(folder, AT);
    for (name, expected) in CASES {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).ok();
        let text = text.as_deref().map(str::trim_end);
        if let Some(text) = text {
            let said = desk.read(text.as_bytes());
            let published = name.split('/').next().unwrap();
            out.add(
                name,
                "verdict",
                published,
                &words(&said),
                said.is_accepted() == (published == "valid"),
            );
            out.same(name, "reason", expected, &words(&said));
        }
        let png = std::fs::read(folder.join(format!("{name}.png"))).unwrap();
        pictures::compare(name, &png, text, true, &desk, out);
        if text.is_none() {
            let read = pictures::only(&png).unwrap_or_default();
            out.same(name, "picture, walked", expected, &words(&desk.read(&read)));
        }
    }
    let pictures = files(folder, ".png").len();
    out.same(
        "valid/nzcp",
        "pictures in the folder",
        &CASES.len().to_string(),
        &pictures.to_string(),
    );
    details(folder, out);
}

/// What the valid one shows, and when it starts and ends.
fn details(folder: &Path, out: &mut Results) {
    let name = "valid/nzcp";
    let text = std::fs::read_to_string(folder.join("valid/nzcp.txt")).unwrap();
    let subject = &json(&folder.join("valid/nzcp.json"));
    let subject = find(subject, "credentialSubject").unwrap();
    let read = |at| desk_at(folder, at).read(text.trim_end().as_bytes());
    for (element, text) in shown(&read(AT)) {
        out.same(
            name,
            &format!("shown {element}"),
            subject[&element].as_str().unwrap(),
            &text,
        );
    }
    for (about, at, published) in [
        (
            "a second before its start",
            1_635_883_529,
            "refuse validity.not_yet",
        ),
        ("at its start", 1_635_883_530, "accept"),
        ("in its last second", LAST, "accept"),
        ("at its end", LAST + 1, "refuse validity.expired"),
        (
            "a second after its end",
            LAST + 2,
            "refuse validity.expired",
        ),
    ] {
        out.same(name, about, published, &words(&read(at)));
    }
}

/// The member of that name, however deep.
fn find<'a>(value: &'a serde_json::Value, name: &str) -> Option<&'a serde_json::Value> {
    let members = value.as_object()?;
    members
        .get(name)
        .or_else(|| members.values().find_map(|value| find(value, name)))
}

fn desk_at(folder: &Path, at: i64) -> Desk {
    let jwk = json(&folder.join("valid/jwk.json"));
    let part = |name: &str| {
        BASE64_URL_SAFE_NO_PAD
            .decode(jwk[name].as_str().unwrap())
            .unwrap()
    };
    let key = IssuerKey::from_curve("P-256", &part("x"), Some(&part("y"))).unwrap();
    let usage = KeyUse {
        issuer: Some(ISSUER.to_owned()),
        id: Some(KEY_ID.as_bytes().to_vec()),
        ..KeyUse::default()
    };
    let rows = [
        ("givenName", "nzcp", "givenName", ClaimKind::Text),
        ("familyName", "nzcp", "familyName", ClaimKind::Text),
        ("dob", "nzcp", "dob", ClaimKind::Text),
    ];
    desk(key, usage, vec![card("nzcp.public-covid-pass", &rows)], at)
}
