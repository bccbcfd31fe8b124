//! How long what a desk knows still counts, and who vouches for it.

use hwagin_verifier::At;
use hwagin_verifier::trust::AnchorFacts;

use super::{
    BundleView, ChangeView, ImportView, KnowledgeSource, LeadView, ProblemView, SignerView,
    StatusListView, TrustedIssuerView,
};
use crate::bundle::{ImportReport, PartKind};
use crate::knowledge::{BundleFacts, Knowledge, Origin};

/// What ends first of all that this desk knows, or should have been renewed first.
pub(super) fn first_to_end(knowledge: &Knowledge, at: At) -> Option<LeadView> {
    let lead = |part, name: &str, ends: i64| LeadView {
        part,
        name: name.to_owned(),
        ends,
    };
    let mut all: Vec<LeadView> = Vec::new();
    if let Some(facts) = knowledge.origin().bundle() {
        all.push(lead(PartKind::Manifest, &facts.manifest.name, facts.ends.0));
    }
    for list in knowledge.statuses().facts() {
        all.push(lead(PartKind::Status, list.uri, list.ends.0));
    }
    for anchor in knowledge.trust().anchors() {
        // A root of an issuer list whose time is over is its provider's to replace; that a new list
        // is due is the site's.
        if !anchor.is_listed_only || anchor.valid_until > at.time {
            all.push(lead(
                PartKind::Anchor,
                &anchor.issuer.name,
                anchor.valid_until.0,
            ));
        }
        if let Some((_, due)) = anchor.crl {
            all.push(lead(PartKind::Crl, &anchor.issuer.name, due.0));
        }
    }
    for due in knowledge.trust().lists_due() {
        all.push(lead(PartKind::Anchors, "", due.0));
    }
    all.into_iter().min_by_key(|lead| lead.ends)
}

impl KnowledgeSource {
    pub(crate) fn of(origin: &Origin) -> Self {
        match origin {
            Origin::BuiltIn => Self::BuiltIn,
            Origin::Bundle(_) => Self::Bundle,
            Origin::Files => Self::Files,
            Origin::Missing => Self::Missing,
            Origin::Damaged(_) => Self::Damaged,
        }
    }
}

impl From<&BundleFacts> for BundleView {
    fn from(facts: &BundleFacts) -> Self {
        let signer = |role: &crate::bundle::RoleFacts| SignerView {
            role: role.role.clone(),
            keys: role
                .keys
                .iter()
                .map(|id| id.chars().take(8).collect())
                .collect(),
            threshold: role.threshold,
            ends: role.ends.0,
        };
        Self {
            name: facts.manifest.name.clone(),
            version: facts.version,
            root_version: facts.root_version,
            issued: facts.manifest.issued.0,
            due: facts.manifest.due.map(|due| due.0),
            ends: facts.ends.0,
            signers: facts.roles.iter().map(signer).collect(),
        }
    }
}

impl From<AnchorFacts> for TrustedIssuerView {
    fn from(anchor: AnchorFacts) -> Self {
        Self {
            name: anchor.issuer.name,
            country: anchor.issuer.country,
            doc_types: anchor.doc_types,
            ends: anchor.valid_until.0,
            listed_only: anchor.is_listed_only,
            crl_issued: anchor.crl.map(|(issued, _)| issued.0),
            crl_due: anchor.crl.map(|(_, due)| due.0),
        }
    }
}

impl From<hwagin_verifier::status::ListFacts<'_>> for StatusListView {
    fn from(list: hwagin_verifier::status::ListFacts<'_>) -> Self {
        Self {
            name: list.uri.to_owned(),
            entries: list.entries,
            identifiers: list.is_of_identifiers,
            issued: list.issued.0,
            due: list.due.map(|due| due.0),
            ends: list.ends.0,
        }
    }
}

impl From<&ImportReport> for ImportView {
    fn from(report: &ImportReport) -> Self {
        let change = |row: &crate::bundle::FileChange| ChangeView {
            part: row.kind,
            name: row.name.clone(),
            change: row.change,
        };
        Self {
            at: report.at.0,
            outcome: report.outcome,
            version: report.version,
            before: report.before,
            culprit: report.culprit.clone(),
            changes: report.changes.iter().map(change).collect(),
            problems: report.problems.iter().map(ProblemView::from).collect(),
        }
    }
}
