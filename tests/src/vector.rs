//! A vector: a presentation in a folder, and what a desk has to say of it.

mod files;

pub use files::{BundleFile, ChallengeFile, RevokedFile, Seen, SessionFile};

use crate::world::{self, Desk, Said};
use hwagin_verifier::holder::ProofId;
use hwagin_verifier::status::{HashKind, HealthBatch};
use hwagin_verifier::trust::{Anchors, Production, Training};
use hwagin_verifier::{
    At, BundleTimes, Outcome, Reason, Replays, Session, Statuses, Trust, UnixTime, Verdict,
};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// What `case.toml` says.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// `accept`, a reason code, or `hint.` and the code of a hint.
    pub expect: String,
    /// `accept`, `refuse`, `abstain` or `hint`.
    pub outcome: String,
    /// The desk's clock, unix seconds.
    pub at: i64,
    /// The desk's purpose.
    pub purpose: String,
    /// What is wrong with the presentation, and why that matters.
    pub why: String,
    /// The cautions of an accepted one, all of them.
    #[serde(default)]
    pub cautions: Vec<String>,
    /// The claims shown of an accepted one, all of them, in order; the portrait is not in it.
    #[serde(default)]
    pub shows: Vec<String>,
    /// How many items more than needed came with an accepted one, where the vector is about that.
    pub surplus: Option<usize>,
    /// `training` or `production`.
    #[serde(default = "training")]
    pub realm: String,
    /// Root certificates, in this folder or else in `world`.
    #[serde(default = "roots")]
    pub roots: Vec<String>,
    /// The document types of the roots; both cards where it is left out.
    pub doc_types: Option<Vec<String>>,
    /// Keys of issuers, likewise; by its name a file is good for what the world says.
    #[serde(default = "keys")]
    pub keys: Vec<String>,
    /// Revocation lists, likewise.
    #[serde(default = "crls")]
    pub crls: Vec<String>,
    /// Status list tokens in the order in which they arrived, likewise. A bad one counts as bad.
    #[serde(default = "lists")]
    pub lists: Vec<String>,
    /// Where the lists were fetched from, as far as the carrier knows.
    pub address: Option<String>,
    /// The presentation has a symbol in each line, shown a tenth of a second after the one before;
    /// an empty line is a second without any.
    #[serde(default)]
    pub parts: bool,
    /// The presentation is hex of what another program captured, without its text form.
    #[serde(default)]
    pub captured: bool,
    /// The session that the proof has to be bound to; the optical presentation without it.
    pub session: Option<SessionFile>,
    /// Hashes in a revocation batch of health certificates.
    #[serde(default)]
    pub revoked: Vec<RevokedFile>,
    /// A proof that this desk has accepted before.
    pub seen: Option<Seen>,
    /// A challenge that this desk has asked.
    pub challenge: Option<ChallengeFile>,
    /// Whether it has accepted an answer to it already.
    #[serde(default)]
    pub answered: bool,
    /// What the desk's bundle says of itself.
    pub bundle: Option<BundleFile>,
}

fn training() -> String {
    "training".to_owned()
}
fn roots() -> Vec<String> {
    vec!["iaca.der".to_owned()]
}
fn keys() -> Vec<String> {
    let files = world::key_files().into_iter();
    files.map(|(name, _)| name.to_owned()).collect()
}
fn crls() -> Vec<String> {
    vec!["crl.der".to_owned()]
}
fn lists() -> Vec<String> {
    vec!["status.cwt".to_owned()]
}

/// One folder of `tests/vectors`.
pub struct Vector {
    /// `<stage>/<flaw>`.
    pub name: String,
    /// What it says of itself.
    pub case: CaseFile,
    /// The content of the QR code, or of several, in a line each.
    pub presentation: Vec<u8>,
    folder: PathBuf,
}

/// The folder of our own vectors.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Every vector of `folder`, by name.
///
/// # Panics
/// Where a file cannot be read or a case is not as it should be.
pub fn all(folder: &Path) -> Vec<Vector> {
    let sorted = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.is_dir());
        paths.sort();
        paths
    };
    let stages = sorted(folder)
        .into_iter()
        .filter(|stage| !stage.ends_with("world"));
    stages
        .flat_map(|stage| sorted(&stage))
        .map(Vector::read)
        .collect()
}

