//! Codes that hold JSON, bare or in base64: Korea's mobile ID, tokens, credentials of others.

use super::json::Object;
use super::{Hint, base64};

/// What a text with JSON in it is.
pub(super) fn recognise(text: &[u8]) -> Option<Hint> {
    if let Some(object) = Object::of(text) {
        return korean(object).or_else(|| credential(object));
    }
    // The letter that base64 writes a brace with.
    if text.first() != Some(&b'e') {
        return None;
    }
    if text.contains(&b'.') {
        return is_token(text).then_some(Hint::WebToken);
    }
    korean(Object::of(&base64::decode(text)?)?)
}

/// Korea's mobile ID, by its message's command (message specification 1.0.0, section 2): M120 is
/// shown by the holder, M150 by whoever waits for Bluetooth, M200 by whoever wants to see an ID.
/// Version 2.0.0 and what is unknown of it counts as the holder's.
fn korean(object: Object<'_>) -> Option<Hint> {
    let is_message =
        object.says("type", "mip") && ["cmd", "trxcode", "version"].iter().any(|m| object.has(m));
    if !is_message {
        return None;
    }
    Some(if object.says("cmd", "150") {
        Hint::KoreanMobileIdNearby
    } else if object.says("cmd", "200") {
        Hint::KoreanMobileIdVerifier
    } else {
        Hint::KoreanMobileId
    })
}

/// Credentials that are JSON: ICAO VDS-NC, the Philippines' card in both its generations, and the
/// W3C data model.
fn credential(object: Object<'_>) -> Option<Hint> {
    let has = |names: &[&str]| names.iter().all(|name| object.has(name));
    if has(&["data", "hdr", "sig"]) && object.says_first("t", "icao.") {
        return Some(Hint::IcaoSeal);
    }
    let is_philid = (object.says("Issuer", "PSA") && has(&["subject", "PCN"]))
        || (object.says("i", "PSA") && has(&["sb", "PCN"]));
    if is_philid {
        return Some(Hint::NationalCard);
    }
    let is_w3c = object.has("@context")
        && (object.has("credentialSubject") || object.has("verifiableCredential"));
    is_w3c.then_some(Hint::OtherCredential)
}

/// RFC 7515, 7516 and 9901: three parts or five, the first of them JSON that names an algorithm;
/// disclosures may follow.
fn is_token(text: &[u8]) -> bool {
    let signed = text.split(|byte| *byte == b'~').next().unwrap_or_default();
    let parts = signed.split(|byte| *byte == b'.').count();
    let head = signed
        .split(|byte| *byte == b'.')
        .next()
        .unwrap_or_default();
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    (parts == 3 || parts == 5)
        && text.iter().all(is_letter)
        && base64::decode(head)
            .is_some_and(|head| Object::of(&head).is_some_and(|head| head.has("alg")))
}
