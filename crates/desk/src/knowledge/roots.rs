//! Root certificates of exactly one realm, as their files come in.

use hwagin_verifier::trust::vical::{EntryOutcome, VicalFlaw};
use hwagin_verifier::trust::{
    AnchorFlaw, Anchors, KeyUse, Production, Training, Trust, valid_until,
};
use hwagin_verifier::{At, CalendarDate, UnixTime};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::folder::Found;
use super::key_file::{self, FileKey};
use super::problem::{Problem, ProblemCode};

/// Certificates in one PEM file at most.
const MAX_IN_PEM: usize = 64;

enum InRealm {
    Production(Anchors<Production>),
    Training(Anchors<Training>),
}

/// Whose signatures count at a desk: those of real authorities, or of the training authority.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Realm {
    Production,
    Training,
}

impl Realm {
    /// Training, or the realm of a real desk.
    pub(super) const fn of(is_training: bool) -> Self {
        if is_training {
            Self::Training
        } else {
            Self::Production
        }
    }

    /// The folder of its files.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Training => "training",
        }
    }

    /// What is wrong with a file of the other realm.
    pub(super) const fn foreign(self) -> ProblemCode {
        match self {
            Self::Production => ProblemCode::TrainingInProduction,
            Self::Training => ProblemCode::ProductionInTraining,
        }
    }
}

/// The roots so far, each with its file.
pub(super) struct Roots {
    anchors: InRealm,
    /// Files, and when what is in them ends.
    files: Vec<(String, Option<UnixTime>)>,
    /// Certificates that vouched for an issuer list before: in a folder of certificates for
    /// everything they count for that alone.
    vouching: Vec<Vec<u8>>,
    /// When somebody last went over them.
    pub(super) as_of: Option<CalendarDate>,
}

impl Roots {
    pub(super) fn production() -> Self {
        Self::of(InRealm::Production(Anchors::new()))
    }

    pub(super) fn of_realm(realm: Realm) -> Self {
        match realm {
            Realm::Production => Self::production(),
            Realm::Training => Self::training(),
        }
    }

    pub(super) const fn realm(&self) -> Realm {
        match self.anchors {
            InRealm::Production(_) => Realm::Production,
            InRealm::Training(_) => Realm::Training,
        }
    }

    pub(super) fn training() -> Self {
        Self::of(InRealm::Training(Anchors::new()))
    }

    fn of(anchors: InRealm) -> Self {
        Self {
            anchors,
            files: Vec::new(),
            vouching: Vec::new(),
            as_of: None,
        }
    }

    /// Takes the certificates in this file, PEM or DER, as roots for these document types.
    pub(super) fn add(
        &mut self,
        file: &str,
        bytes: &[u8],
        doc_types: &[String],
        problems: &mut Vec<Problem>,
    ) {
        for der in certificates(bytes) {
            if der.as_ref().is_some_and(|der| self.vouching.contains(der)) {
                continue;
            }
            let added = der.ok_or(ProblemCode::NotACertificate).and_then(|der| {
                self.add_one(&der, doc_types.to_vec())?;
                Ok(valid_until(&der))
            });
            match added {
                Ok(ends) => self.files.push((file.to_owned(), ends)),
                Err(code) => problems.push(Problem::new(file, None, code)),
            }
        }
    }

    fn add_one(&mut self, der: &[u8], doc_types: Vec<String>) -> Result<(), ProblemCode> {
        let added = match &mut self.anchors {
            InRealm::Production(anchors) => anchors.add(der, doc_types),
            InRealm::Training(anchors) => anchors.add(der, doc_types),
        };
        let realm = self.realm();
        added.map_err(|flaw| code(flaw, realm))
    }

    /// Takes the keys in this file for what `usage` says; what it leaves open, the file says.
    pub(super) fn add_keys(
        &mut self,
        file: &str,
        bytes: &[u8],
        usage: &KeyUse,
        problems: &mut Vec<Problem>,
    ) {
        let added = key_file::read(bytes).and_then(|keys| {
            keys.into_iter()
                .try_for_each(|key| self.add_key(file, key, usage.clone()))
        });
        if let Err(code) = added {
            problems.push(Problem::new(file, None, code));
        }
    }

    fn add_key(&mut self, file: &str, key: FileKey, usage: KeyUse) -> Result<(), ProblemCode> {
        let usage = KeyUse {
            issuer: usage.issuer.or(key.issuer),
            id: usage.id.or(key.id),
            ..usage
        };
        let ends = match (usage.until, key.key.valid_until()) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let added = match &mut self.anchors {
            InRealm::Production(anchors) => anchors.add_key(key.key, usage),
            InRealm::Training(anchors) => anchors.add_key(key.key, usage),
        };
        let realm = self.realm();
        added.map_err(|flaw| code(flaw, realm))?;
        self.files.push((file.to_owned(), ends));
        Ok(())
    }

