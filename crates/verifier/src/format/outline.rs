//! What a presentation is made of, without a value of it: for whoever builds or mends a wallet.

use super::Unverified;
use super::mdoc::IssuerSignedItem;
use crate::Reason;

/// Names longer than this, or not of visible ASCII, are left out of an outline: they are a
/// stranger's text, on its way to a terminal.
const MAX_NAME: usize = 128;

/// The structure of an [`Unverified`] presentation. Nobody vouches for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// The document type it claims.
    pub doc_type: String,
    /// What it discloses, in the order received.
    pub elements: Vec<ElementOutline>,
    /// Bytes of the issuer's signature with its headers and the signed object.
    pub issuer_auth_bytes: usize,
    /// What the holder's device made.
    pub proof: ProofOutline,
    /// Elements that the device alone vouches for.
    pub device_elements: usize,
    /// Whether it was made for a purpose.
    pub names_purpose: bool,
    /// Whether it answers a challenge.
    pub answers_challenge: bool,
}

/// One disclosed element, without its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ElementOutline {
    /// Its namespace.
    pub namespace: String,
    /// Its identifier.
    pub element: String,
    /// Which digest it claims.
    pub digest_id: u64,
    /// Bytes of its encoded value.
    pub bytes: usize,
}

/// What stands where the holder's proof is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProofOutline {
    /// A `deviceSignature`.
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
    /// `format.malformed`, `format.duplicate_key`: an item that cannot be opened.
    pub fn outline(&self) -> Result<Outline, Reason> {
        let document = &self.document;
        let mut elements = Vec::with_capacity(document.items.len());
        for (namespace, item) in &document.items {
            let opened = IssuerSignedItem::open(*item)?;
            elements.push(ElementOutline {
                namespace: name(namespace),
                element: name(opened.element),
                digest_id: opened.digest_id,
                bytes: opened.value.encoded().len(),
            });
        }
        let device = document.device_signed;
        Ok(Outline {
            doc_type: name(document.doc_type),
            elements,
            issuer_auth_bytes: document.issuer_auth.encoded().len(),
            proof: match device.map(|signed| signed.signature.is_some()) {
                Some(true) => ProofOutline::Signature,
                Some(false) => ProofOutline::Mac,
                None => ProofOutline::Nothing,
            },
            device_elements: device.map_or(0, |signed| signed.elements),
            names_purpose: self.envelope.purpose.is_some(),
            answers_challenge: self.envelope.challenge_hash.is_some(),
        })
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
