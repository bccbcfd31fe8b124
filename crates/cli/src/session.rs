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
    let transcript = without_tag_24(&bytes).unwrap_or(&bytes);
    // An array of three, as every edition has it.
    if transcript.first() == Some(&0x83) {
        Ok(Session::Transcript(transcript.to_vec()))
    } else {
        Err(bad("--transcript", file))
    }
}

/// What stands in `SessionTranscriptBytes`: a byte string under tag 24.
fn without_tag_24(bytes: &[u8]) -> Option<&[u8]> {
    let (length, content) = match bytes.strip_prefix(&[0xd8, 0x18])? {
        [head @ 0x40..=0x57, rest @ ..] => (usize::from(head - 0x40), rest),
        [0x58, length, rest @ ..] => (usize::from(*length), rest),
        [0x59, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    (content.len() == length).then_some(content)
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
    fn a_transcript_comes_with_its_tag_or_without() {
        assert_eq!(
            without_tag_24(&[0xd8, 0x18, 0x42, 0x83, 1]),
            Some(&[0x83, 1][..])
        );
        assert_eq!(
            without_tag_24(&[0xd8, 0x18, 0x58, 2, 0x83, 1]),
            Some(&[0x83, 1][..])
        );
        assert_eq!(
            without_tag_24(&[0xd8, 0x18, 0x59, 0, 2, 0x83, 1]),
            Some(&[0x83, 1][..])
        );
        for other in [
            &[0x83, 1][..],
            &[0xd8, 0x18, 0x43, 0x83, 1],
            &[0xd8, 0x18],
            &[],
        ] {
            assert_eq!(without_tag_24(other), None);
        }
    }

    #[test]
    fn a_nonce_that_is_no_hex_is_no_session() {
        let with = |nonce: &str| {
            session(&json!({ "handover": "key-binding", "audience": "a", "cnonce_hex": nonce }))
        };
        assert!(with("8c0f").is_some() && with("8c0").is_none() && with("xy").is_none());
    }
}
