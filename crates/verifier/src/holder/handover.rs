//! Session transcripts of the protocols by which a response may have been captured elsewhere
//! (ISO/IEC 18013-5 §9.1.5.1; `OpenID4VP` 1.0 appendix B.2; ISO/IEC 18013-7).

use super::Session;
use crate::crypto::sha256;
use minicbor::Encoder;

/// How a response was asked for, as its verifier knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Handover {
    /// `OpenID4VP` 1.0 by redirect.
    OpenId4Vp {
        /// `client_id`.
        client_id: String,
        /// `nonce`.
        nonce: String,
        /// Thumbprint of the key that the response was encrypted to, where it was.
        jwk_thumbprint: Option<Vec<u8>>,
        /// `response_uri`.
        response_uri: String,
    },
    /// `OpenID4VP` 1.0 by the Digital Credentials API.
    DcApi {
        /// The page that asked.
        origin: String,
        /// `nonce`.
        nonce: String,
        /// As above.
        jwk_thumbprint: Option<Vec<u8>>,
    },
    /// The same as draft 24 had it.
    DcApiDraft24 {
        /// The page that asked.
        origin: String,
        /// `nonce`.
        nonce: String,
    },
    /// ISO/IEC 18013-7 annex B (`OpenID4VP` draft 18).
    AnnexB {
        /// `client_id`.
        client_id: String,
        /// `response_uri`.
        response_uri: String,
        /// `nonce`.
        nonce: String,
        /// `mdocGeneratedNonce`.
        mdoc_nonce: String,
    },
    /// ISO/IEC 18013-7 annex C (Digital Credentials API, HPKE).
    AnnexC {
        /// `Base64EncryptionInfo`, as it was sent.
        encryption_info: String,
        /// The page that asked.
        origin: String,
    },
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;
type Pen<'p> = &'p mut Encoder<Vec<u8>>;

impl Handover {
    /// The session that a response to it is bound to.
    #[must_use]
    pub fn session(&self) -> Session {
        let mut transcript = Encoder::new(Vec::new());
        // Writing to memory does not fail.
        let _ = self.write(&mut transcript);
        Session::Transcript(transcript.into_writer())
    }

    fn write(&self, pen: Pen<'_>) -> Written {
        pen.array(3)?.null()?.null()?;
        match self {
            Self::OpenId4Vp {
                client_id,
                nonce,
                jwk_thumbprint,
                response_uri,
            } => named(pen, "OpenID4VPHandover", |pen| {
                pen.array(4)?.str(client_id)?.str(nonce)?;
                thumbprint(pen, jwk_thumbprint.as_deref())?;
                pen.str(response_uri).map(drop)
            }),
            Self::DcApi {
                origin,
                nonce,
                jwk_thumbprint,
            } => named(pen, "OpenID4VPDCAPIHandover", |pen| {
                pen.array(3)?.str(origin)?.str(nonce)?;
                thumbprint(pen, jwk_thumbprint.as_deref())
            }),
            Self::DcApiDraft24 { origin, nonce } => named(pen, "OpenID4VPDCAPIHandover", |pen| {
                pen.array(3)?.str(origin)?;
                pen.str(&format!("web-origin:{origin}"))?
                    .str(nonce)
                    .map(drop)
            }),
            Self::AnnexB {
                client_id,
                response_uri,
                nonce,
                mdoc_nonce,
            } => {
                pen.array(3)?;
                for said in [client_id, response_uri] {
                    hash(pen, |pen| {
                        pen.array(2)?.str(said)?.str(mdoc_nonce).map(drop)
                    })?;
                }
                pen.str(nonce).map(drop)
            }
            Self::AnnexC {
                encryption_info,
                origin,
            } => named(pen, "dcapi", |pen| {
                pen.array(2)?.str(encryption_info)?.str(origin).map(drop)
            }),
        }
    }
}

/// `[name, SHA-256(content)]`
fn named(pen: Pen<'_>, name: &str, content: impl FnOnce(Pen<'_>) -> Written) -> Written {
    pen.array(2)?.str(name)?;
    hash(pen, content)
}

fn hash(pen: Pen<'_>, content: impl FnOnce(Pen<'_>) -> Written) -> Written {
    let mut inside = Encoder::new(Vec::new());
    content(&mut inside)?;
    pen.bytes(&sha256(&[&inside.into_writer()])).map(drop)
}

fn thumbprint(pen: Pen<'_>, thumbprint: Option<&[u8]>) -> Written {
    match thumbprint {
        Some(bytes) => pen.bytes(bytes).map(drop),
        None => pen.null().map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(handover: &Handover) -> Vec<u8> {
        match handover.session() {
            Session::Transcript(bytes) => bytes,
            _ => panic!("no transcript"),
        }
    }

    #[test]
    fn the_examples_of_openid4vp_give_the_transcripts_printed_there() {
        // OpenID4VP 1.0, B.2.6.1 and B.2.6.2: the hashes in their handovers.
        let hex = crate::tests::hex;
        let thumbprint = "4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047";
        let redirect = Handover::OpenId4Vp {
            client_id: "x509_san_dns:example.com".to_owned(),
            nonce: "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA".to_owned(),
            jwk_thumbprint: Some(hex(thumbprint)),
            response_uri: "https://example.com/response".to_owned(),
        };
        let said = transcript(&redirect);
        let hash = hex("048bc053c00442af9b8eed494cefdd9d95240d254b046b11b68013722aad38ac");
        assert!(said.ends_with(&hash), "{said:02x?}");
        let page = Handover::DcApi {
            origin: "https://example.com".to_owned(),
            nonce: "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA".to_owned(),
            jwk_thumbprint: Some(hex(thumbprint)),
        };
        let hash = hex("fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a");
        assert!(transcript(&page).ends_with(&hash));
    }

    #[test]
    fn every_kind_is_an_array_of_two_nulls_and_its_handover() {
        let text = |text: &str| text.to_owned();
        for (handover, members) in [
            (
                Handover::DcApiDraft24 {
                    origin: text("https://a"),
                    nonce: text("n"),
                },
                2,
            ),
            (
                Handover::AnnexB {
                    client_id: text("a"),
                    response_uri: text("b"),
                    nonce: text("c"),
                    mdoc_nonce: text("d"),
                },
                3,
            ),
            (
                Handover::AnnexC {
                    encryption_info: text("e"),
                    origin: text("https://a"),
                },
                2,
            ),
        ] {
            let said = transcript(&handover);
            let whole = crate::cbor::Item::whole(&said).unwrap_or_else(|_| panic!());
            let parts = whole.array().unwrap();
            assert!(parts.len() == 3 && parts[0].is_null() && parts[1].is_null());
            assert_eq!(parts[2].array().unwrap().len(), members);
        }
    }
}