impl Vector {
    fn read(folder: PathBuf) -> Self {
        let mut parts = folder.iter().rev().map(|part| part.to_str().unwrap());
        let (flaw, stage) = (parts.next().unwrap(), parts.next().unwrap());
        let name = format!("{stage}/{flaw}");
        let text = fs::read_to_string(folder.join("case.toml")).unwrap();
        let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let presentation = fs::read(folder.join("presentation.txt")).unwrap();
        Self {
            name,
            case,
            presentation,
            folder,
        }
    }

    /// The bytes of a file that the case names.
    fn file(&self, name: &str) -> Vec<u8> {
        let own = self.folder.join(name);
        let shared = self.folder.join("../../world").join(name);
        let found = if own.is_file() { own } else { shared };
        fs::read(found).unwrap_or_else(|error| panic!("{}: {name}: {error}", self.name))
    }

    /// The status list tokens that arrived.
    pub(crate) fn lists(&self) -> impl Iterator<Item = Vec<u8>> {
        self.case.lists.iter().map(|name| self.file(name))
    }

    fn trust(&self) -> Trust {
        let doc_types = self.case.doc_types.clone().unwrap_or_else(world::doc_types);
        macro_rules! anchors {
            ($realm:ty) => {{
                let mut anchors = Anchors::<$realm>::new();
                for root in &self.case.roots {
                    anchors.add(&self.file(root), doc_types.clone()).unwrap();
                }
                for key in self
                    .case
                    .keys
                    .iter()
                    .filter(|_| self.case.realm == "training")
                {
                    let key_of = world::key(key, &self.file(key));
                    anchors.add_key(key_of, world::key_use(key)).unwrap();
                }
                for crl in &self.case.crls {
                    anchors.add_crl(&self.file(crl)).unwrap();
                }
                anchors
            }};
        }
        match self.case.realm.as_str() {
            "production" => Trust::production(anchors!(Production)),
            "training" => Trust::training(anchors!(Training)),
            other => panic!("{}: no realm {other}", self.name),
        }
    }

    /// The desk that the case describes.
    ///
    /// # Panics
    /// Where the case names a purpose, realm or file that is not there, or a root or revocation
    /// list is not taken.
    pub fn desk(&self) -> Desk {
        let (trust, at) = (self.trust(), At::utc(UnixTime(self.case.at)));
        let mut statuses = Statuses::new();
        for list in &self.case.lists {
            // A list that is no use is what some vectors are about.
            let _ = statuses.add(&self.file(list), self.case.address.as_deref(), &trust, at);
        }
        for revoked in &self.case.revoked {
            statuses.add_health_batch(self.batch(revoked));
        }
        let mut replays = Replays::default();
        if let Some(seen) = &self.case.seen {
            let proof = ProofId::new(&crate::hex(&seen.key), &crate::hex(&seen.cti));
            replays.remember(proof, at.time.plus_seconds(60), at);
        }
        if let Some(asked) = self.case.challenge.as_ref().filter(|_| self.case.answered) {
            let asked = asked.read();
            replays.remember(ProofId::of_challenge(&asked), asked.ends, at);
        }
        let purpose = world::purpose(&self.case.purpose);
        let bundle = self.case.bundle.as_ref();
        Desk {
            trust,
            bundle: bundle.map_or_else(BundleTimes::default, |bundle| BundleTimes {
                issued: Some(UnixTime(bundle.issued)),
                due: Some(UnixTime(bundle.due)),
                ends: Some(UnixTime(bundle.ends)),
                clock_was_set_back: bundle.set_back,
            }),
            statuses,
            session: self.session(),
            replays,
            purpose,
            at,
            cards: world::cards(),
        }
    }

