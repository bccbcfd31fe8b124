//! `DeviceResponse` and `MobileSecurityObject` of ISO/IEC 18013-5, as structures.

use super::contents::{StatusReference, Window, statuses, tdate};
use super::{Envelope, envelope};
use crate::Reason;
use crate::cbor::{Item, Map};
use crate::crypto::{DigestAlgorithm, PublicKey};

/// Items disclosed at most. The largest document type in use has under 60 elements.
const MAX_ITEMS: usize = 128;

/// A document as it is presented.
pub(crate) struct Presentation<'a> {
    /// `None` of a response that was captured elsewhere.
    pub(crate) envelope: Option<Envelope<'a>>,
    pub(crate) document: Document<'a>,
}

impl<'a> Presentation<'a> {
    /// The one document in the envelope of the optical presentation.
    ///
    /// # Errors
    /// `format.unsupported`, `format.malformed`, `format.duplicate_key`,
    /// `format.several_documents`.
    pub(crate) fn in_envelope(bytes: &'a [u8]) -> Result<Self, Reason> {
        let (envelope, response) = envelope(bytes)?;
        Ok(Self {
            envelope: Some(envelope),
            document: read(response)?,
        })
    }

    /// The one document of a bare `DeviceResponse`.
    ///
    /// # Errors
    /// As [`Self::in_envelope`].
    pub(crate) fn bare(bytes: &'a [u8]) -> Result<Self, Reason> {
        Ok(Self {
            envelope: None,
            document: read(bytes)?,
        })
    }
}

/// A `Document` (§8.3.2.1.2.2): spans of what was received, unverified.
pub(crate) struct Document<'a> {
    pub(crate) doc_type: &'a str,
    /// Namespace and `IssuerSignedItemBytes` of each disclosed item, undecoded.
    pub(crate) items: Vec<(&'a str, Item<'a>)>,
    pub(crate) issuer_auth: Item<'a>,
    pub(crate) device_signed: Option<DeviceSigned<'a>>,
}

/// `DeviceSigned` (§8.3.2.1.2.2) as far as a desk uses it.
#[derive(Clone, Copy)]
pub(crate) struct DeviceSigned<'a> {
    /// `DeviceNameSpacesBytes`, with tag and head.
    pub(crate) name_spaces: Item<'a>,
    /// Elements that the device alone vouches for: counted, never read.
    pub(crate) elements: usize,
    /// A `COSE_Sign1`; `None` for a MAC, which proves nothing without a reader key.
    pub(crate) signature: Option<Item<'a>>,
}

/// The one document of a `DeviceResponse`.
///
/// # Errors
/// `format.unsupported`, `format.malformed`, `format.duplicate_key`, `format.several_documents`.
pub(crate) fn read(response: &[u8]) -> Result<Document<'_>, Reason> {
    let response = Item::whole(response)?.map().ok_or(Reason::Malformed)?;
    let version = response.need("version")?.text().ok_or(Reason::Malformed)?;
    if version.split_once('.').map(|(major, _)| major) != Some("1") {
        return Err(Reason::Unsupported);
    }
    if response.need("status")?.uint().ok_or(Reason::Malformed)? != 0 {
        return Err(Reason::Unsupported);
    }
    let Some(documents) = response.text_key("documents") else {
        // Second edition: documents that are encrypted or proven in zero knowledge.
        return Err(Reason::Unsupported);
    };
    match documents.array().ok_or(Reason::Malformed)?.as_slice() {
        [] => Err(Reason::Malformed),
        [document] => read_document(&document.map().ok_or(Reason::Malformed)?),
        _ => Err(Reason::SeveralDocuments),
    }
}

fn read_document<'a>(document: &Map<'a>) -> Result<Document<'a>, Reason> {
    let signed = document
        .need("issuerSigned")?
        .map()
        .ok_or(Reason::Malformed)?;
    let mut items = Vec::new();
    if let Some(name_spaces) = signed.text_key("nameSpaces") {
        for (name_space, list) in name_spaces.map().ok_or(Reason::Malformed)?.iter() {
            let name_space = name_space.text().ok_or(Reason::Malformed)?;
            let list = list.array().ok_or(Reason::Malformed)?;
            items.extend(list.into_iter().map(|item| (name_space, item)));
        }
    }
    if items.len() > MAX_ITEMS {
        return Err(Reason::Malformed);
    }
    let device_signed = document
        .text_key("deviceSigned")
        .map(read_device_signed)
        .transpose()?;
    Ok(Document {
        doc_type: document.need("docType")?.text().ok_or(Reason::Malformed)?,
        items,
        issuer_auth: signed.need("issuerAuth")?,
        device_signed,
    })
}

