//! `hwagin bundle verify`, `show`, `diff` and `import`.

use std::fs;
use std::path::{Path, PathBuf};

use hwagin_desk::bundle::{Bundle, BundleFlaw, FileChange, ImportCode, Store, changes};
use hwagin_desk::clock;
use hwagin_verifier::At;
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use super::given;
use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

#[derive(Default)]
struct Options {
    folders: Vec<PathBuf>,
    root: Option<PathBuf>,
    data: Option<PathBuf>,
    at: Option<At>,
    json: bool,
}

impl Options {
    fn read(mut parser: Parser, out: &mut Out) -> Result<Option<Self>, Failure> {
        let mut options = Self::default();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Long("root") => options.root = Some(parser.value()?.into()),
                Arg::Long("data") => options.data = Some(parser.value()?.into()),
                Arg::Long("at") => options.at = Some(world::time(&parser.value()?)?),
                Arg::Long("json") => options.json = true,
                Arg::Long("help") | Arg::Short('h') => {
                    out.line(help::BUNDLE);
                    return Ok(None);
                }
                Arg::Value(folder) => options.folders.push(folder.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(options))
    }

    fn bundle(&self, number: usize) -> Result<Result<Bundle, BundleFlaw>, Failure> {
        let folder = given(self.folders.get(number), "REPO")?;
        let root = given(self.root.as_ref(), "--root")?;
        let bytes = fs::read(root);
        let bytes = bytes.map_err(|_| Failure::new("unreadable", root.display().to_string()))?;
        Ok(Bundle::look_at(folder, &bytes))
    }

    fn at(&self) -> At {
        self.at.unwrap_or_else(clock::now)
    }
}

/// Every file is read, and it has not ended; else a flaw, and the file that has it.
pub(super) fn every_file(bundle: &Bundle, at: At) -> Result<(), (BundleFlaw, Option<String>)> {
    if bundle.ends() <= at.time {
        return Err((BundleFlaw::Expired, None));
    }
    for name in bundle.files().keys() {
        bundle
            .read(name)
            .map_err(|flaw| (flaw, Some(name.clone())))?;
    }
    Ok(())
}

pub(super) fn verify(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let opened = options.bundle(0)?.map_err(|flaw| (flaw, None));
    let verified = opened.and_then(|bundle| {
        every_file(&bundle, options.at())?;
        Ok(bundle)
    });
    match verified {
        Ok(bundle) => {
            out.line(if options.json {
                facts(&bundle).to_string()
            } else {
                format!("verified {} files", bundle.files().len())
            });
            Ok(0)
        }
        Err((flaw, file)) => Ok(refused(flaw, file.as_deref(), options.json, out)),
    }
}

/// Says that it is not taken; the exit code.
pub(super) fn refused(flaw: BundleFlaw, file: Option<&str>, json: bool, out: &mut Out) -> u8 {
    out.line(if json {
        json!({ "outcome": flaw.code(), "file": file }).to_string()
    } else {
        format!("refused {} {}", flaw.code(), file.unwrap_or("-"))
    });
    1
}

pub(super) fn show(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let bundle = match options.bundle(0)? {
        Ok(bundle) => bundle,
        Err(flaw) => return Ok(refused(flaw, None, options.json, out)),
    };
    if options.json {
        out.line(facts(&bundle).to_string());
        return Ok(0);
    }
    let manifest = bundle.manifest();
    out.line(format!("name {}", manifest.name));
    out.line(format!("version {}", bundle.version()));
    out.line(format!("issued {}", clock::rfc3339(manifest.issued)));
    if let Some(due) = manifest.due {
        out.line(format!("due {}", clock::rfc3339(due)));
    }
    out.line(format!("ends {}", clock::rfc3339(bundle.ends())));
    for role in bundle.roles() {
        let ends = clock::rfc3339(role.ends);
        let (name, version, keys) = (&role.role, role.version, role.keys.len());
        out.line(format!(
            "role {name} version {version} signed {keys} of {} ends {ends}",
            role.threshold
        ));
    }
    for (name, listed) in bundle.files() {
        out.line(format!(
            "file {name} {} bytes {}",
            listed.kind.code(),
            listed.length
        ));
    }
    Ok(0)
}

fn facts(bundle: &Bundle) -> Value {
    let manifest = bundle.manifest();
    let roles = bundle.roles().iter().map(|role| {
        json!({
            "role": role.role,
            "version": role.version,
            "ends": clock::rfc3339(role.ends),
            "keys": role.keys,
            "threshold": role.threshold,
        })
    });
    let files = bundle.files().iter().map(|(name, listed)| {
        json!({ "name": name, "kind": listed.kind.code(), "length": listed.length })
    });
    json!({
        "outcome": "verified",
        "name": manifest.name,
        "version": bundle.version(),
        "issued": clock::rfc3339(manifest.issued),
        "due": manifest.due.map(clock::rfc3339),
        "ends": clock::rfc3339(bundle.ends()),
        "roles": roles.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
    })
}

pub(super) fn diff(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let (old, new) = match (options.bundle(0)?, options.bundle(1)?) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(flaw), _) | (_, Err(flaw)) => {
            return Ok(refused(flaw, None, options.json, out));
        }
    };
    tell_changes(&changes(Some(old.files()), new.files()), out);
    Ok(0)
}

fn tell_changes(rows: &[FileChange], out: &mut Out) {
    for row in rows {
        let (change, kind) = (row.change.code(), row.kind.code());
        out.line(format!("{change} {kind} {}", row.name));
    }
}

pub(super) fn import(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = Options::read(parser, out)? else {
        return Ok(0);
    };
    let data: &Path = given(options.data.as_deref(), "--data")?;
    let from = given(options.folders.first(), "REPO")?;
    let report = Store::open(data).import(from, options.at());
    world::tell(&report.problems, out);
    let outcome = report.outcome.code();
    if options.json {
        let rows = report.changes.iter();
        let rows = rows.map(|row| json!([row.change.code(), row.kind.code(), row.name]));
        let rows: Vec<_> = rows.collect();
        out.line(
            json!({
                "outcome": outcome,
                "version": report.version,
                "before": report.before,
                "file": report.culprit,
                "changes": rows,
            })
            .to_string(),
        );
    } else {
        let file = report.culprit.as_deref().unwrap_or_default();
        out.line(format!("{outcome} {file}").trim_end());
        tell_changes(&report.changes, out);
    }
    Ok(match report.outcome {
        ImportCode::Installed | ImportCode::Unchanged => 0,
        ImportCode::Refused(flaw) if is_ours(flaw) => 2,
        ImportCode::Refused(_) => 1,
    })
}

/// Whether the desk's own folder is to blame, and the bundle may be good.
fn is_ours(flaw: BundleFlaw) -> bool {
    use BundleFlaw::{Busy, DiskFull, ReadOnly, Root, Store, TrainingRoot};
    matches!(
        flaw,
        Busy | DiskFull | ReadOnly | Root | Store | TrainingRoot
    )
}
