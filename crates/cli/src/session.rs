//! The session that a captured response belongs to, from files.

use std::ffi::OsString;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hwagin_verifier::Session;
use hwagin_verifier::holder::Handover;
use serde_json::Value;

use crate::failure::Failure;
use crate::input;

/// An encoded `SessionTranscript`, as bytes or as hex.
pub(crate) fn transcript(file: &OsString) -> Result<Session, Failure> {
    let bytes = input::file(Path::new(file))?;
    let text = std::str::from_utf8(&bytes).map(str::trim).ok();
    let bytes = text.and_then(input::hex).unwrap_or(bytes);
    // An array of three, as every edition has it.
    if bytes.first() == Some(&0x83) {
        Ok(Session::Transcript(bytes))
    } else {
        Err(bad("--transcript", file))
    }
}

/// How the response was asked for: a JSON object with `handover` and the members of that handover.
pub(crate) fn handover(file: &OsString) -> Result<Session, Failure> {
    let bytes = input::file(Path::new(file))?;
    let object: Value = serde_json::from_slice(&bytes).map_err(|_| bad("--handover", file))?;
    session(&object).ok_or_else(|| bad("--handover", file))
}

fn bad(option: &str, file: &OsString) -> Failure {
    Failure::new(
        "bad_session",
        format!("{option} {}", file.to_string_lossy()),
    )
}

fn session(object: &Value) -> Option<Session> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let thumbprint = || match text("jwk_thumbprint") {
        None => Some(None),
        Some(text) => BASE64_URL_SAFE_NO_PAD.decode(text).ok().map(Some),
    };
    let handover = match text("handover")?.as_str() {
        "openid4vp" => Handover::OpenId4Vp {
            client_id: text("client_id")?,
            nonce: text("nonce")?,
            jwk_thumbprint: thumbprint()?,
            response_uri: text("response_uri")?,
        },
        "openid4vp-dc-api" => Handover::DcApi {
            origin: text("origin")?,
            nonce: text("nonce")?,
            jwk_thumbprint: thumbprint()?,
        },
        "openid4vp-dc-api-draft-24" => Handover::DcApiDraft24 {
            origin: text("origin")?,
            nonce: text("nonce")?,
        },
        "iso-18013-7-annex-b" => Handover::AnnexB {
            client_id: text("client_id")?,
            response_uri: text("response_uri")?,
            nonce: text("nonce")?,
            mdoc_nonce: text("mdoc_generated_nonce")?,
        },
        "iso-18013-7-annex-c" => Handover::AnnexC {
            encryption_info: text("base64_encryption_info")?,
            origin: text("origin")?,
        },
        "key-binding" => {
            let nonce = match text("cnonce_hex") {
                None => None,
                Some(digits) => Some(input::hex(&digits)?),
            };
            return Some(Session::KeyBinding {
                audience: text("audience")?,
                nonce,
            });
        }
        _ => return None,
    };
    Some(handover.session())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_handover_without_one_of_its_members_is_no_session() {
        let whole = json!({
            "handover": "openid4vp", "client_id": "a", "nonce": "b", "response_uri": "c",
        });
        assert!(session(&whole).is_some());
        for member in ["handover", "client_id", "nonce", "response_uri"] {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().remove(member);
            assert!(session(&less).is_none(), "{member}");
        }
        let unknown = json!({ "handover": "openid4vp-2", "client_id": "a" });
        assert!(session(&unknown).is_none());
    }

    #[test]
    fn a_nonce_that_is_no_hex_is_no_session() {
        let with = |nonce: &str| {
            session(&json!({ "handover": "key-binding", "audience": "a", "cnonce_hex": nonce }))
        };
        assert!(with("8c0f").is_some() && with("8c0").is_none() && with("xy").is_none());
    }
}
