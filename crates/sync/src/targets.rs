//! The targets that belong into the folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tough::Repository;
use url::Url;

use crate::client::Client;
use crate::failure::{Code, Failure};
use crate::mirror;
use crate::part::Part;
use crate::progress::{Progress, Unit};
use crate::state::Room;

/// A status list for each issuer of a large country, four times over.
const MAX_TARGETS: usize = 20_000;

/// One target: a status list of a million cards has 250 kB, the largest bundle some MB.
const MAX_LENGTH: u64 = 64 * 1024 * 1024;

/// All of them: a stick and a desk's disk have room for it, old and new.
const MAX_TOGETHER: u64 = 1024 * 1024 * 1024;

/// The longest name: with the digest before it, it fits the 255 bytes of a file's name.
const MAX_NAME: usize = 128;

/// A target, as it lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) length: u64,
    sha256: Vec<u8>,
}

/// Every target by the name of its file.
pub(crate) type Targets = BTreeMap<String, Target>;

/// What came of fetching them.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub(crate) targets: u64,
    pub(crate) resumed: u64,
}

/// The targets of this repository, if desks take them.
pub(crate) fn of(repository: &Repository) -> Result<Targets, Failure> {
    let is_consistent = repository.root().signed.consistent_snapshot;
    let all = &repository.targets().signed;
    // A role of such a name would have the file of another.
    if let Some(role) = all.role_names().iter().find(|role| is_taken(role)) {
        return Err(Failure::new(Code::Malformed, role.as_str()));
    }
    let mut targets = Targets::new();
    let mut together: u64 = 0;
    for (seen, (name, _)) in repository.all_targets().enumerate() {
        let raw = name.raw();
        if seen >= MAX_TARGETS {
            return Err(Failure::new(Code::TooLarge, raw));
        }
        if !is_name(raw) {
            return Err(Failure::new(Code::TargetName, format!("{raw:?}")));
        }
        // Where several roles have one, or a role may not have it, tough knows which counts.
        let Ok(target) = all.find_target(name, false) else {
            continue;
        };
        let sha256 = target.hashes.sha256.to_vec();
        let file = if is_consistent {
            format!("{}.{raw}", mirror::hex(&sha256))
        } else {
            raw.to_owned()
        };
        let target = Target {
            length: target.length,
            sha256,
        };
        if targets.insert(file, target.clone()).is_none() {
            together = together.saturating_add(target.length);
        }
        if target.length > MAX_LENGTH || together > MAX_TOGETHER {
            return Err(Failure::new(Code::TooLarge, raw));
        }
    }
    Ok(targets)
}

fn is_taken(role: &str) -> bool {
    ["root", "timestamp", "snapshot", "targets"].contains(&role)
}

/// Names are flat: nothing in them leads anywhere.
fn is_name(name: &str) -> bool {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_fit) && name != "." && name != ".."
}

/// Every target lies in the folder, each whole; those that lay there already were not asked for.
pub(crate) fn fetch(
    targets: &Targets,
    base: &Url,
    folder: &Path,
    room: &Room,
    client: &Arc<Client>,
    progress: &mut Progress,
) -> Result<Fetched, Failure> {
    let is_missing = |(file, target): &(&String, &Target)| {
        let there = mirror::sha256_of_file(&folder.join(file), target.length);
        there.is_none_or(|sha256| sha256 != target.sha256)
    };
    let missing: Vec<_> = targets.iter().filter(is_missing).collect();
    let mut fetched = Fetched::default();
    if missing.is_empty() {
        return Ok(fetched);
    }
    let parts = room.folder("parts")?;
    progress.begin(
        missing.iter().map(|(_, target)| target.length).sum(),
        Unit::Bytes,
    );
    let mut before = 0;
    for (file, target) in missing {
        let url = base
            .join(file)
            .map_err(|_| Failure::new(Code::TargetName, file))?;
        let part = Part {
            url: &url,
            length: target.length,
            sha256: &target.sha256,
            path: &parts.join(mirror::hex(&target.sha256)),
        };
        fetched.resumed += part.fetch(client, &mut |have| progress.reached(before + have))?;
        mirror::place(part.path, folder, file)?;
        fetched.targets += 1;
        before += target.length;
    }
    mirror::settle(folder)?;
    Ok(fetched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_flat_names_only() {
        assert!(is_name("bundle-1.2_3.cbor"));
        for name in ["", ".", "..", "a/b", "a\\b", "a b", "ä", "a\0", "~a", "C:a"] {
            assert!(!is_name(name), "{name:?}");
        }
        assert!(is_name(&"a".repeat(MAX_NAME)));
        assert!(!is_name(&"a".repeat(MAX_NAME + 1)));
    }
}
