//! A site with issuers of its own, and a desk of it whose folder is on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hwagin_desk::bundle::{BundleFlaw, ImportCode, ImportReport, Store};
use hwagin_desk::knowledge::Asked;
use hwagin_desk::{Judge, Knowledge, Read, Sources};
use hwagin_training::x509::{Certificate, Crl};
use hwagin_training::{Authority, Card, Recipe, StatusClaim, StatusList};
use hwagin_verifier::{At, UnixTime};
use tempfile::TempDir;

use crate::maker::{Files, Maker};

/// The moment of these tests.
pub(crate) const AT: i64 = 1_795_300_196;
pub(crate) const DAY: i64 = 86_400;

/// Entries of the site's status list.
pub(crate) const GOOD: usize = 1_100;
pub(crate) const LOST: usize = 1_101;
pub(crate) const WITHDRAWN: usize = 1_102;

pub(crate) fn at(time: i64) -> At {
    At::utc(UnixTime(time))
}

/// A root that is real as far as a desk can tell: not of the training authority.
fn issuer() -> Certificate {
    let mut root = Certificate::iaca("site test", "Some Country IACA");
    root.subject.organisation = Some("Some Ministry".to_owned());
    root
}

fn under(mut certificate: Certificate, name: &str) -> Certificate {
    certificate.subject = issuer().subject;
    name.clone_into(&mut certificate.subject.common_name);
    certificate
}

/// What the site's holder of that entry shows.
pub(crate) fn shown(entry: usize) -> String {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    recipe.root = issuer();
    recipe.signer = under(recipe.signer, "Some document signer");
    recipe.mso.status = Some(StatusClaim::at(entry));
    Authority::built_in().mint(&recipe).text
}

/// The site's status list, issued at the full hour before `issued`.
pub(crate) fn status_list(issued: i64, values: &[(usize, u8)]) -> Vec<u8> {
    let mut list = StatusList::new(issuer(), values, issued);
    list.signer = under(list.signer, "Some status signer");
    Authority::built_in().token(&list)
}

pub(crate) fn manifest(issued: i64) -> Vec<u8> {
    let issued = jiff::Timestamp::from_second(issued).unwrap();
    format!("name = \"Some site\"\nissued = {issued}\n").into_bytes()
}

