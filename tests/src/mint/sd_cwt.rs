//! SD-CWT in its key binding token (draft-ietf-spice-sd-cwt), shown to a desk or captured.

mod accept;
mod accept_forms;
mod accept_keys;
mod binding;
mod cbor;
mod claims;
mod cose;
mod disclosure_forms;
mod disclosures;
mod holder;
mod issuer;
mod messages;
mod rebuilt;
mod status;

use super::{Draft, abstains, accepts, refuses, token};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::cose::ChainPlace;
use hwagin_training::issuer::ID_ISSUER;
use hwagin_training::{Authority, Card, Key, SdCwt, Value};

const MALFORMED: &str = "format.malformed";
const UNSUPPORTED: &str = "format.unsupported";
const DUPLICATE: &str = "format.duplicate_key";

pub(super) fn drafts() -> Vec<Draft> {
    [
        accept::drafts(),
        accept_forms::drafts(),
        accept_keys::drafts(),
        binding::drafts(),
        cbor::drafts(),
        claims::drafts(),
        cose::drafts(),
        disclosure_forms::drafts(),
        disclosures::drafts(),
        holder::drafts(),
        issuer::drafts(),
        messages::drafts(),
        rebuilt::drafts(),
        status::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Draft {
    /// A sound SD-CWT of this card in its key binding token, changed, as a phone shows it.
    pub(super) fn sd_cwt(self, card: Card, change: impl FnOnce(&mut SdCwt)) -> Self {
        let mut recipe = SdCwt::new(card, AT);
        change(&mut recipe);
        let text = Authority::built_in().mint_sd_cwt(&recipe).text;
        self.text(text).shows(card)
    }

    /// The same of a driving licence, without the text form, as another program captured it.
    fn caught(self, change: impl FnOnce(&mut SdCwt)) -> Self {
        let mut recipe = SdCwt::new(Card::Mdl, AT);
        change(&mut recipe);
        let shown = Authority::built_in().mint_sd_cwt(&recipe).envelope;
        self.captured(&shown).shows(Card::Mdl)
    }

    /// A desk that trusts this key of an issuer under this id, and no root; it has the status list
    /// that the same key has signed.
    fn by_key(self, file: &'static str, key: &Key, kid: &[u8]) -> Self {
        let list = token(|list| list.sign_by(key.clone(), kid));
        self.roots(&[])
            .keys(vec![(file, Some(cose_key(key, Some(kid))))])
            .tokens(vec![("own.cwt", list)])
    }
}

fn accepted(name: &'static str, why: &'static str, change: impl FnOnce(&mut SdCwt)) -> Draft {
    accepts(name, why).sd_cwt(Card::Mdl, change)
}

fn refused(
    code: &'static str,
    name: &'static str,
    why: &'static str,
    change: impl FnOnce(&mut SdCwt),
) -> Draft {
    refuses(code, name, why).sd_cwt(Card::Mdl, change)
}

fn undecided(
    code: &'static str,
    name: &'static str,
    why: &'static str,
    change: impl FnOnce(&mut SdCwt),
) -> Draft {
    abstains(code, name, why).sd_cwt(Card::Mdl, change)
}

/// Signed by this key of the training authority, with its id in the protected header and no
/// certificate.
fn sign_by(recipe: &mut SdCwt, key: &Key, kid: Value) {
    recipe.token.claims.set(int(1), text(ID_ISSUER));
    recipe.issuer_key = Some(key.clone());
    recipe.token.sign1.chain = ChainPlace::Missing;
    recipe.token.sign1.protected.push((int(4), kid));
}

/// The public key as a `COSE_Key`, with this id.
fn cose_key(key: &Key, kid: Option<&[u8]>) -> Vec<u8> {
    let encoded = Authority::built_in().public_key(key).cose_key;
    let mut value: Value = ciborium::from_reader(encoded.as_slice()).unwrap();
    let entries = value.as_map_mut().unwrap();
    entries.extend(kid.map(|kid| (int(2), bytes(kid))));
    encode(&value)
}

/// The parts of the `COSE_Sign1` under whatever tags.
fn parts(mut message: &mut Value) -> &mut Vec<Value> {
    while let Value::Tag(_, inner) = message {
        message = inner;
    }
    message.as_array_mut().unwrap()
}
