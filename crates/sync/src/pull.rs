//! `hwagin-sync pull`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tough::schema::{Signed, Targets as Role};
use tough::{ExpirationEnforcement, Limits, Repository, RepositoryLoader};
use url::Url;

use crate::arguments;
use crate::client::{Ask, Client};
use crate::failure::{Code, Failure};
use crate::mirror;
use crate::progress::{Progress, Summary};
use crate::refusal;
use crate::roots::{self, Chain, Line, Pinned};
use crate::state::{self, Complete, Room};
use crate::targets::{self, Fetched, Targets};
use crate::transport::{self, Keeping, Received};

const TIMESTAMP: &str = "timestamp.json";
const COMPLETE: &str = "complete.json";

/// What tough compares with what comes.
const STATES: [&str; 2] = [TIMESTAMP, "snapshot.json"];

/// What tough reads again.
const KNOWN: [&str; 3] = [TIMESTAMP, "snapshot.json", "latest_known_time.json"];

/// Where everything is.
struct Place {
    metadata_url: Url,
    targets_url: Url,
    metadata: PathBuf,
    targets: PathBuf,
    room: Room,
    /// What tough knows of earlier states; a role can be called anything, so it is by itself.
    known: PathBuf,
}

/// The folder is the same as the repository, or as it was before.
pub(crate) fn run(wish: &arguments::Pull, progress: &mut Progress) -> Result<Summary, Failure> {
    let pinned = Pinned::open(&wish.root)?;
    let place = Place::enter(wish)?;
    let (mut chain, line) = Chain::begin(pinned, &place.room)?;
    place.recall(line)?;
    let client = Arc::new(Client::new(wish.tries));
    let timestamp = place.timestamp(&client)?;
    if place.is_unchanged(&wish.to, &chain, &timestamp) {
        return Ok(summary(false, &client, &Fetched::default()));
    }
    let loaded = place.load_patiently(&client, &mut chain, timestamp);
    chain.keep(&place.room, line)?;
    let (repository, received) = loaded?;

    let wanted = targets::of(&repository)?;
    let fetched = targets::fetch(
        &wanted,
        &place.targets_url,
        &place.targets,
        &place.room,
        &client,
        progress,
    )?;
    let is_updated = place.write(&chain, line, &received, &wanted)?;
    place.conclude(&chain, &repository, &wanted)?;
    Ok(summary(
        is_updated || fetched.targets > 0,
        &client,
        &fetched,
    ))
}

fn summary(is_updated: bool, client: &Client, fetched: &Fetched) -> Summary {
    Summary {
        is_updated,
        bytes: client.bytes(),
        requests: client.requests(),
        targets: fetched.targets,
        resumed: fetched.resumed,
    }
}

impl Place {
    fn enter(wish: &arguments::Pull) -> Result<Self, Failure> {
        let room = Room::enter(&wish.to)?;
        let join = |path| {
            let url = wish.base.join(path);
            url.map_err(|_| Failure::usage(wish.base.as_str()))
        };
        let folder = |name| {
            let folder = wish.to.join(name);
            fs::create_dir_all(&folder).map_err(|_| Failure::disk(&folder))?;
            Ok::<PathBuf, Failure>(folder)
        };
        Ok(Self {
            metadata_url: join("metadata/")?,
            targets_url: join("targets/")?,
            metadata: folder("metadata")?,
            targets: folder("targets")?,
            known: room.folder("known")?,
            room,
        })
    }

    /// tough finds what it has to know of earlier states: nothing of another line of trust, and
    /// what lies in the folder if there was no run before.
    fn recall(&self, line: Line) -> Result<(), Failure> {
        match line {
            Line::Same => Ok(()),
            Line::Other => self.forget(),
            Line::First => STATES.iter().try_for_each(|name| {
                let bytes = mirror::read(&self.metadata.join(name), transport::MAX_SMALL);
                bytes.map_or(Ok(()), |bytes| {
                    mirror::write(&self.known, name, &bytes).map(drop)
                })
            }),
        }
    }

    /// tough knows nothing of earlier states.
    fn forget(&self) -> Result<(), Failure> {
        for name in STATES {
            let known = self.known.join(name);
            if known.exists() {
                fs::remove_file(&known).map_err(|_| Failure::disk(&known))?;
            }
        }
        Ok(())
    }

    /// What the server says the state is. Nobody has verified it yet.
    fn timestamp(&self, client: &Client) -> Result<Vec<u8>, Failure> {
        let url = self
            .metadata_url
            .join(TIMESTAMP)
            .map_err(|_| Failure::usage(self.metadata_url.as_str()))?;
        let (_, bytes) = client.fetch(&Ask::new(&url), transport::MAX_SMALL)?;
        Ok(bytes)
    }

    /// The folder is complete and has this very timestamp.
    fn is_unchanged(&self, folder: &Path, chain: &Chain, timestamp: &[u8]) -> bool {
        let there = mirror::read(&self.metadata.join(TIMESTAMP), transport::MAX_SMALL);
        there.is_some_and(|there| there == timestamp)
            && self.room.read(COMPLETE).is_some_and(|complete: Complete| {
                complete.still_holds(folder, &chain.pinned_sha256(), state::now())
            })
    }

