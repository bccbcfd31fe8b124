//! The folder that a bundle comes in: a stick, a file share, a folder that `hwagin-sync` fills, or
//! the desk's own copy. All of it is hostile input: only files that were asked for are opened, only
//! regular ones, no link is followed, and nothing is read beyond what the caller bounds.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tough::{Bytes, Transport, TransportError, TransportErrorKind, TransportStream, async_trait};
use url::Url;

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// The longest file name that is opened; a digest and a target's name are shorter.
const MAX_NAME: usize = 255;

/// The two folders of a repository.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Area {
    Metadata,
    Targets,
}

impl Area {
    /// What the folder is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Targets => "targets",
        }
    }

    /// Where tough looks for it. No path of this machine: the carrier alone knows where it lies.
    pub(super) fn url(self) -> Option<Url> {
        Url::parse(&format!("file:///{}/", self.name())).ok()
    }
}

/// Files by name, byte for byte.
type ByName = BTreeMap<String, Vec<u8>>;

/// A folder with `metadata/` and `targets/`.
#[derive(Clone, Debug)]
pub(super) struct Carrier {
    folder: PathBuf,
    /// The metadata that was read, byte for byte.
    read: Arc<Mutex<ByName>>,
}

impl Carrier {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            read: Arc::default(),
        }
    }

    /// Opens this file of that folder.
    ///
    /// # Errors
    /// It is not there, or is no regular file.
    fn open(&self, area: Area, name: &str) -> io::Result<File> {
        let folder = self.folder.join(area.name());
        if !fs::symlink_metadata(&folder)?.is_dir() {
            return Err(ErrorKind::InvalidInput.into());
        }
        open_regular(&folder.join(name))
    }

    /// The metadata that was read so far, by file name.
    pub(super) fn metadata(&self) -> ByName {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, ByName> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens this file if it is a regular one and no link.
pub(crate) fn open_regular(path: &Path) -> io::Result<File> {
    let named = fs::symlink_metadata(path)?;
    if !named.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let file = File::open(path)?;
    // Somebody may have put a link in its place meanwhile.
    if is_same(&named, &file.metadata()?) {
        Ok(file)
    } else {
        Err(ErrorKind::InvalidInput.into())
    }
}

/// The bytes of this file, and not more than so many, if it is a regular one and no link.
pub(crate) fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_same(named: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (named.dev(), named.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_same(_named: &Metadata, opened: &Metadata) -> bool {
    opened.is_file()
}

/// The folder and file that a URL of tough names.
fn place(url: &Url) -> Option<(Area, String)> {
    let mut segments = url.path_segments()?;
    let area = match segments.next()? {
        "metadata" => Area::Metadata,
        "targets" => Area::Targets,
        _ => return None,
    };
    let name = segments.next()?;
    // A name with a percent sign is none that a desk takes, encoded or not.
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let fits = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_plain);
    (segments.next().is_none() && fits).then(|| (area, name.to_owned()))
}

#[async_trait]
impl Transport for Carrier {
    async fn fetch(&self, url: Url) -> Result<TransportStream, TransportError> {
        let Some((area, name)) = place(&url) else {
            return Err(TransportError::new(TransportErrorKind::Other, &url));
        };
        let file = self
            .open(area, &name)
            .map_err(|error| failure(&url, error))?;
        let keeps = (area == Area::Metadata).then(|| (Arc::clone(&self.read), name));
        if let Some((read, name)) = &keeps {
            let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
            read.insert(name.clone(), Vec::new());
        }
        let chunks = Chunks {
            file: Some(file),
            url,
            keeps,
        };
        Ok(Box::pin(futures::stream::iter(chunks)))
    }
}

fn failure(url: &Url, error: io::Error) -> TransportError {
    let kind = match error.kind() {
        ErrorKind::NotFound => TransportErrorKind::FileNotFound,
        _ => TransportErrorKind::Other,
    };
    TransportError::new_with_cause(kind, url, error)
}

/// A file, piece by piece: whoever takes the pieces stops where it has had enough.
struct Chunks {
    file: Option<File>,
    url: Url,
    keeps: Option<(Arc<Mutex<ByName>>, String)>,
}

impl Iterator for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut chunk = vec![0; CHUNK];
        match self.file.as_mut()?.read(&mut chunk) {
            Ok(0) => {
                self.file = None;
                None
            }
            Ok(length) => {
                chunk.truncate(length);
                if let Some((read, name)) = &self.keeps {
                    let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
                    read.entry(name.clone()).or_default().extend(&chunk);
                }
                Some(Ok(chunk.into()))
            }
            Err(error) => {
                self.file = None;
                Some(Err(failure(&self.url, error)))
            }
        }
    }
}