fn read_device_signed(item: Item<'_>) -> Result<DeviceSigned<'_>, Reason> {
    let map = item.map().ok_or(Reason::Malformed)?;
    let name_spaces = map.need("nameSpaces")?;
    let mut elements = 0;
    for (_, list) in name_spaces
        .embedded()?
        .map()
        .ok_or(Reason::Malformed)?
        .iter()
    {
        elements += list.map().ok_or(Reason::Malformed)?.iter().count();
    }
    let auth = map.need("deviceAuth")?.map().ok_or(Reason::Malformed)?;
    let signature = auth.text_key("deviceSignature");
    if signature.is_none() && auth.text_key("deviceMac").is_none() {
        return Err(Reason::Malformed);
    }
    Ok(DeviceSigned {
        name_spaces,
        elements,
        signature,
    })
}

/// An `IssuerSignedItem` (§8.3.2.1.2.2), opened once its digest held.
pub(crate) struct IssuerSignedItem<'a> {
    pub(crate) digest_id: u64,
    pub(crate) element: &'a str,
    pub(crate) value: Item<'a>,
}

impl<'a> IssuerSignedItem<'a> {
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`.
    pub(crate) fn open(item: Item<'a>) -> Result<Self, Reason> {
        let map = item.embedded()?.map().ok_or(Reason::Malformed)?;
        map.need("random")?.bytes().ok_or(Reason::Malformed)?;
        Ok(Self {
            digest_id: map.need("digestID")?.uint().ok_or(Reason::Malformed)?,
            element: map
                .need("elementIdentifier")?
                .text()
                .ok_or(Reason::Malformed)?,
            value: map.need("elementValue")?,
        })
    }
}

/// A `MobileSecurityObject` (§9.1.2.4). Only ever read from a payload whose signature held.
pub(crate) struct Mso {
    pub(crate) digest_algorithm: DigestAlgorithm,
    pub(crate) doc_type: String,
    /// `None` where the key is of a kind this profile has not.
    pub(crate) device_key: Option<PublicKey>,
    /// The `COSE_Key` as it stands in the MSO.
    pub(crate) device_key_bytes: Vec<u8>,
    pub(crate) window: Option<Window>,
    pub(crate) statuses: Vec<StatusReference>,
    digests: Vec<(String, u64, Vec<u8>)>,
}

impl Mso {
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`, `format.unsupported`.
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Reason> {
        let map = Item::whole(payload)?
            .embedded()?
            .map()
            .ok_or(Reason::Malformed)?;
        let text = |key| map.need(key)?.text().ok_or(Reason::Malformed);
        if text("version")?.split_once('.').map(|(major, _)| major) != Some("1") {
            return Err(Reason::Unsupported);
        }
        let key_info = map.need("deviceKeyInfo")?.map().ok_or(Reason::Malformed)?;
        let device_key = key_info.need("deviceKey")?;
        Ok(Self {
            digest_algorithm: DigestAlgorithm::from_name(text("digestAlgorithm")?)?,
            doc_type: text("docType")?.to_owned(),
            device_key: PublicKey::from_cose_key(device_key),
            device_key_bytes: device_key.encoded().to_vec(),
            window: map.text_key("validityInfo").map(read_window).transpose()?,
            statuses: statuses(map.text_key("status"))?,
            digests: read_digests(map.need("valueDigests")?)?,
        })
    }

    /// The digest signed for this item.
    pub(crate) fn digest(&self, name_space: &str, id: u64) -> Option<&[u8]> {
        self.digests
            .iter()
            .find(|(space, digest_id, _)| *digest_id == id && space == name_space)
            .map(|(_, _, digest)| digest.as_slice())
    }
}

fn read_digests(item: Item<'_>) -> Result<Vec<(String, u64, Vec<u8>)>, Reason> {
    let mut digests = Vec::new();
    for (name_space, ids) in item.map().ok_or(Reason::Malformed)?.iter() {
        let name_space = name_space.text().ok_or(Reason::Malformed)?;
        for (id, digest) in ids.map().ok_or(Reason::Malformed)?.iter() {
            let id = id.uint().ok_or(Reason::Malformed)?;
            let digest = digest.bytes().ok_or(Reason::Malformed)?;
            digests.push((name_space.to_owned(), id, digest.to_vec()));
        }
    }
    Ok(digests)
}

/// `ValidityInfo` (§9.1.2.4).
fn read_window(item: Item<'_>) -> Result<Window, Reason> {
    let map = item.map().ok_or(Reason::Malformed)?;
    let time = |key| tdate(map.need(key)?).ok_or(Reason::Malformed);
    Ok(Window {
        signed: Some(time("signed")?),
        valid_from: Some(time("validFrom")?),
        valid_until: time("validUntil")?,
    })
}