    fn session(&self) -> Session {
        let Some(session) = &self.case.session else {
            let asked = self.case.challenge.iter();
            return Session::Optical(asked.map(ChallengeFile::read).collect());
        };
        match (&session.transcript, &session.audience) {
            (Some(transcript), None) => Session::Transcript(crate::hex(transcript)),
            (None, Some(audience)) => Session::KeyBinding {
                audience: audience.clone(),
                nonce: session.nonce.as_deref().map(crate::hex),
            },
            _ => panic!("{}: a session is one of two", self.name),
        }
    }

    fn batch(&self, revoked: &RevokedFile) -> HealthBatch {
        HealthBatch {
            signer: revoked.signer.as_deref().map(crate::hex),
            kind: match revoked.kind.as_str() {
                "signature" => HashKind::Signature,
                "identifier" => HashKind::Identifier,
                "country_and_identifier" => HashKind::CountryAndIdentifier,
                other => panic!("{}: no kind {other}", self.name),
            },
            ends: UnixTime(revoked.ends),
            hashes: vec![crate::hex(&revoked.hash).try_into().unwrap()],
        }
    }

    /// What is not as the case says; empty when all is.
    pub fn differences(&self) -> Vec<String> {
        let desk = self.desk();
        let said = if self.case.captured {
            let text = String::from_utf8_lossy(&self.presentation);
            desk.read_captured(&crate::hex(text.trim()))
        } else if self.case.parts {
            desk.read_parts(self.presentation.split(|byte| *byte == b'\n'))
        } else {
            desk.read(&self.presentation)
        };
        let (outcome, expect) = told(&said);
        let mut out = Vec::new();
        if (outcome, &expect) != (&self.case.outcome, &self.case.expect) {
            out.push(format!(
                "{outcome} {expect}, not {} {}",
                self.case.outcome, self.case.expect
            ));
        }
        if let Some(reason) = said.reason() {
            let fits = match reason.outcome() {
                Outcome::Refuse => outcome == "refuse",
                Outcome::Abstain => outcome == "abstain",
                Outcome::ByPurpose => true,
            };
            if !fits {
                out.push(format!("the table does not have {expect} {outcome}"));
            }
        }
        if let Said::Verdict(Verdict::Accept(accepted)) = &said {
            let cautions: Vec<_> = accepted.cautions().iter().map(|c| c.code()).collect();
            let shows: Vec<_> = accepted
                .disclosure()
                .shown()
                .iter()
                .map(|s| s.name())
                .collect();
            if cautions != self.case.cautions {
                out.push(format!(
                    "cautions {cautions:?}, not {:?}",
                    self.case.cautions
                ));
            }
            if shows != self.case.shows {
                out.push(format!("shows {shows:?}, not {:?}", self.case.shows));
            }
            let surplus = accepted.disclosure().surplus();
            if self
                .case
                .surplus
                .is_some_and(|expected| expected != surplus)
            {
                out.push(format!("surplus {surplus}, not {:?}", self.case.surplus));
            }
        } else if !self.case.cautions.is_empty() || !self.case.shows.is_empty() {
            out.push("only an accepted one shows something".to_owned());
        }
        out
    }

    /// The reason it expects; `None` for one that is accepted or is no presentation.
    ///
    /// # Panics
    /// Where it expects something unheard of.
    pub fn reason(&self) -> Option<Reason> {
        let code = self.case.expect.as_str();
        if code == "accept" || code.starts_with("hint.") {
            return None;
        }
        let found = Reason::ALL
            .iter()
            .copied()
            .find(|reason| reason.code() == code);
        Some(found.unwrap_or_else(|| panic!("{}: no reason {code}", self.name)))
    }
}

/// Outcome and code of what was said. A refusal and an abstention hold a reason and nothing else:
/// these patterns name every field.
pub(crate) fn told(said: &Said) -> (&'static str, String) {
    let (outcome, code) = match said {
        Said::Verdict(Verdict::Accept(_)) => ("accept", "accept"),
        Said::Verdict(Verdict::Refuse(reason)) => ("refuse", reason.code()),
        Said::Verdict(Verdict::Abstain(reason)) => ("abstain", reason.code()),
        Said::Hint(hint) => return ("hint", format!("hint.{}", hint.code())),
    };
    (outcome, code.to_owned())
}
