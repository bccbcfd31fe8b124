//! What counts as a proof of a captured response, and what not.

use super::{NONCE, accepted, redirect};
use crate::mint::{Draft, abstains, accepts, refuses};
use crate::world::AT;
use hwagin_training::cbor::{encode, map};
use hwagin_training::cose::{Payload, Sign1, Signature};
use hwagin_training::recipe::Proof;
use hwagin_training::{Authority, Card, Key, KeyKind, Recipe, Value};

const INVALID: &str = "holder.proof_invalid";
const MISSING: &str = "holder.proof_missing";

pub(super) fn drafts() -> Vec<Draft> {
    [good(), broken(), missing(), bearer()]
        .into_iter()
        .flatten()
        .collect()
}

fn good() -> Vec<Draft> {
    let key = |name, why, kind| accepted(name, why, |r| r.holder.key = Key::new(kind, "odd phone"));
    vec![
        accepted(
            "accept/captured-attached-and-equal",
            "a wallet that sends what it signed, byte for byte",
            |r| r.holder.sign1.payload = Payload::Attached,
        ),
        key("accept/captured-holder-es384", "P-384", KeyKind::P384),
        key("accept/captured-holder-eddsa", "Ed25519", KeyKind::Ed25519),
        accepted(
            "accept/captured-device-elements",
            "the phone's own word: counted, never read",
            |r| {
                let flag = map([("age_over_65", Value::Bool(true))]);
                r.holder.name_spaces = map([("org.iso.18013.5.1", flag)]);
            },
        )
        .surplus(5),
        accepts(
            "accept/captured-optical-envelope",
            "the envelope of the optical presentation, without its text form",
        )
        .captured(
            &Authority::built_in()
                .mint(&Recipe::new(Card::Mdl, AT))
                .envelope,
        )
        .showing(&["family_name", "given_name", "birth_date"]),
    ]
}

fn broken() -> Vec<Draft> {
    let invalid = |name, why, change: fn(&mut Recipe)| {
        refuses(INVALID, name, why).in_session(&redirect(NONCE), change)
    };
    let sign1 = |name, why, change: fn(&mut Sign1)| {
        refuses(INVALID, name, why).in_session(&redirect(NONCE), |r| change(&mut r.holder.sign1))
    };
    let transcript = encode(&redirect(NONCE));
    vec![
        sign1(
            "holder/captured-attached-and-different",
            "not what this desk rebuilds",
            |s| s.payload = Payload::Replaced(vec![0xd8, 0x18, 0x41, 0xf6]),
        ),
        sign1("holder/captured-signature-changed", "one bit", |s| {
            s.signature = Signature::Flipped;
        }),
        sign1("holder/captured-signature-empty", "no byte", |s| {
            s.signature = Signature::Empty;
        }),
        invalid(
            "holder/captured-of-another-phone",
            "the card is bound to another key",
            |r| r.holder.signs_with = Some(Key::p256("another phone")),
        ),
        refuses(
            INVALID,
            "holder/captured-optical-proof",
            "made to be shown to a desk, and not for this session",
        )
        .transcript(&transcript)
        .response(Card::Mdl, |_| {}),
        refuses(
            INVALID,
            "holder/captured-session-of-nothing",
            "the transcript of the desk is null",
        )
        .transcript(&[0xf6])
        .response(Card::Mdl, |_| {}),
        refuses(
            INVALID,
            "holder/captured-broken-where-none-is-needed",
            "it is there and there is a session, so it has to hold",
        )
        .purpose("document-only")
        .transcript(&transcript)
        .response(Card::Mdl, |_| {}),
    ]
}

fn missing() -> Vec<Draft> {
    vec![
        abstains(
            MISSING,
            "holder/captured-without-session",
            "a proof that nobody can check is none",
        )
        .signed(&redirect(NONCE), |_| {}),
        refuses(
            MISSING,
            "holder/captured-without-session-where-refused",
            "this purpose refuses without",
        )
        .purpose("landlord")
        .response(Card::Mfc, |_| {}),
        abstains(
            MISSING,
            "holder/captured-optical-without-envelope",
            "time and id that it was signed with are gone",
        )
        .response(Card::Mdl, |_| {}),
        abstains(
            MISSING,
            "holder/captured-with-a-token-s-session",
            "an audience is for a key binding token",
        )
        .audience("https://verifier.example", Some(&[1; 32]))
        .signed(&redirect(NONCE), |_| {}),
        abstains(
            MISSING,
            "holder/captured-mac",
            "a MAC needs the reader's key, which no transcript holds",
        )
        .in_session(&redirect(NONCE), |r| r.holder.proof = Proof::Mac),
        abstains(
            MISSING,
            "holder/captured-unsigned",
            "no deviceSigned at all",
        )
        .in_session(&redirect(NONCE), |r| r.holder.proof = Proof::Missing),
    ]
}

fn bearer() -> Vec<Draft> {
    let accepted = |name, why| {
        accepts(name, why)
            .purpose("document-only")
            .cautions(&["holder_not_proven"])
    };
    vec![
        accepted(
            "accept/captured-without-session",
            "a proof that nobody can check is none, and the document is genuine",
        )
        .signed(&redirect(NONCE), |_| {}),
        accepted(
            "accept/captured-mac",
            "a MAC counts as no proof, session or not",
        )
        .in_session(&redirect(NONCE), |r| r.holder.proof = Proof::Mac),
        accepted("accept/captured-unsigned", "no deviceSigned at all")
            .in_session(&redirect(NONCE), |r| r.holder.proof = Proof::Missing),
        accepted(
            "accept/captured-broken-without-session",
            "without a session a broken proof looks like any other",
        )
        .response(Card::Mdl, |r| {
            r.holder.sign1.signature = Signature::Flipped;
        }),
    ]
}
