//! The training authority: a seed, and all that follows from it.

use crate::card::Card;
use crate::case::{Case, foreign_root, replayed_cti, revoked_serial};
use crate::cbor::encode;
use crate::challenge::{Asked, Challenge, Question};
use crate::documents::claim_169::Encryption;
use crate::documents::{Claim169, Document, Hcert, Nzcp};
use crate::format::Format;
use crate::identifier_list::IdentifierList;
use crate::issuer::{ID_KID, health_root, health_signers, id_key};
use crate::key::{Key, Seed};
use crate::mint::{Presentation, mint};
use crate::public_key::PublicKey;
use crate::recipe::{Recipe, holder_key, revoked_identifier, status_index, training_root};
use crate::sd_cwt::{self, SdCwt};
use crate::status::{ID_STATUS_URI, REVOKED_DOCUMENT, StatusList};
use crate::text::base64url;
use crate::vical::{Vical, vical_root};
use crate::x509::{Certificate, Crl};

/// An authority for training and tests. What it signs is worth nothing: anybody can have its seed.
#[derive(Clone)]
pub struct Authority {
    seed: Seed,
}

impl Authority {
    /// The one authority whose root is built into the desk's training mode.
    #[must_use]
    pub fn built_in() -> Self {
        Self::from_seed(*b"Hwagin training seed, not secret")
    }

