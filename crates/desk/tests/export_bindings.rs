//! The window's types are those of this crate: written where `TS_RS_EXPORT_DIR` says, or else
//! compared with what is kept.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hwagin_desk::bundle::{BundleFlaw, Change, ImportCode, PartKind, UpdateCode};
use hwagin_desk::knowledge::ProblemCode;
use hwagin_desk::view::{
    AskedView, CautionCode, Codes, CustomerEvent, HintCode, OneOf, OverviewView, ReasonCode,
    ScanEvent, TrustView, VerdictView,
};
use hwagin_verifier::verdict::Caution;
use hwagin_verifier::{Hint, Reason};
use ts_rs::{Config, TS};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/ipc");

#[test]
fn export_bindings() {
    if let Some(folder) = std::env::var_os("TS_RS_EXPORT_DIR") {
        export(Path::new(&folder));
        return;
    }
    let folder = std::env::temp_dir().join(format!("hwagin-bindings-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    export(&folder);
    let (made, kept) = (files(&folder), files(Path::new(KEPT)));
    drop(std::fs::remove_dir_all(&folder));
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        kept.keys().collect::<Vec<_>>(),
        "make them again with TS_RS_EXPORT_DIR=ui/src/lib/ipc"
    );
    for (name, text) in made {
        assert_eq!(Some(&text), kept.get(&name), "{}", name.display());
    }
}

/// Every type of the wire, and nothing else.
fn export(folder: &Path) {
    let config = Config::new().with_out_dir(folder);
    ScanEvent::export_all(&config).unwrap();
    VerdictView::export_all(&config).unwrap();
    OverviewView::export_all(&config).unwrap();
    TrustView::export_all(&config).unwrap();
    AskedView::export_all(&config).unwrap();
    CustomerEvent::export_all(&config).unwrap();
    OneOf::<ReasonCode>::export_all(&config).unwrap();
    OneOf::<CautionCode>::export_all(&config).unwrap();
    OneOf::<HintCode>::export_all(&config).unwrap();
    OneOf::<Hint>::export_all(&config).unwrap();
    OneOf::<ProblemCode>::export_all(&config).unwrap();
    OneOf::<BundleFlaw>::export_all(&config).unwrap();
    OneOf::<ImportCode>::export_all(&config).unwrap();
    OneOf::<PartKind>::export_all(&config).unwrap();
    OneOf::<Change>::export_all(&config).unwrap();
    OneOf::<UpdateCode>::export_all(&config).unwrap();
}

fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "ts"))
        .map(|path| {
            let name = path.file_name().unwrap().into();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn no_code_of_the_verifier_is_left_out() {
    let config = Config::new();
    let reasons = OneOf::<ReasonCode>::inline(&config);
    for reason in Reason::ALL {
        assert!(
            reasons.contains(&format!("\"{}\"", reason.code())),
            "{}",
            reason.code()
        );
    }
    assert!(reasons.contains("\"desk.internal\""));
    assert_eq!(ReasonCode::all().len(), Reason::ALL.len() + 1);
    let cautions = OneOf::<CautionCode>::inline(&config);
    for caution in Caution::ALL {
        assert!(cautions.contains(&format!("\"{}\"", caution.code())));
    }
    let hints = OneOf::<HintCode>::inline(&config);
    for hint in Hint::ALL {
        assert!(hints.contains(&format!("\"{}\"", hint.code())));
    }
    let once: BTreeSet<_> = HintCode::all().into_iter().collect();
    assert_eq!(once.len(), HintCode::all().len());
    assert_eq!(ProblemCode::all().len(), ProblemCode::ALL.len());
}
