//! `hwagin bundle build`, `delegated` and `sign`.

use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use hwagin_desk::bundle::{Bundle, manifest};
use hwagin_desk::clock;
use hwagin_publisher::issue::{self, Expiry};
use hwagin_publisher::key;
use hwagin_publisher::release::{self, Delegation, Files, Release};
use hwagin_verifier::At;
use lexopt::{Arg, Parser, ValueExt};
use serde::Deserialize;

use super::show::{every_file, refused};
use super::{days_from, given, parts, root, signing_keys, tell_signatures, write};
use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

/// What the three commands have in common.
#[derive(Default)]
struct Options {
    folder: Option<PathBuf>,
    root: Option<PathBuf>,
    repository: Option<PathBuf>,
    file: Option<PathBuf>,
    keys: Vec<PathBuf>,
    name: Option<String>,
    version: Option<u64>,
    days: Option<i64>,
    due_days: Option<i64>,
    at: Option<At>,
}

impl Options {
    fn at(&self) -> At {
        self.at.unwrap_or_else(clock::now)
    }

    fn read(mut parser: Parser, out: &mut Out) -> Result<Option<Self>, Failure> {
        let mut options = Self::default();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Long("root") => options.root = Some(parser.value()?.into()),
                Arg::Long("repo") => options.repository = Some(parser.value()?.into()),
                Arg::Long("out") => options.file = Some(parser.value()?.into()),
                Arg::Long("key") => options.keys.push(parser.value()?.into()),
                Arg::Long("name") => options.name = Some(parser.value()?.string()?),
                Arg::Long("version") => options.version = Some(parser.value()?.parse()?),
                Arg::Long("days") => options.days = Some(parser.value()?.parse()?),
                Arg::Long("due-days") => options.due_days = Some(parser.value()?.parse()?),
                Arg::Long("at") => options.at = Some(world::time(&parser.value()?)?),
                Arg::Long("help") | Arg::Short('h') => {
                    out.line(help::BUNDLE);
                    return Ok(None);
                }
                Arg::Value(folder) if options.folder.is_none() => {
                    options.folder = Some(folder.into());
                }
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(options))
    }
}

/// A role that brings files of its own, in `delegations.toml` beside the parts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DelegationsFile {
    role: Vec<RoleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFile {
    name: String,
    keys: Vec<PathBuf>,
    threshold: NonZeroU64,
    paths: Vec<String>,
    /// Its folder of parts, with `NAME.json` as `hwagin bundle delegated` wrote it.
    from: PathBuf,
}

pub(super) fn build(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let folder = given(options.folder.clone(), "PARTS")?;
    let repository = given(options.repository.clone(), "--repo")?;
    let root = root(options.root.as_ref())?;
    let keys = signing_keys(&options.keys)?;
    let expires = days_from(options.at, given(options.days, "--days")?)?;
    let mut files = parts::read(&folder, out)?;
    if !files.contains_key("bundle.toml") {
        let text = manifest_text(&options)?;
        files.insert("bundle.toml".to_owned(), text.into_bytes());
    }
    let manifest = files.get("bundle.toml").map(|bytes| manifest::read(bytes));
    let issued = match manifest {
        Some(Ok(manifest)) => manifest.issued,
        _ => return Err(Failure::new("bundle.manifest", "bundle.toml")),
    };
    // A desk takes it for the time that it cannot be earlier than.
    if issued.seconds_since(clock::now().time) > 86_400 {
        return Err(Failure::new("issued_in_future", "bundle.toml"));
    }
    let release = Release {
        files,
        delegations: delegations(&folder, out)?,
        expires,
    };
    let signatures = release::write(&release, &root, &keys, &repository)?;
    if !signatures.complete() {
        return Ok(tell_signatures(&[signatures], out));
    }
    issue(&repository, &root, &options, out)
}