    /// Verified metadata. Once more with nothing of earlier, if something does not go together:
    /// a file here may have been damaged, or the repository was changed under our hands.
    fn load_patiently(
        &self,
        client: &Arc<Client>,
        chain: &mut Chain,
        timestamp: Vec<u8>,
    ) -> Result<(Repository, Received), Failure> {
        let keeping = Keeping::new(client.clone(), Some(self.metadata.clone()));
        keeping.keep(TIMESTAMP, timestamp);
        match self.load(&keeping, chain) {
            Err(failure)
                if matches!(
                    failure.code,
                    Code::Mixed | Code::TooLarge | Code::Signature | Code::Malformed
                ) =>
            {
                self.load(&Keeping::new(client.clone(), None), chain)
            }
            other => other,
        }
    }

    /// Verified metadata, and the bytes it came in. The chain grows even if it is refused.
    fn load(
        &self,
        keeping: &Keeping,
        chain: &mut Chain,
    ) -> Result<(Repository, Received), Failure> {
        let root = chain.newest_bytes().to_vec();
        let loading =
            RepositoryLoader::new(&root, self.metadata_url.clone(), self.targets_url.clone())
                .transport(keeping.clone())
                .datastore(&self.known)
                .expiration_enforcement(ExpirationEnforcement::Safe)
                .limits(Limits {
                    max_root_size: transport::MAX_SMALL,
                    max_timestamp_size: transport::MAX_SMALL,
                    max_snapshot_size: transport::MAX_SMALL,
                    max_targets_size: transport::MAX_TARGETS_FILE,
                    max_root_updates: transport::MAX_ROOTS,
                })
                .load();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|_| Failure::new(Code::Disk, "tokio"))?;
        let loaded = runtime.block_on(loading);
        let received = keeping.received();
        let keys = chain.daily_keys();
        chain.extend(&received);
        match loaded {
            Ok(repository) => Ok((repository, received)),
            Err(error) => {
                // It may have ended before tough forgot what older keys had signed, and the next
                // run does not see that they were changed.
                if chain.daily_keys() != keys {
                    self.forget()?;
                }
                let refused = || Failure::new(refusal::code(&error), error.to_string());
                Err(keeping.failure().unwrap_or_else(refused))
            }
        }
    }

    /// The folder has these targets and this metadata, the timestamp last; whether that is new.
    fn write(
        &self,
        chain: &Chain,
        line: Line,
        received: &Received,
        wanted: &Targets,
    ) -> Result<bool, Failure> {
        let mut is_new = false;
        for (name, bytes) in chain.later() {
            is_new |= mirror::write(&self.metadata, &name, bytes)?;
        }
        let is_last = |name: &str| name == TIMESTAMP;
        let is_root = |name: &str| roots::version_in(name).is_some();
        for (name, bytes) in received {
            if !is_last(name) && !is_root(name) {
                is_new |= mirror::write(&self.metadata, name, bytes)?;
            }
        }
        mirror::settle(&self.metadata)?;
        if let Some(bytes) = received.get(TIMESTAMP) {
            is_new |= mirror::write(&self.metadata, TIMESTAMP, bytes)?;
            mirror::settle(&self.metadata)?;
        }
        // A desk may be pinned to an older root than we are; that is of no harm to others.
        let is_earlier = |name: &str| {
            line != Line::Other
                && roots::version_in(name).is_some_and(|is| is <= chain.pinned_version())
        };
        let later: Vec<String> = chain.later().map(|(name, _)| name).collect();
        is_new |= mirror::keep_only(&self.metadata, |name| {
            let is_here = received.contains_key(name) && !is_root(name);
            is_here || is_earlier(name) || later.iter().any(|later| later == name)
        })?;
        is_new |= mirror::keep_only(&self.targets, |name| wanted.contains_key(name))?;
        Ok(is_new)
    }

    /// The next run knows that the folder is complete.
    fn conclude(
        &self,
        chain: &Chain,
        repository: &Repository,
        wanted: &Targets,
    ) -> Result<(), Failure> {
        let target = |(file, target): (&String, &targets::Target)| {
            (format!("targets/{file}"), target.length)
        };
        let mut files: BTreeMap<String, u64> = wanted.iter().map(target).collect();
        for name in mirror::names(&self.metadata) {
            let about = fs::metadata(self.metadata.join(&name));
            files.insert(
                format!("metadata/{name}"),
                about.map_or(0, |about| about.len()),
            );
        }
        let complete = Complete {
            root_sha256: chain.pinned_sha256(),
            expires: expires(repository),
            walked: state::now(),
            files,
        };
        self.room.write(COMPLETE, &complete)?;
        // Parts of targets that were replaced meanwhile are of no use to anyone; nor are roles.
        mirror::keep_only(&self.room.folder("parts")?, |_| false)?;
        mirror::keep_only(&self.known, |name| KNOWN.contains(&name)).map(drop)
    }
}

/// The first second at which something is out of date.
fn expires(repository: &Repository) -> i64 {
    let top = [
        repository.root().signed.expires,
        repository.timestamp().signed.expires,
        repository.snapshot().signed.expires,
    ];
    let first = top.iter().map(|expires| expires.as_second()).min();
    first
        .unwrap_or_default()
        .min(role_expires(repository.targets()))
}

fn role_expires(role: &Signed<Role>) -> i64 {
    let below = role.signed.delegations.iter().flat_map(|all| &all.roles);
    below
        .filter_map(|role| role.targets.as_ref())
        .map(role_expires)
        .fold(role.signed.expires.as_second(), i64::min)
}
