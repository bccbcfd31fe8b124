//! One root, and who named it for which document types.

use super::certificate::{Certificate, RootFlaw};
use super::crl::Crl;
use rustls_pki_types::{CertificateDer, TrustAnchor};

/// A root certificate.
pub(super) struct Anchor {
    pub(super) der: CertificateDer<'static>,
    /// The same, read once for every path.
    pub(super) prepared: TrustAnchor<'static>,
    pub(super) facts: Certificate,
    /// What it is good for: what those who name it say together, each once.
    pub(super) doc_types: Vec<String>,
    named: Vec<(NamedBy, Vec<String>)>,
    pub(super) crl: Option<Crl>,
}

/// Who says that a root counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// The desk itself.
    Desk,
    /// The issuer list of this number.
    List(usize),
}

/// Why a certificate is no root.
pub(super) enum Unfit {
    NotACertificate,
    Profile(RootFlaw),
    OtherRealm,
}

impl Anchor {
    /// The root in this DER, which nobody has named yet.
    pub(super) fn read(der: &[u8], training: bool) -> Result<Self, Unfit> {
        let facts = Certificate::read(der).ok_or(Unfit::NotACertificate)?;
        let der = CertificateDer::from(der.to_vec());
        let prepared = webpki::anchor_from_trusted_cert(&der)
            .map_err(|_| Unfit::NotACertificate)?
            .to_owned();
        facts.check_root().map_err(Unfit::Profile)?;
        if facts.is_training() != training {
            return Err(Unfit::OtherRealm);
        }
        Ok(Self {
            der,
            prepared,
            facts,
            doc_types: Vec::new(),
            named: Vec::new(),
            crl: None,
        })
    }

    /// It counts for these document types too.
    pub(super) fn name(&mut self, by: NamedBy, doc_types: Vec<String>) {
        self.named.push((by, doc_types));
        self.add_up();
    }

    /// That list names it no longer. Whether somebody else does.
    pub(super) fn still_counts_without(&mut self, list: usize) -> bool {
        self.named.retain(|(by, _)| *by != NamedBy::List(list));
        self.add_up();
        !self.named.is_empty()
    }

    /// Whether nobody but issuer lists names it.
    pub(super) fn is_listed_only(&self) -> bool {
        self.named.iter().all(|(by, _)| *by != NamedBy::Desk)
    }

    fn add_up(&mut self) {
        self.doc_types.clear();
        for name in self.named.iter().flat_map(|(_, names)| names) {
            if !self.doc_types.contains(name) {
                self.doc_types.push(name.clone());
            }
        }
    }
}
