//! Every protocol whose transcript the desk can make: the phone signs one that is written here
//! from the specification, the desk's is the verifier's own.

use super::{CLIENT, NONCE, ORIGIN, RESPONSE_URI, hash, online, redirect};
use crate::mint::{Draft, accepts, refuses};
use hwagin_training::Value;
use hwagin_training::cbor::{bytes, embedded, encode, int, map, text};
use hwagin_verifier::Session;
use hwagin_verifier::holder::Handover;

const THUMBPRINT: [u8; 32] = [0x42; 32];
const MDOC_NONCE: &str = "nonce-of-the-wallet";
const ENCRYPTION_INFO: &str = "gmVkY2FwaaE";

pub(super) fn drafts() -> Vec<Draft> {
    [sound(), offline(), other()]
        .into_iter()
        .flatten()
        .collect()
}

/// A proof over `signed` at a desk whose session is that of `handover`.
fn at_desk(draft: Draft, handover: &Handover, signed: &Value) -> Draft {
    let Session::Transcript(transcript) = handover.session() else {
        panic!("a handover has a transcript");
    };
    draft.transcript(&transcript).signed(signed, |_| {})
}

fn owned(text: &str) -> String {
    text.to_owned()
}

fn by_redirect(thumbprint: Option<&[u8]>) -> Handover {
    Handover::OpenId4Vp {
        client_id: owned(CLIENT),
        nonce: owned(NONCE),
        jwk_thumbprint: thumbprint.map(<[u8]>::to_vec),
        response_uri: owned(RESPONSE_URI),
    }
}

fn by_browser(thumbprint: Option<&[u8]>) -> Handover {
    Handover::DcApi {
        origin: owned(ORIGIN),
        nonce: owned(NONCE),
        jwk_thumbprint: thumbprint.map(<[u8]>::to_vec),
    }
}

fn annex_b() -> Handover {
    Handover::AnnexB {
        client_id: owned(CLIENT),
        response_uri: owned(RESPONSE_URI),
        nonce: owned(NONCE),
        mdoc_nonce: owned(MDOC_NONCE),
    }
}

/// The handover of the Digital Credentials API, with this third element.
fn browser(third: Value) -> Value {
    let hash = hash(vec![text(ORIGIN), text(NONCE), third]);
    online(vec![text("OpenID4VPDCAPIHandover"), hash])
}

fn annex_b_signed() -> Value {
    online(vec![
        hash(vec![text(CLIENT), text(MDOC_NONCE)]),
        hash(vec![text(RESPONSE_URI), text(MDOC_NONCE)]),
        text(NONCE),
    ])
}

fn sound() -> Vec<Draft> {
    let encrypted = hash(vec![
        text(CLIENT),
        text(NONCE),
        bytes(&THUMBPRINT),
        text(RESPONSE_URI),
    ]);
    let draft_24 = hash(vec![
        text(ORIGIN),
        text(&format!("web-origin:{ORIGIN}")),
        text(NONCE),
    ]);
    let annex_c = hash(vec![text(ENCRYPTION_INFO), text(ORIGIN)]);
    vec![
        at_desk(
            accepts("accept/captured-redirect", "OpenID4VP 1.0, B.2.6.1"),
            &by_redirect(None),
            &redirect(NONCE),
        ),
        at_desk(
            accepts(
                "accept/captured-redirect-encrypted",
                "the same, sent to a key: its thumbprint is part of it",
            ),
            &by_redirect(Some(&THUMBPRINT)),
            &online(vec![text("OpenID4VPHandover"), encrypted]),
        ),
        at_desk(
            accepts("accept/captured-browser", "OpenID4VP 1.0, B.2.6.2"),
            &by_browser(None),
            &browser(Value::Null),
        ),
        at_desk(
            accepts("accept/captured-browser-encrypted", "sent to a key"),
            &by_browser(Some(&THUMBPRINT)),
            &browser(bytes(&THUMBPRINT)),
        ),
        at_desk(
            accepts(
                "accept/captured-browser-draft-24",
                "as wallets of 2025 do it",
            ),
            &Handover::DcApiDraft24 {
                origin: owned(ORIGIN),
                nonce: owned(NONCE),
            },
            &online(vec![text("OpenID4VPDCAPIHandover"), draft_24]),
        ),
        at_desk(
            accepts("accept/captured-annex-b", "ISO/IEC 18013-7 annex B"),
            &annex_b(),
            &annex_b_signed(),
        ),
        at_desk(
            accepts("accept/captured-annex-c", "ISO/IEC 18013-7 annex C"),
            &Handover::AnnexC {
                encryption_info: owned(ENCRYPTION_INFO),
                origin: owned(ORIGIN),
            },
            &online(vec![text("dcapi"), annex_c]),
        ),
    ]
}

/// Sessions over radio, whose transcripts hold engagement and reader key.
fn offline() -> Vec<Draft> {
    let engagement = || embedded(encode(&Value::Map(vec![(int(0), text("1.0"))])));
    let reader = || embedded(encode(&map([("reader", text("key"))])));
    let session = |handover: Value| Value::Array(vec![engagement(), reader(), handover]);
    vec![
        accepts(
            "accept/captured-radio",
            "ISO/IEC 18013-5: QR handover, null",
        )
        .in_session(&session(Value::Null), |_| {}),
        accepts("accept/captured-radio-by-touch", "NFC handover, no request").in_session(
            &session(Value::Array(vec![bytes(b"select"), Value::Null])),
            |_| {},
        ),
    ]
}

fn other() -> Vec<Draft> {
    let invalid = |name, why| refuses("holder.proof_invalid", name, why);
    vec![
        at_desk(
            invalid(
                "holder/captured-with-another-nonce",
                "of another session with the same verifier",
            ),
            &by_redirect(None),
            &redirect("nonce-of-yesterday"),
        ),
        at_desk(
            invalid(
                "holder/captured-for-another-client",
                "client_id and response_uri are exchanged",
            ),
            &by_redirect(None),
            &online(vec![
                text("OpenID4VPHandover"),
                hash(vec![
                    text(RESPONSE_URI),
                    text(NONCE),
                    Value::Null,
                    text(CLIENT),
                ]),
            ]),
        ),
        at_desk(
            invalid(
                "holder/captured-browser-for-redirect",
                "one protocol's proof in the other",
            ),
            &by_redirect(None),
            &browser(Value::Null),
        ),
        at_desk(
            invalid(
                "holder/captured-encrypted-to-another-key",
                "sent to a key that is not the verifier's",
            ),
            &by_browser(Some(&THUMBPRINT)),
            &browser(bytes(&[0x43; 32])),
        ),
        at_desk(
            invalid(
                "holder/captured-not-encrypted",
                "the thumbprint is missing from what was signed",
            ),
            &by_browser(Some(&THUMBPRINT)),
            &browser(Value::Null),
        ),
        at_desk(
            invalid("holder/captured-of-another-origin", "made for another page"),
            &by_browser(None),
            &online(vec![
                text("OpenID4VPDCAPIHandover"),
                hash(vec![
                    text("https://other.example"),
                    text(NONCE),
                    Value::Null,
                ]),
            ]),
        ),
        at_desk(
            invalid(
                "holder/captured-annex-b-for-redirect",
                "the draft's proof in the final protocol",
            ),
            &by_redirect(None),
            &annex_b_signed(),
        ),
    ]
}
