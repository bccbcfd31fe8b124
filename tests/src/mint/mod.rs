//! The vectors as described: a sound presentation with one flaw each, minted from a seed.
//!
//! What a desk has to say of each is written here from the specification; the runner compares it
//! with what the verifier says. Two runs give the same bytes.

mod accept;
mod accept_trust;
mod bundle;
mod captured;
mod challenge;
mod claim_169;
mod cose;
mod device;
mod envelope;
mod foreign;
mod hcert;
mod identifier_list;
mod issuer;
mod issuer_profile;
mod item;
mod key_list;
mod names;
mod nzcp;
mod parts;
mod purpose;
mod response;
mod revocation;
mod sd_cwt;
mod security_object;
mod status;
mod status_list;
mod symbol;
mod written;

pub use written::write_into;

use crate::world::AT;
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Card, Recipe, StatusList, Value};

/// Status list tokens that lie in the world.
const IN_WORLD: [&str; 3] = ["status.cwt", "identifiers.cwt", "id-status.cwt"];

/// A vector on its way to its folder.
pub(crate) struct Draft {
    name: &'static str,
    expect: &'static str,
    outcome: &'static str,
    why: &'static str,
    at: i64,
    purpose: &'static str,
    cautions: Vec<&'static str>,
    shows: Vec<&'static str>,
    surplus: Option<usize>,
    realm: Option<&'static str>,
    roots: Option<Vec<&'static str>>,
    doc_types: Option<Vec<&'static str>>,
    lists: Option<Vec<&'static str>>,
    crls: Option<Vec<&'static str>>,
    address: Option<&'static str>,
    seen: Option<(Vec<u8>, Vec<u8>)>,
    challenge: Option<String>,
    answered: bool,
    keys: Option<Vec<&'static str>>,
    session: Option<String>,
    revoked: Vec<String>,
    bundle: Option<String>,
    captured: bool,
    files: Vec<(&'static str, Vec<u8>)>,
    text: Vec<u8>,
    parts: bool,
}

pub(crate) fn refuses(code: &'static str, name: &'static str, why: &'static str) -> Draft {
    Draft::new("refuse", code, name, why)
}

pub(crate) fn abstains(code: &'static str, name: &'static str, why: &'static str) -> Draft {
    Draft::new("abstain", code, name, why)
}

pub(crate) fn hints(code: &'static str, name: &'static str, why: &'static str) -> Draft {
    Draft::new("hint", code, name, why)
}

/// Accepted with a fresh proof and without a caution.
pub(crate) fn accepts(name: &'static str, why: &'static str) -> Draft {
    Draft::new("accept", "accept", name, why)
}

impl Draft {
    fn new(
        outcome: &'static str,
        expect: &'static str,
        name: &'static str,
        why: &'static str,
    ) -> Self {
        Self {
            name,
            expect,
            outcome,
            why,
            at: AT,
            purpose: "hospital-reception",
            cautions: Vec::new(),
            shows: Vec::new(),
            surplus: None,
            realm: None,
            roots: None,
            doc_types: None,
            lists: None,
            crls: None,
            address: None,
            seen: None,
            challenge: None,
            answered: false,
            keys: None,
            session: None,
            revoked: Vec::new(),
            bundle: None,
            captured: false,
            files: Vec::new(),
            text: Vec::new(),
            parts: false,
        }
    }

    /// The presentation: a sound one of this card, changed.
    pub(crate) fn minted(mut self, card: Card, change: impl FnOnce(&mut Recipe)) -> Self {
        let mut recipe = Recipe::new(card, AT);
        change(&mut recipe);
        self.text = Authority::built_in().mint(&recipe).text.into_bytes();
        self.shows(card)
    }

    /// The same of a driving licence, which is the smaller card.
    pub(crate) fn licence(self, change: impl FnOnce(&mut Recipe)) -> Self {
        self.minted(Card::Mdl, change)
    }

    /// The content of the QR code.
    pub(crate) fn text(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.text = text.into();
        self
    }