    /// Takes what is in this file: certificates as roots where all have the profile of one, or else
    /// their keys, as a signer's that needs no root; but what vouches for an issuer list for that
    /// alone.
    pub(super) fn add_any(
        &mut self,
        file: &str,
        bytes: &[u8],
        doc_types: &[String],
        problems: &mut Vec<Problem>,
    ) {
        let vouches =
            |der: &Option<Vec<u8>>| der.as_ref().is_some_and(|der| self.vouching.contains(der));
        if certificates(bytes).iter().any(vouches) {
            return;
        }
        let (mut as_roots, mut as_keys) = (Vec::new(), Vec::new());
        self.add(file, bytes, doc_types, &mut as_roots);
        if as_roots.is_empty() {
            return;
        }
        let usage = KeyUse {
            doc_types: doc_types.to_vec(),
            ..KeyUse::default()
        };
        self.add_keys(file, bytes, &usage, &mut as_keys);
        if !as_keys.is_empty() {
            problems.append(&mut as_roots);
        }
    }

    /// Takes the roots of this issuer list, if one of these certificates vouches for its signer.
    pub(super) fn add_vical(
        &mut self,
        list: &Found,
        signers: &[Vec<u8>],
        at: At,
        problems: &mut Vec<Problem>,
    ) {
        let held: Vec<&[u8]> = signers.iter().map(Vec::as_slice).collect();
        let taken = match &mut self.anchors {
            InRealm::Production(anchors) => anchors.add_vical(&list.bytes, &held, at),
            InRealm::Training(anchors) => anchors.add_vical(&list.bytes, &held, at),
        };
        let foreign = self.realm().foreign();
        let mut say = |code| problems.push(Problem::new(&list.name, None, code));
        let report = match taken {
            Ok(report) => report,
            Err(VicalFlaw::SignerUnknown) => return say(ProblemCode::VicalSignerUnknown),
            Err(VicalFlaw::OtherRealm) => return say(foreign),
            Err(VicalFlaw::TooLarge) => return say(ProblemCode::TooLarge),
            Err(_) => return say(ProblemCode::BadVical),
        };
        if report.is_stale {
            say(ProblemCode::VicalOverdue);
        }
        let is_refused = |outcome| matches!(outcome, EntryOutcome::Refused(_));
        if report.entries.iter().any(|one| is_refused(one.outcome)) {
            say(ProblemCode::VicalEntriesLeftOut);
        }
        self.vouching
            .extend(signers.get(report.vouched_by).cloned());
    }

    /// Takes this revocation list, DER or PEM.
    pub(super) fn add_crl(&mut self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) {
        let pem = rustls_pki_types::CertificateRevocationListDer::from_pem_slice(bytes);
        let der = pem.as_ref().map_or(bytes, |pem| pem.as_ref());
        let added = match &mut self.anchors {
            InRealm::Production(anchors) => anchors.add_crl(der),
            InRealm::Training(anchors) => anchors.add_crl(der),
        };
        if added.is_err() {
            problems.push(Problem::new(file, None, ProblemCode::BadCrl));
        }
    }

    /// What is trusted then. Roots whose time is over stay, so that a verdict can say so; those of
    /// an issuer list are its provider's business.
    pub(super) fn trust(self, at: At, problems: &mut Vec<Problem>) -> Trust {
        let trust = match self.anchors {
            InRealm::Production(anchors) => Trust::production(anchors),
            InRealm::Training(anchors) => Trust::training(anchors),
        };
        for (file, ends) in &self.files {
            if ends.is_some_and(|ends| ends < at.time) {
                problems.push(Problem::new(file, None, ProblemCode::Expired));
            }
        }
        trust
    }
}

fn code(flaw: AnchorFlaw, realm: Realm) -> ProblemCode {
    match flaw {
        AnchorFlaw::NotACertificate => ProblemCode::NotACertificate,
        AnchorFlaw::NotARoot => ProblemCode::NotARoot,
        AnchorFlaw::OtherRealm => realm.foreign(),
        AnchorFlaw::BadCrl => ProblemCode::BadCrl,
        AnchorFlaw::NotAKey => ProblemCode::NotAKey,
    }
}

/// The certificates in a file; `None` for each that is none.
pub(super) fn certificates(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    if !bytes.windows(BEGIN.len()).any(|window| window == BEGIN) {
        return vec![Some(bytes.to_vec())];
    }
    let found: Vec<_> = CertificateDer::pem_slice_iter(bytes)
        .take(MAX_IN_PEM)
        .map(|certificate| certificate.ok().map(|der| der.to_vec()))
        .collect();
    if found.is_empty() { vec![None] } else { found }
}
