//! What tough asks for comes from here: metadata, kept byte for byte as it was received.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Deserialize;
use tough::{Bytes, Transport, TransportError, TransportErrorKind, TransportStream};
use url::Url;

use crate::client::{Ask, Client};
use crate::failure::{Code, Failure};
use crate::mirror;

/// A root, a timestamp, a snapshot. A root of fifty RSA keys has 50 kB; a snapshot has a row for
/// each role that targets are delegated to.
pub(crate) const MAX_SMALL: u64 = 1024 * 1024;

/// A list of targets: some 250 bytes for each of 20,000, three times over.
pub(crate) const MAX_TARGETS_FILE: u64 = 16 * 1024 * 1024;

/// Roots in one run: a change each week for five years.
pub(crate) const MAX_ROOTS: u64 = 256;

/// Files of metadata in one run: the roots, and as many roles.
const MAX_FILES: usize = 512;

/// All metadata of one run, which is held in memory.
const MAX_ALL: u64 = 64 * 1024 * 1024;

/// What was received, by the name of the file.
pub(crate) type Received = BTreeMap<String, Bytes>;

/// A transport that keeps what it got.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    client: Arc<Client>,
    /// Where metadata of an earlier run is, if that may be used.
    local: Option<PathBuf>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    received: Received,
    expected: HashMap<String, Expected>,
    all: u64,
    failure: Option<Failure>,
}

/// What a timestamp or a snapshot says of a file.
#[derive(Clone, Debug, Deserialize)]
struct Expected {
    version: u64,
    length: Option<u64>,
    hashes: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
struct Listing {
    signed: Listed,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    meta: HashMap<String, Expected>,
}

impl Keeping {
    /// One that asks the client, unless the file lies in the local folder as it is expected.
    pub(crate) fn new(client: Arc<Client>, local: Option<PathBuf>) -> Self {
        Self {
            client,
            local,
            kept: Arc::default(),
        }
    }

    /// This file was fetched already.
    pub(crate) fn keep(&self, name: &str, bytes: Vec<u8>) {
        self.kept().keep(name, Bytes::from(bytes));
    }

    /// All that was received so far.
    pub(crate) fn received(&self) -> Received {
        self.kept().received.clone()
    }

    /// What went wrong on the way, as opposed to what is wrong with what came.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.kept().failure.clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes of a file; none if the server has no such root.
    fn bytes(&self, url: &Url) -> Result<Option<Bytes>, Failure> {
        let name = file_name(url)?;
        if let Some(bytes) = self.kept().received.get(name) {
            return Ok(Some(bytes.clone()));
        }
        let (expected, files, left) = {
            let kept = self.kept();
            let left = MAX_ALL.saturating_sub(kept.all);
            (kept.expected.get(name).cloned(), kept.received.len(), left)
        };
        if files >= MAX_FILES {
            return Err(Failure::new(Code::TooLarge, url.as_str()));
        }
        let announced = expected.as_ref().and_then(|expected| expected.length);
        let limit = limit(name).min(announced.unwrap_or(u64::MAX)).min(left);
        let bytes = match expected.and_then(|expected| self.local(name, &expected, limit)) {
            Some(bytes) => bytes,
            None => match self.client.fetch(&Ask::new(url), limit) {
                Ok((_, bytes)) => bytes,
                Err(failure) if is_last_root(name, failure.code) => return Ok(None),
                Err(failure) => return Err(failure),
            },
        };
        let bytes = Bytes::from(bytes);
        self.kept().keep(name, bytes.clone());
        Ok(Some(bytes))
    }

    /// The file of an earlier run, if it is the one that is expected.
    fn local(&self, name: &str, expected: &Expected, limit: u64) -> Option<Vec<u8>> {
        let path = self.local.as_ref()?.join(name);
        let bytes = mirror::read(&path, limit)?;
        let sha256 = expected.hashes.as_ref().and_then(|all| all.get("sha256"));
        let is_expected = match sha256 {
            Some(sha256) => mirror::hex(&mirror::sha256(&bytes)) == sha256.to_ascii_lowercase(),
            // Its version is in its name, and tough looks at what is inside.
            None => name.starts_with(&format!("{}.", expected.version)),
        };
        is_expected.then_some(bytes)
    }
}

impl Kept {
    fn keep(&mut self, name: &str, bytes: Bytes) {
        let is_list = name == "timestamp.json" || role(name) == "snapshot.json";
        if let Some(listing) = is_list
            .then(|| serde_json::from_slice::<Listing>(&bytes).ok())
            .flatten()
        {
            for (file, expected) in listing.signed.meta {
                let versioned = format!("{}.{file}", expected.version);
                self.expected.insert(versioned, expected.clone());
                self.expected.insert(file, expected);
            }
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.all = self.all.saturating_add(length);
        self.received.insert(name.to_owned(), bytes);
    }
}

#[tough::async_trait]
impl Transport for Keeping {
    async fn fetch(&self, url: Url) -> Result<TransportStream, TransportError> {
        let kind = match self.bytes(&url) {
            Ok(Some(bytes)) => return Ok(Box::pin(Once(Some(Ok(bytes))))),
            Ok(None) => TransportErrorKind::FileNotFound,
            Err(failure) => {
                self.kept().failure = Some(failure);
                TransportErrorKind::Other
            }
        };
        // As a stream: of an error here, tough thinks that there are no more roots.
        let error = TransportError::new(kind, url);
        Ok(Box::pin(Once(Some(Err(error)))))
    }
}

/// A stream of one item.
struct Once(Option<Result<Bytes, TransportError>>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take())
    }
}

/// The name of the file at this address. Its escapes stay, so it is never a path; one that begins
/// like an unfinished file of ours is none.
fn file_name(url: &Url) -> Result<&str, Failure> {
    let name = url.path_segments().and_then(Iterator::last);
    let is_safe = |name: &&str| {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"._-~%".contains(&byte);
        name.len() <= 255 && name.ends_with(".json") && name.bytes().all(is_fit)
    };
    name.filter(is_safe)
        .filter(|name| !name.starts_with('~'))
        .ok_or_else(|| Failure::new(Code::Malformed, url.as_str()))
}

/// The name without the version before it.
fn role(name: &str) -> &str {
    match name.split_once('.') {
        Some((version, rest)) if version.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => name,
    }
}

fn limit(name: &str) -> u64 {
    match role(name) {
        "root.json" | "timestamp.json" | "snapshot.json" => MAX_SMALL,
        _ => MAX_TARGETS_FILE,
    }
}

/// Whether this answer says that there is no later root. Storages that do not let their files be
/// listed say 403.
fn is_last_root(name: &str, code: Code) -> bool {
    role(name) == "root.json" && matches!(code, Code::Http(403 | 404 | 410))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        let name = |text: &str| file_name(&Url::parse(text).unwrap()).is_ok();
        assert!(name("https://a.example/metadata/3.targets.json"));
        assert!(name("https://a.example/metadata/3.a%2Fb.json"));
        assert!(!name("https://a.example/metadata/~targets.json"));
        assert!(!name("https://a.example/metadata/"));
        assert!(!name("https://a.example/metadata/a.txt"));
    }

    #[test]
    fn a_version_is_not_part_of_the_role() {
        assert_eq!(role("12.snapshot.json"), "snapshot.json");
        assert_eq!(role("snapshot.json"), "snapshot.json");
        assert_eq!(role("v12.snapshot.json"), "v12.snapshot.json");
    }
}
