//! A New Zealand COVID Pass (minhealthnz/nzcovidpass-spec), of no health authority of any country.

use super::{Document, DocumentHooks};
use crate::cbor::{bytes, int, map, text};
use crate::cwt::Cwt;
use crate::issuer::{NZCP_ISSUER, NZCP_KID, nzcp_key};
use crate::key::{Seed, sha256};
use crate::recipe::Hooks;
use crate::text::base32;
use crate::time::{DAY, day};
use ciborium::Value;

/// Describes a pass.
pub struct Nzcp {
    /// What the text begins with, its version in it.
    pub prefix: String,
    /// The `kid` of the key.
    pub kid: Vec<u8>,
    /// The token.
    pub cwt: Cwt,
    /// Changes that no field describes.
    pub hooks: DocumentHooks,
}

impl Nzcp {
    /// A sound pass at `at`: valid from 10 days ago, for 180 days more.
    #[must_use]
    pub fn new(at: i64) -> Self {
        let cti: Vec<u8> = sha256(&[b"nzcp cti"]).into_iter().take(16).collect();
        let context = [
            text("https://www.w3.org/2018/credentials/v1"),
            text("https://nzcp.covid19.health.nz/contexts/v1"),
        ];
        let subject = map([
            ("givenName", text("TESTINA ALEXANDRA MARIA")),
            ("familyName", text("SPECIMEN")),
            ("dob", text("1999-01-01")),
        ]);
        let credential = map([
            ("@context", Value::Array(context.to_vec())),
            ("version", text("1.0.0")),
            (
                "type",
                Value::Array(vec![text("VerifiableCredential"), text("PublicCovidPass")]),
            ),
            ("credentialSubject", subject),
        ]);
        let claims = vec![
            (int(1), text(NZCP_ISSUER)),
            (int(5), int(day(at).saturating_sub(10 * DAY))),
            (int(4), int(day(at).saturating_add(180 * DAY))),
            (text("vc"), credential),
            // The specification wants tag 37 around it; what was issued has none.
            (int(7), bytes(&cti)),
        ];
        Self {
            prefix: "NZCP:/1/".to_owned(),
            kid: NZCP_KID.as_bytes().to_vec(),
            cwt: Cwt::new(nzcp_key(), claims),
            hooks: DocumentHooks::default(),
        }
    }

    pub(crate) fn mint(&self, seed: &Seed) -> Document {
        let message = self.cwt.sign(seed, &self.kid);
        let mut body = message.clone();
        Hooks::run(&self.hooks.body, &mut body);
        let mut text = format!("{}{}", self.prefix, base32(&body));
        Hooks::run(&self.hooks.text, &mut text);
        Document {
            text,
            body,
            message,
            kid: self.kid.clone(),
        }
    }
}
