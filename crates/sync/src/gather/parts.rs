//! `parts.toml`: what a publisher's bundle is made from.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use super::points;
use crate::address::{self, Plain};
use crate::failure::{Code, Failure};
use crate::mirror;

/// The longest parts.toml: some thousand addresses.
const MAX_FILE: u64 = 1024 * 1024;

/// Certificates whose distribution points are read.
const MAX_CERTIFICATES: usize = 1_000;

/// A certificate, or a PEM file of some.
const MAX_CERTIFICATE: u64 = 1024 * 1024;

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Status,
    Vical,
    Crl,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Status, Self::Vical, Self::Crl];

    /// Where it lies below the publisher's folder.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Vical => "trust-anchors/production",
            Self::Crl => "crl",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Status => "cwt",
            Self::Vical => "cbor",
            Self::Crl => "crl",
        }
    }

    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Status => "application/statuslist+cwt",
            Self::Vical => "application/cbor, application/octet-stream;q=0.9, */*;q=0.1",
            Self::Crl => "application/pkix-crl, */*;q=0.1",
        }
    }

    /// The longest that a desk takes, of an issuer list; of the others, what a stick has room for.
    pub(super) fn limit(self) -> u64 {
        match self {
            Self::Vical => 1024 * 1024,
            Self::Status | Self::Crl => 16 * 1024 * 1024,
        }
    }

    /// Revocation lists are signed, and published in the clear because a TLS client may need one.
    pub(super) fn plain(self) -> Plain {
        match self {
            Self::Status | Self::Vical => Plain::Here,
            Self::Crl => Plain::Anywhere,
        }
    }

    /// A name that is the same each time and says nothing: half a SHA-256 of the address.
    pub(super) fn file(self, url: &Url) -> String {
        let mut name = mirror::hex(&mirror::sha256(url.as_str().as_bytes()));
        name.truncate(32);
        format!("{name}.{}", self.ending())
    }

    /// The path of the file from that address, if it is one of ours.
    pub(super) fn path(url: &str, path: &str) -> Option<String> {
        let url = Url::parse(url).ok()?;
        Self::ALL
            .iter()
            .map(|kind| format!("{}/{}", kind.folder(), kind.file(&url)))
            .find(|own| own == path)
    }

    /// Whether it begins like one: a COSE structure, or a DER sequence of that length or a PEM.
    pub(super) fn looks_like_one(self, bytes: &[u8]) -> bool {
        match self {
            // COSE_Sign1 (tag 18), tagged as CWT (61), or without a tag: an array of four.
            Self::Status | Self::Vical => {
                let starts: [&[u8]; 3] = [&[0xd2, 0x84], &[0xd8, 0x3d, 0xd2, 0x84], &[0x84]];
                starts.iter().any(|start| bytes.starts_with(start))
            }
            Self::Crl => {
                let pem = b"-----BEGIN X509 CRL-----";
                bytes.trim_ascii_start().starts_with(pem) || is_der_sequence(bytes)
            }
        }
    }
}

/// Whether these bytes are one DER sequence by its length (X.690, section 8.1.3).
fn is_der_sequence(bytes: &[u8]) -> bool {
    let Some((&[0x30, first], rest)) = bytes.split_first_chunk() else {
        return false;
    };
    if first < 0x80 {
        return rest.len() == usize::from(first);
    }
    let Some((length, content)) = rest.split_at_checked(usize::from(first & 0x7f)) else {
        return false;
    };
    let read = |sum: usize, byte: &u8| sum.checked_mul(256)?.checked_add(usize::from(*byte));
    length.iter().try_fold(0, read) == Some(content.len())
}

/// What is to be fetched.
pub(super) struct Wanted {
    pub(super) aggregations: Vec<Url>,
    pub(super) parts: Vec<(Kind, Url)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartsFile {
    #[serde(default)]
    aggregation: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    vical: Vec<String>,
    #[serde(default)]
    crl: Vec<String>,
    certificates: Option<PathBuf>,
}

impl Wanted {
    /// What this file asks for, and the certificates that could not be read.
    pub(super) fn read(path: &Path) -> Result<(Self, Vec<Failure>), Failure> {
        let usage = || Failure::usage(path.display().to_string());
        let bytes = mirror::read(path, MAX_FILE).ok_or_else(usage)?;
        let file: PartsFile = toml::from_slice(&bytes).map_err(|error| {
            let line = error.message();
            Failure::usage(format!("{}: {line}", path.display()))
        })?;
        let urls = |texts: &[String], plain| {
            let read = |text: &String| address::read(text, plain);
            texts.iter().map(read).collect::<Result<Vec<Url>, _>>()
        };
        let mut parts = Vec::new();
        for (kind, texts) in [
            (Kind::Status, &file.status),
            (Kind::Vical, &file.vical),
            (Kind::Crl, &file.crl),
        ] {
            let urls = urls(texts, kind.plain())?;
            parts.extend(urls.into_iter().map(|url| (kind, url)));
        }
        let mut unread = Vec::new();
        if let Some(folder) = file.certificates {
            let folder = path.parent().unwrap_or(Path::new("")).join(folder);
            for url in distribution_points(&folder, &mut unread)? {
                parts.push((Kind::Crl, url));
            }
        }
        let wanted = Self {
            aggregations: urls(&file.aggregation, Plain::Here)?,
            parts,
        };
        Ok((wanted, unread))
    }
}

/// Where the issuers of the certificates in this folder publish their revocation lists.
fn distribution_points(folder: &Path, unread: &mut Vec<Failure>) -> Result<Vec<Url>, Failure> {
    let usage = |_| Failure::usage(folder.display().to_string());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(usage)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let mut found = Vec::new();
    for (seen, file) in files.iter().enumerate() {
        let points = mirror::read(file, MAX_CERTIFICATE)
            .filter(|_| seen < MAX_CERTIFICATES)
            .and_then(|bytes| points::of(&bytes));
        match points {
            Some(points) => found.extend(points),
            None => unread.push(Failure::new(Code::Malformed, file.display().to_string())),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_a_part_is_by_its_beginning() {
        assert!(Kind::Status.looks_like_one(&[0xd2, 0x84, 0x40]));
        assert!(Kind::Vical.looks_like_one(&[0x84, 0x40]));
        assert!(!Kind::Status.looks_like_one(b"eyJ0eXAiOiJzdGF0dXNsaXN0K2p3dCJ9"));
        assert!(!Kind::Vical.looks_like_one(b"<!doctype html>"));
        assert!(Kind::Crl.looks_like_one(&[0x30, 0x02, 0x05, 0x00]));
        assert!(!Kind::Crl.looks_like_one(&[0x30, 0x03, 0x05, 0x00]));
        assert!(Kind::Crl.looks_like_one(&[&[0x30, 0x81, 0x80][..], &[0; 128]].concat()));
        assert!(!Kind::Crl.looks_like_one(&[0x30, 0x89]));
        assert!(!Kind::Crl.looks_like_one(b""));
    }

    #[test]
    fn a_name_depends_on_the_address_only() {
        let url = Url::parse("https://a.example/1").unwrap();
        let name = Kind::Status.file(&url);
        assert_eq!(name.len(), 36);
        let path = format!("status/{name}");
        assert_eq!(Kind::path(url.as_str(), &path), Some(path));
        assert_eq!(Kind::path(url.as_str(), "../status/a.cwt"), None);
    }
}
