//! What a presentation is made of, without a value of it: for whoever builds or mends a wallet.

use super::mdoc::{self, IssuerSignedItem};
use super::{Document, Unverified, sd_cwt};
use crate::Reason;
use crate::cose::UnverifiedSign1;

/// Names longer than this, or not of visible ASCII, are left out of an outline: they are a
/// stranger's text, on its way to a terminal.
const MAX_NAME: usize = 128;

/// The structure of an [`Unverified`] presentation. Nobody vouches for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// Its format.
    pub format: FormatOutline,
    /// The document type it claims; `None` where only the signed part says it.
    pub doc_type: Option<String>,
    /// What it discloses, in the order received.
    pub elements: Vec<ElementOutline>,
    /// Bytes of what the issuer signed with its headers and signature.
    pub signed_bytes: usize,
    /// What the holder's device made.
    pub proof: ProofOutline,
    /// Elements that the device alone vouches for.
    pub device_elements: usize,
    /// Whether it was made for a purpose.
    pub names_purpose: bool,
    /// Whether it answers a challenge.
    pub answers_challenge: bool,
}

/// The format of a presentation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormatOutline {
    /// ISO/IEC 18013-5.
    Mdoc,
    /// draft-ietf-spice-sd-cwt.
    SdCwt,
    /// An electronic health certificate.
    Hcert,
    /// NZ COVID pass.
    Nzcp,
    /// MOSIP claim 169.
    Claim169,
}

impl FormatOutline {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mdoc => "mdoc",
            Self::SdCwt => "sd_cwt",
            Self::Hcert => "hcert",
            Self::Nzcp => "nzcp",
            Self::Claim169 => "claim_169",
        }
    }
}

/// One disclosed element, without its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ElementOutline {
    /// Its namespace.
    pub namespace: String,
    /// Its identifier.
    pub element: String,
    /// Which digest it claims, in a format that numbers them.
    pub digest_id: Option<u64>,
    /// Bytes of its encoded value.
    pub bytes: usize,
}

/// What stands where the holder's proof is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProofOutline {
    /// A `deviceSignature`, or a key binding token.
    Signature,
    /// A `deviceMac`, which proves nothing to a desk without a reader key.
    Mac,
    /// Nothing.
    Nothing,
}

impl Unverified<'_> {
    /// What this is made of.
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`: a part that cannot be opened.
    pub fn outline(&self) -> Result<Outline, Reason> {
        match &self.document {
            Document::Mdoc(presentation) => of_mdoc(presentation),
            Document::SdCwt(presentation) => Ok(of_sd_cwt(presentation)),
            Document::Hcert(message, _) => Ok(of_message(FormatOutline::Hcert, message)),
            Document::Nzcp(message) => Ok(of_message(FormatOutline::Nzcp, message)),
            Document::Claim169(message) => Ok(of_message(FormatOutline::Claim169, message)),
        }
    }
}

fn of_mdoc(presentation: &mdoc::Presentation<'_>) -> Result<Outline, Reason> {
    let document = &presentation.document;
    let mut elements = Vec::with_capacity(document.items.len());
    for (namespace, item) in &document.items {
        let opened = IssuerSignedItem::open(*item)?;
        elements.push(ElementOutline {
            namespace: name(namespace),
            element: name(opened.element),
            digest_id: Some(opened.digest_id),
            bytes: opened.value.encoded().len(),
        });
    }
    let device = document.device_signed;
    let envelope = presentation.envelope;
    Ok(Outline {
        format: FormatOutline::Mdoc,
        doc_type: Some(name(document.doc_type)),
        elements,
        signed_bytes: document.issuer_auth.encoded().len(),
        proof: match device.map(|signed| signed.signature.is_some()) {
            Some(true) => ProofOutline::Signature,
            Some(false) => ProofOutline::Mac,
            None => ProofOutline::Nothing,
        },
        device_elements: device.map_or(0, |signed| signed.elements),
        names_purpose: envelope.is_some_and(|envelope| envelope.purpose.is_some()),
        answers_challenge: envelope.is_some_and(|envelope| envelope.challenge_hash.is_some()),
    })
}

/// Disclosures by their keys; where they belong only the signed part says.
fn of_sd_cwt(presentation: &sd_cwt::Presentation<'_>) -> Outline {
    let element = |(key, bytes): (Option<String>, usize)| ElementOutline {
        namespace: String::new(),
        element: key.as_deref().map_or_else(|| "?".to_owned(), name),
        digest_id: None,
        bytes,
    };
    Outline {
        elements: presentation.outline().map(element).collect(),
        proof: match presentation.binding {
            Some(_) => ProofOutline::Signature,
            None => ProofOutline::Nothing,
        },
        ..of_message(FormatOutline::SdCwt, &presentation.token)
    }
}

fn of_message(format: FormatOutline, message: &UnverifiedSign1<'_>) -> Outline {
    Outline {
        format,
        doc_type: None,
        elements: Vec::new(),
        signed_bytes: message.length(),
        proof: ProofOutline::Nothing,
        device_elements: 0,
        names_purpose: false,
        answers_challenge: false,
    }
}

fn name(text: &str) -> String {
    let is_name = text.len() <= MAX_NAME && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_name { text } else { "?" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_that_could_move_the_cursor_is_left_out() {
        assert_eq!(name("org.iso.23220.1"), "org.iso.23220.1");
        for hostile in ["\u{1b}[2J", "a b", "\u{202e}abc", &"a".repeat(129)] {
            assert_eq!(name(hostile), "?");
        }
    }
}