fn issue(
    repository: &Path,
    root: &hwagin_publisher::root::SignedRoot,
    options: &Options,
    out: &mut Out,
) -> Result<u8, Failure> {
    let ends = days_from(options.at, given(options.days, "--days")?)?;
    let expiry = Expiry {
        snapshot: ends,
        timestamp: ends,
    };
    let keys = signing_keys(&options.keys)?;
    let all = issue::sign(repository, root, &keys, expiry)?;
    let code = tell_signatures(&all, out);
    if code != 0 {
        return Ok(code);
    }
    // As a desk will see it: what it would not take is said before it is carried anywhere.
    let opened = Bundle::look_at(repository, &root.bytes).map_err(|flaw| (flaw, None));
    let seen = opened.and_then(|bundle| every_file(&bundle, options.at()));
    Ok(match seen {
        Ok(()) => 0,
        Err((flaw, file)) => refused(flaw, file.as_deref(), false, out),
    })
}

fn manifest_text(options: &Options) -> Result<String, Failure> {
    let name = given(options.name.as_deref(), "--name")?;
    let at = options.at();
    let mut text = format!("name = {name:?}\nissued = {}\n", clock::rfc3339(at.time));
    if let Some(days) = options.due_days {
        let due = at.time.plus_seconds(days.saturating_mul(86_400));
        text.push_str(&format!("due = {}\n", clock::rfc3339(due)));
    }
    Ok(text)
}

fn delegations(folder: &Path, out: &mut Out) -> Result<Vec<Delegation>, Failure> {
    let path = folder.join("delegations.toml");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bad = |what: String| Failure::new("bad_delegations", what);
    let text = fs::read_to_string(&path).map_err(|error| bad(error.to_string()))?;
    let file: DelegationsFile = toml::from_str(&text).map_err(|error| bad(error.to_string()))?;
    file.role
        .into_iter()
        .map(|role| delegation(folder, role, out))
        .collect()
}

fn delegation(folder: &Path, role: RoleFile, out: &mut Out) -> Result<Delegation, Failure> {
    let from = folder.join(&role.from);
    let metadata = from.join(format!("{}.json", role.name));
    let metadata = fs::read(&metadata)
        .map_err(|_| Failure::new("unreadable", metadata.display().to_string()))?;
    let keys = role.keys.iter();
    let keys = keys.map(|path| key::read_public(&folder.join(path)));
    Ok(Delegation {
        name: role.name,
        keys: keys.collect::<Result<_, _>>()?,
        threshold: role.threshold,
        paths: role.paths,
        metadata,
        files: delegated_parts(&from, out)?,
    })
}

/// A delegated role brings no `bundle.toml`.
fn delegated_parts(folder: &Path, out: &mut Out) -> Result<Files, Failure> {
    let mut files = parts::read(folder, out)?;
    files.remove("bundle.toml");
    Ok(files)
}

pub(super) fn delegated(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let folder = given(options.folder.clone(), "PARTS")?;
    let name = given(options.name.clone(), "--name")?;
    let version = given(options.version, "--version")?;
    let expires = days_from(options.at, given(options.days, "--days")?)?;
    let keys = signing_keys(&options.keys)?;
    let metadata = release::delegated(&delegated_parts(&folder, out)?, version, expires, &keys)?;
    let file = options
        .file
        .unwrap_or_else(|| folder.join(format!("{name}.json")));
    write(&file, &metadata)?;
    out.line(format!("signed {name} {}", keys.len()));
    Ok(0)
}

pub(super) fn sign(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let what = given(options.folder.clone(), "REPO or ROOT.json")?;
    if what.is_file() {
        return sign_root(&what, &options, out);
    }
    let root = root(options.root.as_ref())?;
    issue(&what, &root, &options, out)
}

/// Adds signatures to a root: of keys of its own, and of those of the root before (`--root`).
fn sign_root(file: &Path, options: &Options, out: &mut Out) -> Result<u8, Failure> {
    use hwagin_publisher::root::{SignedRoot, sign};
    let before = options.root.as_deref().map(SignedRoot::read).transpose()?;
    let keys = signing_keys(&options.keys)?;
    let signed = sign(SignedRoot::read(file)?.root, before.as_ref(), &keys)?;
    write(file, &signed.bytes)?;
    Ok(tell_signatures(&signed.signatures(before.as_ref()), out))
}
