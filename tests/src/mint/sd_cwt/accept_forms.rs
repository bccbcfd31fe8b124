//! Accepted: the ways in which a token and its binding may be written, and how they are captured.

use super::accepted;
use crate::mint::{Draft, accepts, hook};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, raw, text};
use hwagin_training::{Card, SdCwt, Value};

/// Whom captured tokens are for.
pub(super) const VERIFIER: &str = "https://verifier.example";
/// What that verifier asked.
pub(super) const NONCE: [u8; 32] = [0x5a; 32];

pub(super) fn drafts() -> Vec<Draft> {
    [types(), headers(), bindings(), encodings(), captured()]
        .into_iter()
        .flatten()
        .collect()
}

fn types() -> Vec<Draft> {
    let typ = |name, why, token: &str, binding: &str| {
        accepted(name, why, |r| {
            r.token.typ = Some(text(token));
            r.binding.typ = Some(text(binding));
        })
    };
    vec![
        typ(
            "accept/sd-cwt-types-as-text",
            "RFC 9596: a media type in place of its number",
            "application/sd-cwt",
            "application/kb+cwt",
        ),
        typ(
            "accept/sd-cwt-types-in-short",
            "RFC 9596: application/ may be left out",
            "sd-cwt",
            "kb+cwt",
        ),
        typ(
            "accept/sd-cwt-type-of-an-application",
            "a type that ends in +sd-cwt is an SD-CWT",
            "application/card+sd-cwt",
            "application/kb+cwt",
        ),
    ]
}

fn headers() -> Vec<Draft> {
    vec![
        accepted(
            "accept/sd-cwt-unknown-headers",
            "unknown headers that are not critical",
            |r| {
                r.token.sign1.protected.push((int(99), text("x")));
                r.token.sign1.unprotected.push((int(98), text("y")));
                r.binding.sign1.protected.push((int(99), text("z")));
            },
        ),
        accepted(
            "accept/sd-cwt-claims-repeated-in-header",
            "RFC 9597: the same claim with the same value",
            |r| {
                let claims = Value::Map(vec![(int(11), text(Card::Mdl.doc_type()))]);
                r.token.sign1.protected.push((int(15), claims));
            },
        ),
        accepted(
            "accept/sd-cwt-kid-beside-chain",
            "the certificate says who it is",
            |r| r.token.sign1.unprotected.push((int(4), bytes(b"7"))),
        ),
    ]
}

fn bindings() -> Vec<Draft> {
    let made = |name, why, ago: i64| accepted(name, why, |r| r.binding.iat = Some(int(AT - ago)));
    vec![
        made(
            "accept/sd-cwt-made-120-seconds-ago",
            "the last second of the purpose's window",
            120,
        ),
        made(
            "accept/sd-cwt-made-60-seconds-ahead",
            "the most that two clocks may differ",
            -60,
        ),
        accepted(
            "accept/sd-cwt-binding-with-its-own-window",
            "inside that of the credential",
            |r| r.binding.extra = vec![(int(5), int(AT - 9)), (int(4), int(AT + 60))],
        ),
        accepted(
            "accept/sd-cwt-binding-with-unknown-claim",
            "reserved for others",
            |r| r.binding.extra.push((int(500), text("x"))),
        ),
        accepted(
            "accept/sd-cwt-binding-in-another-order",
            "the order of a map is free",
            |r| r.hooks.binding = hook(|map: &mut Value| map.as_map_mut().unwrap().reverse()),
        ),
    ]
}

/// The head of a map of fewer than 24 entries, one byte longer than it has to be.
fn longer_head(map: &mut Vec<u8>) {
    let entries = map[0] & 0x1f;
    assert!(map[0] >> 5 == 5 && entries < 24);
    map.splice(0..1, [0xb8, entries]);
}

fn encodings() -> Vec<Draft> {
    vec![
        accepted(
            "accept/sd-cwt-longer-head-of-claims",
            "longer than needed, and signed so",
            |r| r.hooks.claims_bytes = hook(longer_head),
        ),
        accepted(
            "accept/sd-cwt-longer-head-of-binding",
            "longer than needed, and signed so",
            |r| r.hooks.binding_bytes = hook(longer_head),
        ),
        accepted(
            "accept/sd-cwt-longer-head-of-disclosure",
            "hashes run over the bytes received",
            |r| {
                r.hooks.disclosure = Some(Box::new(|_, content: &mut Value| {
                    let mut written = encode(content);
                    let elements = written[0] & 0x1f;
                    written.splice(0..1, [0x98, elements]);
                    *content = raw(written);
                }));
            },
        ),
        accepted(
            "accept/sd-cwt-claims-in-another-order",
            "the order of a map is free",
            |r| r.hooks.claims = hook(|map: &mut Value| map.as_map_mut().unwrap().reverse()),
        ),
    ]
}

fn captured() -> Vec<Draft> {
    let bound = |name, why, nonce: Option<&[u8]>, change: fn(&mut SdCwt)| {
        accepts(name, why).audience(VERIFIER, nonce).caught(|r| {
            r.binding.aud = Some(text(VERIFIER));
            r.binding.cnonce = nonce.map(<[u8]>::to_vec);
            change(r);
        })
    };
    vec![
        bound(
            "accept/sd-cwt-captured-with-nonce",
            "for the verifier, and with the nonce that it asked",
            Some(&NONCE),
            |_| {},
        ),
        bound(
            "accept/sd-cwt-captured-without-nonce",
            "for the verifier, which asked none",
            None,
            |_| {},
        ),
        bound(
            "accept/sd-cwt-captured-nonce-in-place-of-time",
            "cti and no iat: the nonce of this session says when",
            Some(&NONCE),
            |r| r.binding.iat = None,
        ),
        bound(
            "accept/sd-cwt-captured-time-in-place-of-id",
            "iat and no cti: the draft asks for one of the two",
            Some(&NONCE),
            |r| r.binding.cti = None,
        ),
        bound(
            "accept/sd-cwt-captured-short-id-and-nonce",
            "lengths are the optical presentation's, not the draft's",
            Some(&[1; 8]),
            |r| r.binding.cti = Some(vec![1; 4]),
        ),
        accepts(
            "accept/sd-cwt-captured-optical",
            "made for a desk, without its text form",
        )
        .caught(|_| {}),
        accepts(
            "accept/sd-cwt-captured-bare",
            "no key binding token: the document is genuine, its holder not proven",
        )
        .purpose("document-only")
        .caught(|r| r.bare = true)
        .cautions(&["holder_not_proven"]),
        accepts(
            "accept/sd-cwt-bare",
            "the same, shown to a desk that asks for no proof",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| r.bare = true)
        .cautions(&["holder_not_proven"]),
        accepts(
            "accept/sd-cwt-captured-bare-of-any-key",
            "without a proof nobody needs the holder's key: a thumbprint (RFC 9679)",
        )
        .purpose("document-only")
        .caught(|r| {
            r.bare = true;
            let thumbprint = Value::Map(vec![(int(5), bytes(&[5; 32]))]);
            r.token.claims.set(int(8), thumbprint);
        })
        .cautions(&["holder_not_proven"]),
    ]
}
