//! The files of a bundle, by name. Names are flat, so that every tool for The Update Framework can
//! make and fetch them; what comes before the first `-` says what a file is.

use super::codes::PartKind;

/// What the bundle says of itself.
pub(crate) const MANIFEST: &str = "bundle.toml";
/// Which issuers count for what.
pub(crate) const ANCHORS: &str = "anchors.toml";

/// The beginning of a name and the folder of a site's data that it stands for.
const FOLDERS: [(&str, &str, PartKind); 9] = [
    ("anchor-", "trust-anchors/production/", PartKind::Anchor),
    ("training-", "trust-anchors/training/", PartKind::Anchor),
    ("crl-", "crl/", PartKind::Crl),
    ("status-", "status/", PartKind::Status),
    ("dcc-", "dcc-revocation/", PartKind::Health),
    ("card-", "cards/", PartKind::Card),
    ("table-", "tables/", PartKind::Table),
    ("purpose-", "purposes/", PartKind::Purpose),
    ("site-purpose-", "site-purposes/", PartKind::SitePurpose),
];

/// What the file of this name is.
pub(crate) fn kind(name: &str) -> PartKind {
    match name {
        MANIFEST => PartKind::Manifest,
        ANCHORS => PartKind::Anchors,
        _ => FOLDERS
            .iter()
            .find(|(beginning, ..)| name.starts_with(beginning))
            .map_or(PartKind::Other, |(.., kind)| *kind),
    }
}

/// Whether a role that the publisher delegated to may bring this kind of file: what goes out of date
/// is the issuer's and what narrows is the site's; whom to trust and what to show is neither's.
pub(crate) fn may_be_delegated(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::Crl | PartKind::Status | PartKind::Health | PartKind::SitePurpose
    )
}

/// Whether a desk takes a file of this name: letters, digits, `.`, `_` and `-`, at most 128, and
/// none that a folder or a hidden file could have.
pub(crate) fn is_plain(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (1..=128).contains(&name.len()) && name.bytes().all(is_plain) && !name.starts_with('.')
}

/// What the bundle calls the file with this path in a site's data; `None` where no bundle has it.
#[must_use]
pub fn name_of(path: &str) -> Option<String> {
    if path == "trust-anchors/anchors.toml" {
        return Some(ANCHORS.to_owned());
    }
    if path == MANIFEST {
        return Some(MANIFEST.to_owned());
    }
    let (beginning, rest) = FOLDERS.iter().find_map(|(beginning, folder, _)| {
        path.strip_prefix(folder).map(|rest| (beginning, rest))
    })?;
    let name = format!("{beginning}{rest}");
    is_plain(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_site_has_a_name() {
        for path in [
            "trust-anchors/anchors.toml",
            "trust-anchors/production/a.pem",
            "trust-anchors/training/a.pem",
            "crl/a.crl",
            "status/a.cwt",
            "dcc-revocation/a.json",
            "cards/a.toml",
            "tables/a.toml",
            "purposes/a.toml",
            "site-purposes/a.toml",
        ] {
            let name = name_of(path).unwrap();
            assert!(is_plain(&name), "{name}");
            assert_ne!(kind(&name), PartKind::Other, "{name}");
        }
        assert_eq!(name_of("status/../a.cwt"), None);
        assert_eq!(name_of("notes/a.txt"), None);
    }

    #[test]
    fn a_site_purpose_is_no_purpose() {
        assert_eq!(kind("site-purpose-a.toml"), PartKind::SitePurpose);
        assert_eq!(kind("purpose-a.toml"), PartKind::Purpose);
        assert_eq!(kind("readme.txt"), PartKind::Other);
    }

    #[test]
    fn no_name_leaves_its_folder() {
        for name in [
            "", "..", ".hidden", "a/b", "a\\b", "a b", "a%2fb", "ä", "a:b",
        ] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(!is_plain(&"a".repeat(129)));
    }
}
