//! Makes the bundle of a nation, once: with the same numbers in every run.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use hwagin_publisher::Signatures;
use hwagin_publisher::issue::{self, Expiry};
use hwagin_publisher::key::SigningKey;
use hwagin_publisher::release::{self, Files, Release};
use hwagin_publisher::root::{self, RolePlan, RootPlan, SignedRoot};
use hwagin_training::x509::{Certificate, Crl};
use hwagin_training::{Authority, Card, Recipe, StatusClaim, StatusList};

/// The moment of the bench.
pub(crate) const AT: i64 = 1_795_300_196;

/// Cards of one status list: sixty million of 64.
pub(crate) const ENTRIES: usize = 937_500;

/// Cards of each list that are asked for, and are good.
pub(crate) const ASKED: usize = 4;

const ROOTS: usize = 1_000;
const CRLS: usize = 500;
const MOST: usize = 64;

/// Of so many cards one is listed: what was lost, replaced or taken back stays on a list until the
/// card would have ended by itself, which is ten years for most.
pub(crate) const LISTED: u64 = 20;

/// The same of a list that is next to empty.
pub(crate) const SELDOM: u64 = 100;

/// Names what is made; another name makes it again.
const STAMP: &str = "2: 64 lists, 1000 roots, 500 revocation lists\n";

/// The folder with the parts and the bundles made of them.
pub(crate) struct Scale {
    folder: PathBuf,
    key: SigningKey,
    root: SignedRoot,
}

fn issuer(number: usize) -> Certificate {
    let name = format!("Country IACA {number}");
    let mut root = Certificate::iaca(&format!("scale {number}"), &name);
    root.subject.organisation = Some("Some Ministry".to_owned());
    root
}

fn under(mut certificate: Certificate, name: &str) -> Certificate {
    certificate.subject = issuer(0).subject;
    name.clone_into(&mut certificate.subject.common_name);
    certificate
}

fn uri(list: usize) -> String {
    format!("https://status.example.invalid/{list}")
}

/// The entry of a card that is asked for.
fn entry(list: usize, card: usize) -> usize {
    (list * 104_729 + card * 224_737 + 17) % ENTRIES
}

/// What the holder of that card shows; of one that names no list where `is_listed` is false.
pub(crate) fn shown(list: usize, card: usize, is_listed: bool) -> String {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    recipe.root = issuer(0);
    recipe.signer = under(recipe.signer, "Some document signer");
    let mut claim = StatusClaim::at(entry(list, card));
    claim.uri = uri(list);
    recipe.mso.status = is_listed.then_some(claim);
    Authority::built_in().mint(&recipe).text
}

/// A list of which one in so many cards is suspended or revoked.
pub(crate) fn status(list: usize, one_in: u64) -> Vec<u8> {
    let mut state = list as u64 + 1;
    let mut number = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state >> 33
    };
    let mut values = Vec::new();
    for place in 0..ENTRIES {
        let is_asked = (0..ASKED).any(|card| entry(list, card) == place);
        if number() % one_in == 0 && !is_asked {
            values.push((place, 1 + (number() % 2) as u8));
        }
    }
    let mut token = StatusList::new(issuer(0), &values, AT);
    token.signer = under(token.signer, "Some status signer");
    token.subject = uri(list);
    token.entries = ENTRIES;
    Authority::built_in().token(&token)
}

fn crl(number: usize) -> Vec<u8> {
    let serials: Vec<[u8; 8]> = (0..20_u64)
        .map(|one| (one * 1_000 + number as u64 + 1).to_be_bytes())
        .collect();
    let serials: Vec<&[u8]> = serials.iter().map(|serial| serial.as_slice()).collect();
    Authority::built_in().crl(&Crl::new(issuer(number), &serials, AT))
}

/// Each of them, on both cores.
fn each(count: usize, make: impl Fn(usize) -> (String, Vec<u8>) + Sync, into: &Path) {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let (name, bytes) = make(number);
                    if let Err(error) = fs::write(into.join(name), bytes) {
                        *failed.lock().unwrap() = Some(error);
                    }
                }
            });
        }
    });
    assert!(failed.lock().unwrap().is_none());
}

fn make(parts: &Path) {
    let authority = Authority::built_in();
    println!("making the parts of a nation: once, for some minutes");
    let root = |number| {
        let der = authority.certificate(&issuer(number), &issuer(number));
        (format!("anchor-{number:04}.der"), der)
    };
    each(ROOTS, root, parts);
    each(
        CRLS,
        |number| (format!("crl-{number:03}.crl"), crl(number)),
        parts,
    );
    each(
        MOST,
        |list| (format!("status-{list:02}.cwt"), status(list, LISTED)),
        parts,
    );
    let mut anchors = "as_of = 2026-11-21\n".to_owned();
    for number in 0..ROOTS {
        anchors.push_str(&format!(
            "\n[[anchor]]\nfile = \"production/{number:04}.der\"\n\
             doc_types = [\"org.iso.18013.5.1.mDL\"]\n"
        ));
    }
    fs::write(parts.join("anchors.toml"), anchors).unwrap();
    let manifest = "name = \"A nation\"\nissued = 2026-11-21T00:00:00Z\n";
    fs::write(parts.join("bundle.toml"), manifest).unwrap();
}

fn later() -> jiff::Timestamp {
    jiff::Timestamp::from_second(AT + 30 * 86_400).unwrap()
}

impl Scale {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let (parts, stamp) = (folder.join("parts"), folder.join("stamp.txt"));
        if fs::read_to_string(&stamp).is_ok_and(|made| made == STAMP) {
            println!("the parts of a nation are there");
        } else {
            drop(fs::remove_dir_all(folder));
            fs::create_dir_all(&parts).unwrap();
            make(&parts);
            fs::write(&stamp, STAMP).unwrap();
        }
        let key = SigningKey::from_bytes(&SigningKey::generate().unwrap()).unwrap();
        let role = || RolePlan {
            keys: vec![key.public()],
            threshold: std::num::NonZeroU64::MIN,
        };
        let plan = RootPlan {
            root: role(),
            targets: role(),
            snapshot: role(),
            timestamp: role(),
            expires: later(),
        };
        let root = root::new(plan, None, std::slice::from_ref(&key)).unwrap();
        Self {
            folder: folder.to_owned(),
            key,
            root,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn root(&self) -> &[u8] {
        &self.root.bytes
    }

    /// The token of this list.
    pub(crate) fn token(&self, list: usize) -> Vec<u8> {
        fs::read(
            self.folder
                .join("parts")
                .join(format!("status-{list:02}.cwt")),
        )
        .unwrap()
    }

    /// A bundle with so many of the lists, and all else.
    pub(crate) fn repository(&self, lists: usize) -> PathBuf {
        let mut files = Files::new();
        for entry in fs::read_dir(self.folder.join("parts")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let number = name.strip_prefix("status-").and_then(|rest| rest.get(..2));
            if number.is_none_or(|number| number.parse::<usize>().unwrap() < lists) {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        let repository = self.folder.join("repository");
        drop(fs::remove_dir_all(&repository));
        let release = Release {
            files,
            delegations: Vec::new(),
            expires: later(),
        };
        let keys = std::slice::from_ref(&self.key);
        assert!(
            release::write(&release, &self.root, keys, &repository)
                .unwrap()
                .complete()
        );
        let expiry = Expiry {
            snapshot: later(),
            timestamp: later(),
        };
        let all = issue::sign(&repository, &self.root, keys, expiry).unwrap();
        assert!(all.iter().all(Signatures::complete));
        repository
    }
}
