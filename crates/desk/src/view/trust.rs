//! What a desk knows, item by item, as the window gets it; and what became of each bundle that
//! came in.

use serde::Serialize;
use ts_rs::TS;

use super::{Mode, OneOf, ProblemView};
use crate::bundle::{BundleFlaw, Change, ImportCode, PartKind, UpdateCode};

/// Everything the screen about trust shows. Times are unix seconds.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrustView {
    /// Whether this is training.
    pub mode: Mode,
    /// Where the knowledge comes from.
    pub source: KnowledgeSource,
    /// Why the installed bundle is not in force, if that is the source.
    #[ts(as = "Option<OneOf<BundleFlaw>>")]
    pub flaw: Option<BundleFlaw>,
    /// The bundle in force.
    pub bundle: Option<BundleView>,
    /// Whose signatures count.
    pub issuers: Vec<TrustedIssuerView>,
    /// The status lists.
    pub lists: Vec<StatusListView>,
    /// The folder that is watched for a bundle.
    pub watched: Option<String>,
    /// Whether the site allows to fetch a bundle from here.
    pub can_update: bool,
    /// The last imports, newest first, ten at most.
    pub history: Vec<ImportView>,
    /// Now.
    #[ts(type = "number")]
    pub now: i64,
}

/// Where a desk's knowledge comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KnowledgeSource {
    /// The program itself: training.
    BuiltIn,
    /// A bundle.
    Bundle,
    /// Files that were named one by one, without a bundle.
    Files,
    /// None: the root of trust is there and no bundle yet.
    Missing,
    /// A bundle that is not as it was signed any more, or a root of trust that is none.
    Damaged,
}

/// A bundle.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// What its publisher calls it.
    pub name: String,
    /// The version of its timestamp, which goes up with every issue.
    #[ts(type = "number")]
    pub version: u64,
    /// The version of the root of trust it leads to.
    #[ts(type = "number")]
    pub root_version: u64,
    /// When its publisher issued it.
    #[ts(type = "number")]
    pub issued: i64,
    /// When the next one is due.
    #[ts(type = "number | null")]
    pub due: Option<i64>,
    /// When it ends: nothing is accepted afterwards.
    #[ts(type = "number")]
    pub ends: i64,
    /// Who signed what.
    pub signers: Vec<SignerView>,
}

/// The keys of one role that signed.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignerView {
    /// `root`, `timestamp`, `snapshot`, `targets`, or a delegated role.
    pub role: String,
    /// The first eight letters of the id of each key that signed.
    pub keys: Vec<String>,
    /// How many have to.
    #[ts(type = "number")]
    pub threshold: u64,
    /// When what they signed ends.
    #[ts(type = "number")]
    pub ends: i64,
}

/// Whose signatures count, and for what.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrustedIssuerView {
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// The document types it is good for.
    pub doc_types: Vec<String>,
    /// The last moment of its validity.
    #[ts(type = "number")]
    pub ends: i64,
    /// Whether nobody but an issuer list names it.
    pub listed_only: bool,
    /// When its revocation list was issued.
    #[ts(type = "number | null")]
    pub crl_issued: Option<i64>,
    /// When the next revocation list is due.
    #[ts(type = "number | null")]
    pub crl_due: Option<i64>,
}

/// A status list.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusListView {
    /// Its address, which is its name and is never fetched by a desk.
    pub name: String,
    /// How many credentials it speaks of; of a list of identifiers, how many it revokes.
    #[ts(type = "number")]
    pub entries: u64,
    /// Whether it lists identifiers, and not a value for every index.
    pub identifiers: bool,
    /// When it was issued.
    #[ts(type = "number")]
    pub issued: i64,
    /// When it should be renewed.
    #[ts(type = "number | null")]
    pub due: Option<i64>,
    /// When it ends.
    #[ts(type = "number")]
    pub ends: i64,
}

/// What became of a bundle that came in.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// When.
    #[ts(type = "number")]
    pub at: i64,
    /// What became of it.
    #[ts(as = "OneOf<ImportCode>")]
    pub outcome: ImportCode,
    /// Its version, where it could be read.
    #[ts(type = "number | null")]
    pub version: Option<u64>,
    /// The version that was in force before.
    #[ts(type = "number | null")]
    pub before: Option<u64>,
    /// The file or role that is to blame, where one is.
    pub culprit: Option<String>,
    /// What changed, a row a file.
    pub changes: Vec<ChangeView>,
    /// What of it was left out, and why.
    pub problems: Vec<ProblemView>,
}

/// A file of a bundle that came, changed or went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChangeView {
    /// What kind of file.
    #[ts(as = "OneOf<PartKind>")]
    pub part: PartKind,
    /// Its name.
    pub name: String,
    /// What became of it.
    #[ts(as = "OneOf<Change>")]
    pub change: Change,
}

/// How fetching a bundle goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UpdateView {
    /// Where it stands.
    #[ts(as = "OneOf<UpdateCode>")]
    pub state: UpdateCode,
    /// Bytes that are here.
    #[ts(type = "number")]
    pub done: u64,
    /// Bytes that there are, as far as is known.
    #[ts(type = "number")]
    pub of: u64,
}

/// What ends first of all that the desk knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LeadView {
    /// What it is.
    #[ts(as = "OneOf<PartKind>")]
    pub part: PartKind,
    /// Its name.
    pub name: String,
    /// When it ends, or should have been renewed.
    #[ts(type = "number")]
    pub ends: i64,
}

/// Whether the desk can rely on its machine's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Nothing speaks against it.
    Right,
    /// It is behind what the bundle was issued at, or was set back while the desk ran.
    Behind,
}
