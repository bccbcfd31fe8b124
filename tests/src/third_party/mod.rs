//! The vectors that others published, each walked as a desk walks it and held against what is
//! published of it.
//!
//! A folder of vectors is a module and a row of [`FOLDERS`]. What it says is [`Results`]; where
//! that is not what was published, [`deviations`] has the reason, or the run fails. An entry there
//! that no longer applies fails it as well.

pub mod annex_d;
mod certificates;
mod claim_169;
pub mod deviations;
mod edit;
mod hcert;
mod nzcp;
mod outside;
mod pictures;
mod results;
mod sd_cwt;
mod vical;

use crate::vector::told;
use crate::world::{Desk, Said};
use hwagin_verifier::card::{Card, CardClaim, ClaimKind};
use hwagin_verifier::disclosure::Mask;
use hwagin_verifier::purpose::{HolderPolicy, Need, Purpose, Show, StatusPolicy, Unproven};
use hwagin_verifier::trust::{Anchors, IssuerKey, KeyUse, Production};
use hwagin_verifier::{
    At, BundleTimes, Cards, Replays, Session, Statuses, Trust, UnixTime, Verdict,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub use outside::Outside;
pub use results::{Report, Results};

/// A folder of vectors.
struct Folder {
    /// Its path among the vectors.
    name: &'static str,
    /// The files, or cases of files, that have to be in it: fewer would not be noticed else.
    cases: usize,
    run: Run,
}

/// Where the vectors of a folder are run.
enum Run {
    /// Here: by their text or bytes, as a desk gets them.
    Here(fn(&Path, &mut Results)),
    /// In the verifier's own tests, through doors that it keeps to itself.
    Outside,
}

/// In order of their names. A folder has a row, and a module where it is run here.
const FOLDERS: [Folder; 10] = [
    folder("claim-169", 13, Run::Here(claim_169::run)),
    folder("cose", 34, Run::Outside),
    folder("hcert", 374, Run::Here(hcert::run)),
    folder("mdoc/annex-d", 1, Run::Here(annex_d::run)),
    folder("mdoc/isomdl-certificates", 8, Run::Here(certificates::run)),
    folder("nzcp", 8, Run::Here(nzcp::run)),
    folder("sd-cwt", 6, Run::Here(sd_cwt::run)),
    folder("status-list", 10, Run::Outside),
    folder("vical", 5, Run::Here(vical::run)),
    folder("wycheproof", 10, Run::Outside),
];

/// Folders that are not run here, and where they are.
pub const ELSEWHERE: [(&str, &str); 1] = [(
    "qr",
    "photographs, read by `cargo test -p hwagin-scanner --test pictures` and measured beside others \
     by `cargo xtask bench scan`",
)];

const fn folder(name: &'static str, cases: usize, run: Run) -> Folder {
    Folder { name, cases, run }
}

/// Every folder is run; those of the verifier's own tests with what these have `said`, or else
/// left out.
///
/// # Panics
/// Where a file is not as its publisher describes it.
pub fn run(vectors: &Path, said: Option<&Outside>) -> Vec<Report> {
    let entries = deviations::all();
    let mut reports = Vec::new();
    for folder in &FOLDERS {
        let mut results = Results::default();
        match (&folder.run, said) {
            (Run::Here(run), _) => run(&vectors.join(folder.name), &mut results),
            (Run::Outside, Some(said)) => said.of(folder.name, &mut results),
            (Run::Outside, None) => continue,
        }
        reports.push(Report::new(folder.name, folder.cases, results, &entries));
    }
    reports
}

/// Outcome and code in one word or two: `accept`, `refuse signature.invalid`, `hint.part`.
fn words(said: &Said) -> String {
    match told(said) {
        ("hint" | "accept", code) => code,
        (outcome, code) => format!("{outcome} {code}"),
    }
}

/// Files below `folder` whose names end so, by their paths in it, in order.
fn files(folder: &Path, end: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if let Some(name) = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .strip_suffix(end)
            {
                found.push((name.replace('\\', "/"), path.clone()));
            }
        }
    }
    found.sort();
    found
}

fn json(path: &Path) -> Value {
    let read = serde_json::from_slice(&std::fs::read(path).unwrap());
    read.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a card calls a claim, where it stands, and what it is.
pub type Row<'a> = (&'a str, &'a str, &'a str, ClaimKind);

/// A card of that document type, and named as it.
pub fn card(doc_type: &str, rows: &[Row<'_>]) -> Card {
    let claim = |(name, namespace, element, kind): &Row<'_>| CardClaim {
        name: (*name).to_owned(),
        namespace: (*namespace).to_owned(),
        element: (*element).to_owned(),
        kind: *kind,
        mask: Mask::All,
    };
    Card {
        id: doc_type.to_owned(),
        doc_type: doc_type.to_owned(),
        claims: rows.iter().map(claim).collect(),
    }
}

/// A purpose that takes these cards, shows whatever they have, and asks neither for a status nor
/// for a proof.
fn shows_all(cards: &[Card]) -> Purpose {
    let mut names: Vec<_> = cards
        .iter()
        .flat_map(|card| &card.claims)
        .map(|claim| &claim.name)
        .collect();
    names.dedup();
    let mut shows: Vec<Show> = Vec::new();
    for name in names {
        if !shows.iter().any(|show| show.claim == *name) {
            shows.push(Show {
                claim: name.clone(),
                masked: false,
                required: false,
                any_of: None,
            });
        }
    }
    Purpose {
        id: "vectors".to_owned(),
        cards: cards.iter().map(|card| card.id.clone()).collect(),
        holder: HolderPolicy {
            needs: Need::Bearer,
            freshness_seconds: 60,
            offers_challenge: false,
            unproven: Unproven::Abstain,
        },
        status: StatusPolicy {
            required: false,
            max_age_seconds: None,
        },
        shows,
        decisions: Vec::new(),
    }
}

/// A desk that knows these cards, whose only anchor is this key.
///
/// # Panics
/// Where the key is one of the training authority.
pub fn desk(key: IssuerKey, usage: KeyUse, cards: Vec<Card>, at: i64) -> Desk {
    let mut anchors = Anchors::<Production>::new();
    let doc_types = cards.iter().map(|card| card.doc_type.clone()).collect();
    anchors.add_key(key, KeyUse { doc_types, ..usage }).unwrap();
    Desk {
        bundle: BundleTimes::default(),
        trust: Trust::production(anchors),
        statuses: Statuses::new(),
        session: Session::default(),
        replays: Replays::default(),
        purpose: shows_all(&cards),
        at: At::utc(UnixTime(at)),
        cards: Cards::new(cards),
    }
}

/// What an accepted one shows, by name; nothing where it was not accepted.
fn shown(said: &Said) -> Vec<(String, String)> {
    let Said::Verdict(Verdict::Accept(accepted)) = said else {
        return Vec::new();
    };
    let shown = accepted.disclosure().shown().iter();
    shown
        .map(|shown| (shown.name().to_owned(), shown.text().expose().to_owned()))
        .collect()
}
