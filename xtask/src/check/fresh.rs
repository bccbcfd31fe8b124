//! Files that a program makes and that are kept: what is kept must be what is made now.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::build::Built;
use crate::failure::{Failure, Outcome, While};
use crate::{mint, shell, test, tree};

/// A program that makes files.
struct Generator {
    /// What it makes.
    name: &'static str,
    /// Where they are kept.
    kept: &'static str,
    /// Makes them again in the folder given.
    make: fn(&Built, &Path) -> Outcome,
    /// How to bring the kept ones up to date.
    remedy: &'static str,
}

const GENERATORS: [Generator; 6] = [
    Generator {
        name: "types of the wire",
        kept: "ui/src/lib/ipc",
        make: types,
        remedy: "cargo test -p hwagin-desk export_bindings, with TS_RS_EXPORT_DIR=ui/src/lib/ipc",
    },
    Generator {
        name: "vectors",
        kept: "tests/vectors",
        make: mint::mint_into,
        remedy: "cargo xtask mint",
    },
    Generator {
        name: "schemas of the data files",
        kept: "schemas",
        make: |built, folder| generate(built, "schemas", folder),
        remedy: REMEDY,
    },
    Generator {
        name: "a presentation a purpose and card",
        kept: "tests/purposes",
        make: |built, folder| generate(built, "purposes", folder),
        remedy: REMEDY,
    },
    Generator {
        name: "pages on cards and purposes",
        kept: "docs/data",
        make: |built, folder| generate(built, "pages", folder),
        remedy: REMEDY,
    },
    Generator {
        name: "what the holder in the web carries",
        kept: "holder-web/data",
        make: |built, folder| generate(built, "holder-web", folder),
        remedy: REMEDY,
    },
];

/// How what `crates/desk/examples/generate` makes is brought up to date; its kinds are named there.
const REMEDY: &str = "cargo run -p hwagin-desk --example generate -- KIND FOLDER";

fn generate(built: &Built, kind: &str, folder: &Path) -> Outcome {
    let mut command = built.command("hwagin-desk", "generate")?;
    command.arg(kind).arg(folder);
    let done = shell::quiet(&mut command)?;
    if done.ok() {
        Ok(())
    } else {
        Err(Failure::new(done.text))
    }
}

/// What is kept but not made now, or the other way round, or different.
pub(super) fn stale(built: &Built) -> Outcome<Vec<String>> {
    let mut findings = Vec::new();
    for generator in &GENERATORS {
        let made = tree::emptied("generated")?;
        (generator.make)(built, &made)?;
        let differences = compare(&made, &tree::root().join(generator.kept))?;
        println!(
            "{}: {}",
            generator.name,
            if differences.is_empty() {
                "fresh"
            } else {
                "STALE"
            }
        );
        if !differences.is_empty() {
            findings.extend(
                differences
                    .iter()
                    .map(|file| format!("{}/{file}", generator.kept)),
            );
            findings.push(format!("make them again: {}", generator.remedy));
        }
    }
    Ok(findings)
}

/// ts-rs writes the types when the tests that it generates run.
fn types(built: &Built, folder: &Path) -> Outcome {
    for program in built.tests_of("hwagin-desk") {
        let mut command = test::start(program)?;
        command
            .arg("export_bindings")
            .env("TS_RS_EXPORT_DIR", folder);
        let done = shell::quiet(&mut command)?;
        if !done.ok() {
            return Err(Failure::new(done.text));
        }
    }
    Ok(())
}

/// The files that differ between what was made and what is kept.
///
/// A kept file that was not made counts when its folder was made: other folders may hold what
/// people wrote.
fn compare(made: &Path, kept: &Path) -> Outcome<Vec<String>> {
    let fresh = tree::files_below(made)?;
    if fresh.is_empty() {
        return Err(Failure::new("the generator made nothing"));
    }
    let mut differences = Vec::new();
    for file in &fresh {
        let now = fs::read(made.join(file)).while_doing(file)?;
        match fs::read(kept.join(file)) {
            Ok(before) if before == now => {}
            Ok(_) => differences.push(format!("{file}: differs")),
            Err(_) => differences.push(format!("{file}: is missing")),
        }
    }
    let folders: BTreeSet<_> = fresh.iter().map(|file| Path::new(file).parent()).collect();
    let old = if kept.is_dir() {
        tree::files_below(kept)?
    } else {
        Vec::new()
    };
    for file in old.iter().filter(|file| !fresh.contains(file)) {
        if folders.contains(&Path::new(file).parent()) {
            differences.push(format!("{file}: nothing makes it any more"));
        }
    }
    Ok(differences)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
        let top = std::env::temp_dir().join(format!("hwagin-fresh-{}-{name}", std::process::id()));
        for (file, text) in files {
            let path = top.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        top
    }

    #[test]
    fn finds_what_differs_what_is_missing_and_what_is_left_over() {
        let made = folder("made", &[("a/x.ts", "1"), ("a/y.ts", "2"), ("a/z.ts", "3")]);
        let kept = folder(
            "kept",
            &[
                ("a/x.ts", "1"),
                ("a/y.ts", "old"),
                ("a/w.ts", "4"),
                ("b/v.ts", "5"),
            ],
        );
        let found = compare(&made, &kept).unwrap();
        fs::remove_dir_all(made).unwrap();
        fs::remove_dir_all(kept).unwrap();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("a/y.ts") && found[1].starts_with("a/z.ts"));
        assert!(found[2].starts_with("a/w.ts"));
    }
}