    /// The authority of that seed. The same seed gives the same bytes, always.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed: Seed(seed) }
    }

    /// The root certificate, DER: the same bytes at any time.
    #[must_use]
    pub fn iaca_der(&self) -> Vec<u8> {
        let root = training_root();
        self.certificate(&root, &root)
    }

    /// The root certificate of somebody whom no desk trusts, DER.
    #[must_use]
    pub fn foreign_iaca_der(&self) -> Vec<u8> {
        let root = foreign_root();
        self.certificate(&root, &root)
    }

    /// The revocation list at `at`, DER. It names the signer of the case `ds-revoked`.
    #[must_use]
    pub fn crl_der(&self, at: i64) -> Vec<u8> {
        self.crl(&Crl::new(training_root(), &[&revoked_serial()], at))
    }

    /// The status list token at `at`. Each card has an entry of value 0, and after it 2, 1 and 3.
    #[must_use]
    pub fn status_list(&self, at: i64) -> Vec<u8> {
        self.token(&Self::status_recipe(at))
    }

    /// What [`Self::status_list`] is made from, to be changed.
    #[must_use]
    pub fn status_recipe(at: i64) -> StatusList {
        let values: Vec<(usize, u8)> = Card::ALL
            .into_iter()
            .map(status_index)
            .flat_map(|index| [(index + 1, 2), (index + 2, 1), (index + 3, 3)])
            .collect();
        StatusList::new(training_root(), &values, at)
    }

    /// The list of revoked identifiers at `at`: one of each card.
    #[must_use]
    pub fn identifier_list(&self, at: i64) -> Vec<u8> {
        self.identifier_token(&Self::identifier_recipe(at))
    }

    /// What [`Self::identifier_list`] is made from, to be changed.
    #[must_use]
    pub fn identifier_recipe(at: i64) -> IdentifierList {
        let revoked = Card::ALL.map(revoked_identifier);
        let revoked: Vec<&[u8]> = revoked.iter().map(Vec::as_slice).collect();
        IdentifierList::new(training_root(), &revoked, at)
    }

    /// The status list of the identity authority at `at`, which its key signs: no certificate is in
    /// it, and `kid` (4) of the protected header says which key.
    #[must_use]
    pub fn id_status_list(&self, at: i64) -> Vec<u8> {
        self.token(&Self::id_status_recipe(at))
    }

    /// What [`Self::id_status_list`] is made from, to be changed.
    #[must_use]
    pub fn id_status_recipe(at: i64) -> StatusList {
        let mut list = StatusList::new(training_root(), &[(REVOKED_DOCUMENT, 1)], at);
        ID_STATUS_URI.clone_into(&mut list.subject);
        list.sign_by(id_key(), ID_KID.as_bytes());
        list
    }

    /// What the phone of a sample holder shows at `at`.
    #[must_use]
    pub fn present(&self, card: Card, case: Case, at: i64) -> Presentation {
        self.mint(&Recipe::of(card, case, at))
    }

    /// The same, in any of the formats.
    #[must_use]
    pub fn present_as(&self, format: Format, card: Card, case: Case, at: i64) -> Presentation {
        match format {
            Format::Mdoc => self.present(card, case, at),
            Format::SdCwt => self.mint_sd_cwt(&SdCwt::of(card, case, at)),
        }
    }

    /// The same as an answer to this challenge: with what it asks of the card. A case that is about
    /// another challenge keeps that one.
    #[must_use]
    pub fn answer(
        &self,
        challenge: &Challenge,
        format: Format,
        card: Card,
        case: Case,
        at: i64,
    ) -> Presentation {
        match format {
            Format::Mdoc => {
                let mut recipe = Recipe::of(card, Case::Valid, at);
                recipe.answer(challenge, at);
                recipe.apply(case, at);
                self.mint(&recipe)
            }
            Format::SdCwt => {
                let mut recipe = SdCwt::of(card, Case::Valid, at);
                recipe.answer(challenge, at);
                recipe.apply(case, at);
                self.mint_sd_cwt(&recipe)
            }
        }
    }

    /// A desk's challenge as `question` describes it, flaws and all.
    #[must_use]
    pub fn ask(&self, question: &Question) -> Asked {
        question.ask(&self.seed)
    }

    /// Device key (`COSE_Key` bytes) and cti of the case `replayed`, so that a desk can have seen
    /// them: one pair for all the formats of a card, which are on one phone.
    #[must_use]
    pub fn replayed_proof_input(&self, card: Card) -> (Vec<u8>, [u8; 16]) {
        let key = self.seed.key(&holder_key(card)).cose_key();
        (encode(&key), replayed_cti(card))
    }

    /// A presentation as `recipe` describes it, flaws and all.
    #[must_use]
    pub fn mint(&self, recipe: &Recipe) -> Presentation {
        mint(recipe, &self.seed)
    }

    /// A presentation of an SD-CWT as `recipe` describes it, flaws and all.
    #[must_use]
    pub fn mint_sd_cwt(&self, recipe: &SdCwt) -> Presentation {
        sd_cwt::mint(recipe, &self.seed)
    }

    /// A health certificate as `recipe` describes it, flaws and all.
    #[must_use]
    pub fn mint_hcert(&self, recipe: &Hcert) -> Document {
        recipe.mint(&self.seed)
    }

    /// A New Zealand COVID Pass as `recipe` describes it, flaws and all.
    #[must_use]
    pub fn mint_nzcp(&self, recipe: &Nzcp) -> Document {
        recipe.mint(&self.seed)
    }

    /// A document of Claim 169 as `recipe` describes it, flaws and all.
    #[must_use]
    pub fn mint_claim_169(&self, recipe: &Claim169) -> Document {
        recipe.mint(&self.seed)
    }

    /// The signers of health certificates that a desk in training holds, DER: the same bytes at any
    /// time. [`health_signers`] says which is which.
    #[must_use]
    pub fn health_signers_der(&self) -> [Vec<u8>; 4] {
        let root = health_root();
        health_signers().map(|signer| self.certificate(&signer, &root))
    }

    /// The public part of a key.
    #[must_use]
    pub fn public_key(&self, key: &Key) -> PublicKey {
        PublicKey::of(&self.seed.key(key))
    }

    /// A P-256 key with its private part, as a JWK: for a training tool of another language. Nothing
    /// of any other kind.
    #[must_use]
    pub fn private_jwk(&self, key: &Key) -> Option<String> {
        let secret = self.seed.key(key);
        let private = base64url(&secret.scalar()?);
        let public = PublicKey::of(&secret).jwk(None);
        let members = public.strip_suffix('}')?;
        Some(format!(r#"{members},"d":"{private}"}}"#))
    }

    /// The key that opens what is encrypted so.
    #[must_use]
    pub fn content_key(&self, encryption: Encryption) -> Vec<u8> {
        encryption.key(&self.seed)
    }

    /// A certificate as described, DER, signed by `issuer`.
    #[must_use]
    pub fn certificate(&self, certificate: &Certificate, issuer: &Certificate) -> Vec<u8> {
        certificate.sign(issuer, &self.seed)
    }

    /// A revocation list as described, DER.
    #[must_use]
    pub fn crl(&self, crl: &Crl) -> Vec<u8> {
        crl.sign(&self.seed)
    }

    /// The training VICAL at `at`: the training root, for the document types of the sample cards.
    #[must_use]
    pub fn training_vical(&self, at: i64) -> Vec<u8> {
        self.vical(&Vical::new(&Card::ALL.map(Card::doc_type), at))
    }

    /// A list of roots as described.
    #[must_use]
    pub fn vical(&self, list: &Vical) -> Vec<u8> {
        list.sign(&self.seed)
    }

    /// The root over the signer of the training VICAL, DER: the same bytes at any time.
    #[must_use]
    pub fn vical_root_der(&self) -> Vec<u8> {
        let root = vical_root();
        self.certificate(&root, &root)
    }

    /// A list of identifiers as described.
    #[must_use]
    pub fn identifier_token(&self, list: &IdentifierList) -> Vec<u8> {
        list.sign(&self.seed)
    }

    /// A status list token as described.
    #[must_use]
    pub fn token(&self, list: &StatusList) -> Vec<u8> {
        list.sign(&self.seed)
    }
}