/// What the site publishes: the lost card is suspended, the withdrawn one revoked.
pub(crate) fn content() -> Files {
    let authority = Authority::built_in();
    let anchors = "as_of = 2026-11-21\n\n[[anchor]]\nfile = \"production/root.der\"\n\
                   doc_types = [\"org.iso.18013.5.1.mDL\"]\n";
    let values = [(LOST, 2), (WITHDRAWN, 1)];
    [
        ("bundle.toml", manifest(AT - DAY)),
        ("anchors.toml", anchors.as_bytes().to_vec()),
        (
            "anchor-root.der",
            authority.certificate(&issuer(), &issuer()),
        ),
        ("crl-site.crl", authority.crl(&Crl::new(issuer(), &[], AT))),
        ("status-site.cwt", status_list(AT - 3_600, &values)),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

/// The same a little later: the good card is suspended, too.
pub(crate) fn later_content() -> Files {
    let mut files = content();
    let values = [(GOOD, 2), (LOST, 2), (WITHDRAWN, 1)];
    files.insert("bundle.toml".to_owned(), manifest(AT - 60));
    files.insert("status-site.cwt".to_owned(), status_list(AT, &values));
    files
}

/// A maker of the site's bundles.
pub(crate) fn maker() -> Maker {
    Maker::new(content(), AT)
}

/// A desk's folder, and a stick beside it.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    /// A desk with the first root of this maker.
    pub(crate) fn of(maker: &Maker) -> Self {
        Self::with_root(&maker.roots[0])
    }

    pub(crate) fn with_root(root: &[u8]) -> Self {
        let place = Self::in_training();
        fs::write(place.data().join("root.json"), root).unwrap();
        place
    }

    /// A desk without a root of its own.
    pub(crate) fn in_training() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        Self { folder }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where bundles come in.
    pub(crate) fn stick(&self) -> PathBuf {
        self.folder.path().join("stick")
    }

    pub(crate) fn metadata(&self, name: &str) -> PathBuf {
        self.stick().join("metadata").join(name)
    }

    pub(crate) fn target(&self, maker: &Maker, name: &str) -> PathBuf {
        self.stick().join("targets").join(maker.place(name))
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.data())
    }

    /// Takes what is on the stick.
    pub(crate) fn take(&self) -> ImportReport {
        self.store().import(&self.stick(), at(AT))
    }

    /// This repository is written to the stick and taken.
    pub(crate) fn bring(&self, maker: &Maker) -> ImportReport {
        maker.write(&self.stick());
        self.take()
    }

    #[track_caller]
    pub(crate) fn installs(&self, maker: &Maker) -> ImportReport {
        let report = self.bring(maker);
        assert_eq!(
            report.outcome,
            ImportCode::Installed,
            "{:?}",
            report.culprit
        );
        report
    }

    /// What is on the stick is refused for this flaw; the bundle in force is byte for byte as it was,
    /// and the desk says of everybody what it said.
    #[track_caller]
    pub(crate) fn refuses(&self, flaw: BundleFlaw) -> ImportReport {
        let before = (self.in_force(), self.says());
        let report = self.take();
        assert_eq!(
            report.outcome,
            ImportCode::Refused(flaw),
            "{:?}",
            report.culprit
        );
        assert!((self.in_force(), self.says()) == before);
        report
    }

    /// The same for this repository.
    #[track_caller]
    pub(crate) fn refuses_of(&self, maker: &Maker, flaw: BundleFlaw) -> ImportReport {
        maker.write(&self.stick());
        self.refuses(flaw)
    }

    /// `current` and every file of every bundle kept, by path; nothing half written is among them.
    pub(crate) fn in_force(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = files_below(&self.data());
        all.retain(|path, _| path.starts_with("bundles") || path == Path::new("current"));
        all
    }

    pub(crate) fn knowledge(&self) -> Knowledge {
        knowledge_of(&self.data())
    }

    /// What is said of the good card, the lost one and the withdrawn one.
    pub(crate) fn says(&self) -> [String; 3] {
        [GOOD, LOST, WITHDRAWN].map(|entry| says(self.knowledge(), &shown(entry)))
    }
}

/// What a desk says while the first content is in force.
pub(crate) const FIRST: [&str; 3] = ["accept", "status.suspended", "status.revoked"];
/// What it says while the later one is.
pub(crate) const LATER: [&str; 3] = ["status.suspended", "status.suspended", "status.revoked"];

pub(crate) fn knowledge_of(data: &Path) -> Knowledge {
    let sources = Sources {
        data: Some(data.to_owned()),
        ..Sources::default()
    };
    Knowledge::load(&sources, at(AT))
}

/// `accept`, or the reason why not.
pub(crate) fn says(knowledge: Knowledge, symbol: &str) -> String {
    judged(&mut Judge::new(knowledge, at(AT)), symbol, "age-19")
}

/// The same, for this purpose, of a judge that has seen nobody.
pub(crate) fn judged(judge: &mut Judge, symbol: &str, purpose: &str) -> String {
    judge.forget(at(AT));
    let Some(purpose) = judge.knowledge().purpose(purpose).cloned() else {
        return "no purpose".to_owned();
    };
    match judge.judge(symbol.as_bytes(), &purpose, &Asked::default(), at(AT)) {
        Read::Hint(hint) => hint.code().to_owned(),
        Read::Judged(judged) => {
            let summary = judged
                .view(&purpose, &Asked::default(), judge.knowledge(), at(AT))
                .summary();
            let mut words = summary.split(' ');
            match words.next() {
                Some("accept") => "accept".to_owned(),
                _ => words.next().unwrap().to_owned(),
            }
        }
    }
}

/// Every file below this folder, by its path there.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