    /// A document without a holder, judged by itself, and what it shows where it is accepted.
    pub(crate) fn document(mut self, text: String, shows: &[&'static str]) -> Self {
        self.purpose = "document-only";
        if self.outcome == "accept" {
            self.shows = shows.to_vec();
            self.cautions = vec!["holder_not_proven", "no_status"];
        }
        self.text(text)
    }

    /// The contents of several QR codes, one after the other.
    pub(crate) fn parts(mut self, codes: &[String]) -> Self {
        self.parts = true;
        self.text = codes.join("\n").into_bytes();
        self.shows(Card::Mfc)
    }

    /// What an accepted one shows, by purpose and card.
    fn shows(mut self, card: Card) -> Self {
        if self.outcome == "accept" {
            self.shows = match (self.purpose, card) {
                ("age-19", _) => Vec::new(),
                ("landlord", _) => vec!["family_name"],
                ("document-only", _) => vec!["family_name", "given_name"],
                (_, Card::Mfc) => {
                    vec![
                        "family_name",
                        "given_name",
                        "birth_date",
                        "registration_number",
                    ]
                }
                _ => vec!["family_name", "given_name", "birth_date"],
            };
        }
        self
    }

    /// The desk's purpose. To be said before the presentation.
    pub(crate) fn purpose(mut self, purpose: &'static str) -> Self {
        self.purpose = purpose;
        self
    }

    pub(crate) fn cautions(mut self, cautions: &[&'static str]) -> Self {
        self.cautions = cautions.to_vec();
        self
    }

    pub(crate) fn surplus(mut self, surplus: usize) -> Self {
        self.surplus = Some(surplus);
        self
    }

    /// A desk that has left training.
    pub(crate) fn production(mut self) -> Self {
        self.realm = Some("production");
        self
    }

    pub(crate) fn doc_types(mut self, doc_types: &[&'static str]) -> Self {
        self.doc_types = Some(doc_types.to_vec());
        self
    }

    /// A desk that trusts these roots, in this order, and has no revocation list.
    pub(crate) fn roots(mut self, roots: &[(&'static str, &Certificate)]) -> Self {
        self.crls = Some(Vec::new());
        self.roots = Some(roots.iter().map(|(name, _)| *name).collect());
        for (name, root) in roots.iter().filter(|(name, _)| *name != "iaca.der") {
            self.files
                .push((name, Authority::built_in().certificate(root, root)));
        }
        self
    }

    /// A desk with this revocation list (DER).
    pub(crate) fn crl(mut self, der: Vec<u8>) -> Self {
        self.crls = Some(vec!["own.crl"]);
        self.files.push(("own.crl", der));
        self
    }

    /// A desk with these status list tokens, in this order.
    pub(crate) fn tokens(mut self, tokens: Vec<(&'static str, Vec<u8>)>) -> Self {
        self.lists = Some(tokens.iter().map(|(name, _)| *name).collect());
        self.files.extend(
            tokens
                .into_iter()
                .filter(|(name, _)| !IN_WORLD.contains(name)),
        );
        self
    }

    /// A desk with the training list, changed.
    pub(crate) fn list(self, change: impl FnOnce(&mut StatusList)) -> Self {
        self.tokens(vec![("own.cwt", token(change))])
    }

    /// A desk that knows where its lists were fetched.
    pub(crate) fn fetched_from(mut self, address: &'static str) -> Self {
        self.address = Some(address);
        self
    }

    pub(crate) fn bundle(mut self, issued: i64, due: i64, ends: i64, set_back: bool) -> Self {
        self.bundle = Some(format!(
            "{{ issued = {issued}, due = {due}, ends = {ends}, set_back = {set_back} }}"
        ));
        self
    }

    /// A proof that the desk has accepted before.
    pub(crate) fn seen(mut self, key: Vec<u8>, cti: Vec<u8>) -> Self {
        self.seen = Some((key, cti));
        self
    }

    /// What another program captured, without a text form.
    pub(crate) fn captured(mut self, bytes: &[u8]) -> Self {
        self.captured = true;
        self.text = hex(bytes).into_bytes();
        self
    }

    /// A desk that trusts these keys of issuers (their files by name), and no others.
    pub(crate) fn keys(mut self, keys: Vec<(&'static str, Option<Vec<u8>>)>) -> Self {
        self.keys = Some(keys.iter().map(|(name, _)| *name).collect());
        let own = keys
            .into_iter()
            .filter_map(|(name, bytes)| Some((name, bytes?)));
        self.files.extend(own);
        self
    }

    /// A session that the proof has to be bound to: an encoded `SessionTranscript`.
    pub(crate) fn transcript(mut self, bytes: &[u8]) -> Self {
        self.session = Some(format!("{{ transcript = \"{}\" }}", hex(bytes)));
        self
    }

    /// The same of a key binding token: its audience, and its nonce.
    pub(crate) fn audience(mut self, audience: &str, nonce: Option<&[u8]>) -> Self {
        let nonce = nonce.map_or(String::new(), |nonce| {
            format!(", nonce = \"{}\"", hex(nonce))
        });
        self.session = Some(format!("{{ audience = \"{audience}\"{nonce} }}"));
        self
    }

    /// A desk with a revocation batch of one hash: `signature`, `identifier` or
    /// `country_and_identifier`, of this signer or of all, until then.
    pub(crate) fn revoked(
        mut self,
        kind: &str,
        signer: Option<&[u8]>,
        hash: &[u8],
        ends: i64,
    ) -> Self {
        let signer = signer.map_or(String::new(), |id| format!(", signer = \"{}\"", hex(id)));
        self.revoked.push(format!(
            "{{ kind = \"{kind}\"{signer}, ends = {ends}, hash = \"{}\" }}",
            hex(hash)
        ));
        self
    }

    /// What an accepted one shows, where it is no sample card.
    pub(crate) fn showing(mut self, claims: &[&'static str]) -> Self {
        self.shows = claims.to_vec();
        self
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The training list, changed, as a token.
pub(crate) fn token(change: impl FnOnce(&mut StatusList)) -> Vec<u8> {
    let mut list = Authority::status_recipe(AT);
    change(&mut list);
    Authority::built_in().token(&list)
}

/// The entry of a CBOR map under a text key, to be changed.
pub(crate) fn entry<'a>(map: &'a mut Value, key: &str) -> &'a mut Value {
    let entries = map.as_map_mut().unwrap();
    &mut entries
        .iter_mut()
        .find(|(k, _)| k.as_text() == Some(key))
        .unwrap()
        .1
}

/// Takes the entry under a text key out of a CBOR map.
pub(crate) fn without(map: &mut Value, key: &str) {
    map.as_map_mut()
        .unwrap()
        .retain(|(k, _)| k.as_text() != Some(key));
}

/// Where a recipe takes a change of its own.
type Hook<T> = Option<Box<dyn Fn(&mut T)>>;

/// A hook of a recipe.
pub(crate) fn hook<T>(change: impl Fn(&mut T) + 'static) -> Hook<T> {
    Some(Box::new(change))
}

fn drafts() -> Vec<Draft> {
    [
        accept::drafts(),
        accept_trust::drafts(),
        bundle::drafts(),
        symbol::drafts(),
        foreign::drafts(),
        hcert::drafts(),
        nzcp::drafts(),
        claim_169::drafts(),
        revocation::drafts(),
        identifier_list::drafts(),
        key_list::drafts(),
        parts::drafts(),
        envelope::drafts(),
        response::drafts(),
        security_object::drafts(),
        item::drafts(),
        cose::drafts(),
        issuer::drafts(),
        issuer_profile::drafts(),
        status::drafts(),
        status_list::drafts(),
        device::drafts(),
        purpose::drafts(),
        names::drafts(),
        sd_cwt::drafts(),
        captured::drafts(),
        challenge::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
