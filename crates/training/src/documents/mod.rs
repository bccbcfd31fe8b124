//! Documents that nobody proves to hold: one code, on paper or a screen, the same for years.

mod case;
pub mod claim_169;
mod hcert;
mod health;
mod nzcp;
mod revocation;

pub use case::{DocumentCase, DocumentKind};
pub use claim_169::Claim169;
pub use hcert::{Hcert, HcertKind};
pub use nzcp::Nzcp;
pub use revocation::{HashType, RevocationBatch};

use crate::recipe::{Change, Hooks};
use crate::text::{base45, squeeze};

/// What is in the code of a document, and what a test wants to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The content of the QR code.
    pub text: String,
    /// What the text writes in base45 or base32.
    pub body: Vec<u8>,
    /// The message before it was compressed.
    pub message: Vec<u8>,
    /// The `kid` of the key that signs, whether the message names it or not.
    pub kid: Vec<u8>,
}

/// How a message becomes the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Compression {
    /// zlib (RFC 1950).
    #[default]
    Zlib,
    /// Not at all.
    None,
    /// zlib, of which the last half is missing.
    Broken,
}

impl Compression {
    fn of(self, message: &[u8]) -> Vec<u8> {
        let mut body = match self {
            Self::None => return message.to_vec(),
            Self::Zlib | Self::Broken => squeeze(message, zopfli::Format::Zlib),
        };
        if self == Self::Broken {
            body.truncate(body.len() / 2);
        }
        body
    }
}

/// Changes that no field describes, in the order in which they are made.
#[derive(Default)]
pub struct DocumentHooks {
    /// The body, compressed.
    pub body: Option<Change<Vec<u8>>>,
    /// The text.
    pub text: Option<Change<String>>,
}

impl DocumentHooks {
    /// The document of a message that is written in base45.
    fn document(
        &self,
        prefix: &str,
        message: Vec<u8>,
        compression: Compression,
        kid: Vec<u8>,
    ) -> Document {
        let mut body = compression.of(&message);
        Hooks::run(&self.body, &mut body);
        let mut text = format!("{prefix}{}", base45(&body));
        Hooks::run(&self.text, &mut text);
        Document {
            text,
            body,
            message,
            kid,
        }
    }
}
