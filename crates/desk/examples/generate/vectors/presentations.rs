//! Presentations that a desk accepts, each with what the holder's device signs.

use std::error::Error;

use hwagin_training::cbor::{embedded, encode, int, raw, text};
use hwagin_training::{Authority, Packing, Portrait, Presentation, Recipe, SdCwt, Value};
use serde_json::{Value as Json, json};

use super::challenges::Challenges;
use super::{CARD, CHECK, MADE, SHOWN, Says, TELLER, desk, entry, hex, sha256, sound, with};

type Found<T> = Result<T, Box<dyn Error>>;

pub(super) fn all(authority: &Authority, asked: &Challenges) -> Found<Vec<Json>> {
    let mut plain = sound();
    plain.envelope.cti = cti(1);
    plain.packing = Packing::Plain;
    let mut for_purpose = sound();
    for_purpose.envelope.cti = cti(2);
    for_purpose.envelope.purpose = Some(CHECK.to_owned());
    let mut to_any = answer(asked);
    to_any.envelope.cti = cti(4);
    to_any.envelope.purpose = None;
    let checked = desk(CHECK).accept("fresh", &shown());
    let answered = answered().accept("challenged", &shown_to_teller());
    let mdoc = |name, recipe: &Recipe, says: &Json| mdoc(authority, name, recipe, says);
    Ok(vec![
        mdoc("mdoc", &plain, &checked)?,
        mdoc("mdoc-for-a-purpose", &for_purpose, &checked)?,
        mdoc("mdoc-answer", &answer(asked), &answered)?,
        mdoc("mdoc-answer-without-purpose", &to_any, &answered)?,
        sd_cwt(authority, "sd-cwt", &sd_cwt_sound(), &checked)?,
        sd_cwt(
            authority,
            "sd-cwt-for-a-purpose",
            &sd_cwt_for_purpose(),
            &checked,
        )?,
        sd_cwt(authority, "sd-cwt-answer", &sd_cwt_answer(asked), &answered)?,
    ])
}

/// The answer to the displayed challenge, with the photo: too large for one comfortable symbol.
pub(super) fn answer(asked: &Challenges) -> Recipe {
    let mut recipe = Recipe::new(CARD, MADE);
    recipe.answer(&asked.to_displayed, MADE);
    recipe.envelope.cti = cti(3);
    recipe.packing = Packing::Zlib;
    recipe
}

/// A desk that asked the displayed challenge.
pub(super) fn answered() -> Says<'static> {
    Says {
        challenge: Some("displayed"),
        ..desk(TELLER)
    }
}

pub(super) fn sd_cwt_sound() -> SdCwt {
    let mut recipe = SdCwt::new(CARD, MADE);
    recipe.disclose(&SHOWN, MADE, Portrait::None);
    recipe.binding.cti = Some(cti(5));
    recipe
}

fn sd_cwt_for_purpose() -> SdCwt {
    let mut recipe = sd_cwt_sound();
    recipe.binding.cti = Some(cti(6));
    recipe.binding.aud = Some(text(&hwagin_training::sd_cwt::audience(CHECK)));
    recipe
}

pub(super) fn sd_cwt_answer(asked: &Challenges) -> SdCwt {
    let mut recipe = SdCwt::new(CARD, MADE);
    recipe.answer(&asked.to_displayed, MADE);
    recipe.binding.cti = Some(cti(7));
    recipe
}

fn shown() -> Json {
    json!({
        "family_name": "SPECIMEN",
        "given_name": "TESTINA ALEXANDRA MARIA",
        "birth_date": "1999-01-01",
    })
}

fn shown_to_teller() -> Json {
    json!({
        "family_name": "SPECIMEN",
        "given_name": "TESTINA ALEXANDRA MARIA",
        "family_name_native": "견본",
        "given_name_native": "테스티나",
        "registration_number": "990101-•••••••",
        "nationality": "ZZ",
        "issue_date": "2025-03-02",
    })
}

