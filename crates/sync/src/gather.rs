//! `hwagin-sync gather`.

mod parts;
mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use ureq::http::header::{ACCEPT, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use url::Url;

use crate::address;
use crate::arguments;
use crate::client::{Ask, Client, header};
use crate::failure::{Code, Failure};
use crate::mirror;
use crate::progress::{Progress, Summary, Unit};
use crate::state::Room;
use parts::{Kind, Wanted};

const REMEMBERED: &str = "gather.json";

/// A list of status lists: 100 bytes for each.
const MAX_AGGREGATION: u64 = 1024 * 1024;

/// Parts in all: a list for each issuer of a large country.
const MAX_PARTS: usize = 4_000;

/// All parts together, as much as desks take.
const MAX_TOGETHER: u64 = 1024 * 1024 * 1024;

/// What is known of a file from when it was fetched.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Remembered {
    path: String,
    sha256: String,
    etag: Option<String>,
    modified: Option<String>,
}

/// What is known of files, by the address they came from.
type Memory = BTreeMap<String, Remembered>;

/// What there is of a part now.
enum Came {
    Same(Remembered),
    New(Remembered, u64),
}

/// Each part that could be fetched lies in the folder. The others are told by code and address, and
/// what lay there of them stays.
pub(crate) fn run(wish: &arguments::Gather, progress: &mut Progress) -> Result<Summary, Failure> {
    let (wanted, mut missing) = Wanted::read(&wish.from)?;
    let room = Room::enter(&wish.to)?;
    for kind in Kind::ALL {
        let folder = wish.to.join(kind.folder());
        fs::create_dir_all(&folder).map_err(|_| Failure::disk(&folder))?;
    }
    let client = Client::new(wish.tries);
    let parts = all(wanted, &client, &mut missing);

    let before: Memory = room.read(REMEMBERED).unwrap_or_default();
    let mut memory = before.clone();
    let (mut new, mut together) = (0, 0);
    progress.begin(count(parts.len()), Unit::Parts);
    for (done, (kind, url)) in parts.iter().enumerate() {
        let known = before.get(url.as_str());
        match fetch(*kind, url, known, &wish.to, &client) {
            Ok(Came::Same(part)) => drop(memory.insert(url.to_string(), part)),
            Ok(Came::New(part, length)) => {
                memory.insert(url.to_string(), part);
                new += 1;
                together += length;
            }
            Err(failure) if failure.code == Code::Disk => return Err(failure),
            Err(failure) => missing.push(Failure::new(failure.code, url.as_str())),
        }
        if together > MAX_TOGETHER {
            return Err(Failure::new(Code::TooLarge, url.as_str()));
        }
        progress.reached(count(done + 1));
    }
    let removed = if missing.is_empty() {
        forget(&mut memory, &parts, &wish.to)?
    } else {
        false
    };
    for kind in Kind::ALL {
        mirror::settle(&wish.to.join(kind.folder()))?;
    }
    room.write(REMEMBERED, &memory)?;
    missing.iter().for_each(|failure| progress.missing(failure));
    if !missing.is_empty() {
        return Err(Failure::new(Code::Incomplete, missing.len().to_string()));
    }
    Ok(Summary {
        is_updated: new > 0 || removed,
        bytes: client.bytes(),
        requests: client.requests(),
        targets: new,
        resumed: 0,
    })
}

/// The parts that were named, and those that lists of them name; each once.
fn all(wanted: Wanted, client: &Client, missing: &mut Vec<Failure>) -> Vec<(Kind, Url)> {
    let mut parts = wanted.parts;
    for url in &wanted.aggregations {
        match aggregation(url, client) {
            Ok(lists) => {
                for list in lists {
                    match address::read(&list, Kind::Status.plain()) {
                        Ok(url) => parts.push((Kind::Status, url)),
                        Err(_) => missing.push(Failure::new(Code::Malformed, list)),
                    }
                }
            }
            Err(failure) => missing.push(Failure::new(failure.code, url.as_str())),
        }
    }
    let mut seen = BTreeSet::new();
    parts.retain(|(_, url)| seen.insert(url.clone()));
    for (_, url) in parts.iter().skip(MAX_PARTS) {
        missing.push(Failure::new(Code::TooLarge, url.as_str()));
    }
    parts.truncate(MAX_PARTS);
    parts
}

/// The status lists that an aggregation names (Token Status List, section 9).
fn aggregation(url: &Url, client: &Client) -> Result<Vec<String>, Failure> {
    #[derive(Deserialize)]
    struct Aggregation {
        status_lists: Vec<String>,
    }
    let ask = Ask::new(url).with(ACCEPT, "application/json");
    let (_, bytes) = client.fetch(&ask, MAX_AGGREGATION)?;
    let malformed = |_| Failure::new(Code::Malformed, url.as_str());
    let aggregation: Aggregation = serde_json::from_slice(&bytes).map_err(malformed)?;
    Ok(aggregation.status_lists)
}

/// Fetches a part, unless it is as it was.
fn fetch(
    kind: Kind,
    url: &Url,
    known: Option<&Remembered>,
    to: &Path,
    client: &Client,
) -> Result<Came, Failure> {
    let folder = to.join(kind.folder());
    let name = kind.file(url);
    let there = mirror::read(&folder.join(&name), kind.limit());
    let there = there.map(|bytes| mirror::hex(&mirror::sha256(&bytes)));
    let known = known.filter(|known| there.as_ref() == Some(&known.sha256));

    let mut ask = Ask::new(url).with(ACCEPT, kind.accept());
    ask.plain = kind.plain();
    if let Some(etag) = known.and_then(|known| known.etag.as_ref()) {
        ask = ask.with(IF_NONE_MATCH, etag);
    }
    if let Some(modified) = known.and_then(|known| known.modified.as_ref()) {
        ask = ask.with(IF_MODIFIED_SINCE, modified);
    }
    let (about, bytes) = client.fetch(&ask, kind.limit())?;
    match (about.status().as_u16(), known) {
        (200, _) => {}
        (304, Some(known)) => return Ok(Came::Same(known.clone())),
        (status, _) => return Err(Failure::new(Code::Http(status), url.as_str())),
    }
    if !kind.looks_like_one(&bytes) {
        return Err(Failure::new(Code::Malformed, url.as_str()));
    }
    let is_new = mirror::write(&folder, &name, &bytes)?;
    let text = |name| header(&about, name).map(str::to_owned);
    let part = Remembered {
        path: format!("{}/{name}", kind.folder()),
        sha256: mirror::hex(&mirror::sha256(&bytes)),
        etag: text(ETAG.as_str()),
        modified: text(LAST_MODIFIED.as_str()),
    };
    Ok(if is_new {
        Came::New(part, count(bytes.len()))
    } else {
        Came::Same(part)
    })
}

/// Files of earlier runs that nobody names any more are gone; whether there were. Only what was
/// fetched once is: a publisher may have put other files beside it.
fn forget(memory: &mut Memory, parts: &[(Kind, Url)], to: &Path) -> Result<bool, Failure> {
    let named: BTreeSet<&str> = parts.iter().map(|(_, url)| url.as_str()).collect();
    let mut has_removed = false;
    for part in memory
        .iter()
        .filter(|(url, _)| !named.contains(url.as_str()))
        .filter_map(|(url, part)| Kind::path(url, &part.path))
    {
        let path = to.join(part);
        if path.exists() {
            fs::remove_file(&path).map_err(|_| Failure::disk(&path))?;
            has_removed = true;
        }
    }
    memory.retain(|url, _| named.contains(url.as_str()));
    Ok(has_removed)
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