/// Sixteen bytes; those of a wallet are random.
fn cti(number: u8) -> Vec<u8> {
    (0..16).map(|place| number << 4 | place).collect()
}

fn mdoc(authority: &Authority, name: &str, recipe: &Recipe, says: &Json) -> Found<Json> {
    let shown = authority.mint(recipe);
    let envelope = read(&shown.envelope).ok_or("no envelope")?;
    let response = entry(&envelope, &int(1)).and_then(Value::as_bytes);
    let response = response.ok_or("no response")?;
    let made = json!({
        "response": hex(response),
        "iat": MADE,
        "envelope_purpose": recipe.envelope.purpose,
        "envelope_challenge": recipe.envelope.challenge_hash.as_deref().map(hex),
        "handover": handover(recipe),
        "device_signature": hex(&device_signature(response).ok_or("no proof")?),
    });
    Ok(with(common(name, "mdoc", &shown, says), made))
}

/// What the device signs, from the inside out (section 3).
fn handover(recipe: &Recipe) -> Json {
    let envelope = &recipe.envelope;
    let hashed = encode(&Value::Array(vec![
        envelope
            .challenge_hash
            .clone()
            .map_or(Value::Null, Value::Bytes),
        envelope.purpose.clone().map_or(Value::Null, Value::Text),
        int(MADE),
        Value::Bytes(envelope.cti.clone()),
    ]));
    let hash = sha256(&hashed);
    let transcript = encode(&Value::Array(vec![
        Value::Null,
        Value::Null,
        Value::Array(vec![
            text("HwaginOpticalHandover-1"),
            Value::Bytes(hash.clone()),
        ]),
    ]));
    let authentication = encode(&Value::Array(vec![
        text("DeviceAuthentication"),
        raw(transcript.clone()),
        text(CARD.doc_type()),
        embedded(encode(&Value::Map(Vec::new()))),
    ]));
    json!({
        "hashed": hex(&hashed),
        "hash": hex(&hash),
        "session_transcript": hex(&transcript),
        "device_authentication_bytes": hex(&encode(&embedded(authentication))),
    })
}

/// `deviceSignature`, r and s side by side.
fn device_signature(response: &[u8]) -> Option<Vec<u8>> {
    let response = read(response)?;
    let documents = entry(&response, &text("documents"))?.as_array()?;
    let signed = entry(documents.first()?, &text("deviceSigned"))?;
    let auth = entry(signed, &text("deviceAuth"))?;
    let sign1 = entry(auth, &text("deviceSignature"))?.as_array()?;
    sign1.last()?.as_bytes().cloned()
}

fn read(encoded: &[u8]) -> Option<Value> {
    ciborium::from_reader(encoded).ok()
}

fn sd_cwt(authority: &Authority, name: &str, recipe: &SdCwt, says: &Json) -> Found<Json> {
    let shown = authority.mint_sd_cwt(recipe);
    let token = read(&shown.envelope).ok_or("no token")?;
    let parts = match &token {
        Value::Tag(18, parts) => parts.as_array().ok_or("no array")?,
        _ => return Err("no COSE_Sign1".into()),
    };
    let payload = parts.get(2).and_then(Value::as_bytes).ok_or("no payload")?;
    let binding = &recipe.binding;
    let made = json!({
        "payload": hex(payload),
        "aud": binding.aud.as_ref().and_then(Value::as_text),
        "iat": MADE,
        "cnonce": binding.cnonce.as_deref().map(hex),
    });
    Ok(with(common(name, "sd-cwt", &shown, says), made))
}

fn common(name: &str, format: &str, shown: &Presentation, says: &Json) -> Json {
    let replay_id = sha256(&[shown.device_key.as_slice(), &shown.cti].concat());
    json!({
        "name": name,
        "format": format,
        "text": shown.text,
        "packed": hex(&shown.body),
        "body": hex(&shown.envelope),
        "cti": hex(&shown.cti),
        "replay_id": hex(&replay_id),
        "desk": says,
    })
}
