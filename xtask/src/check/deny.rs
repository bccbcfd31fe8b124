//! cargo-deny: yanked crates, advisories, licences, sources, and crates that must not be there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};
use crate::{setup, shell, tree};

/// The packages that see a credential, with their manifests: no network client in what they use.
pub(crate) const GRAPHS: [(&str, &str); 3] = [
    ("hwagin-desk", "crates/desk/Cargo.toml"),
    ("hwagin-cli", "crates/cli/Cargo.toml"),
    ("hwagin-window", "src-tauri/Cargo.toml"),
];

const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// Long enough for a slow line, short enough where there is none.
const PATIENCE: Duration = Duration::from_secs(15);

/// A crate of every graph: banned on purpose, to see that a ban is noticed.
const PLANTED: &str = "coset";

/// No crate of the workspace is yanked, unsound by a known advisory, or wrongly licensed.
pub(super) fn everywhere() -> Outcome {
    let mut command = deny()?;
    if is_within_reach(ADVISORIES) {
        println!("advisories: {ADVISORIES}, fetched now");
    } else {
        println!("advisories: {ADVISORIES} is not within reach; only yanked crates are looked for");
        placeholder(&mut command)?;
    }
    command.args(["--workspace", "check", "advisories", "licenses", "sources"]);
    shell::must(&mut command)
}

/// No graph that sees a credential contains a crate of the list.
pub(super) fn bans_in_graphs() -> Outcome {
    GRAPHS
        .iter()
        .try_for_each(|(_package, manifest)| bans(manifest))
}

/// The graph of that manifest contains no crate of the list.
pub(crate) fn bans(manifest: &str) -> Outcome {
    shell::must(deny()?.args(["--manifest-path", manifest, "check", "bans"]))
}

/// A crate that is in every graph, put on the list, is found in each.
pub(super) fn planted() -> Outcome {
    let config = fs::read_to_string(config()).while_doing("deny.toml")?;
    let changed = with_ban(&config, PLANTED)
        .ok_or_else(|| Failure::new("deny.toml has no line `deny = [` to plant a ban in"))?;
    let file = tree::emptied("deny")?.join("deny.toml");
    fs::write(&file, changed).while_doing(file.display())?;
    for (package, manifest) in GRAPHS {
        let mut command = shell::program(setup::tool(&setup::CARGO_DENY)?);
        command.args(["--color", "never", "--config"]).arg(&file);
        let done = shell::quiet(command.args(["--manifest-path", manifest, "check", "bans"]))?;
        if done.ok() || !names_ban(&done.text, PLANTED) {
            return Err(Failure::new(format!(
                "{package}: a planted ban was not found:\n{}",
                done.text
            )));
        }
        println!("{package}: a planted ban of `{PLANTED}` is found");
    }
    Ok(())
}

/// The names on the list of bans.
pub(crate) fn banned_crates() -> Outcome<Vec<String>> {
    let text = fs::read_to_string(config()).while_doing("deny.toml")?;
    Ok(listed(&text))
}

/// Crates of the list that may be there below some others alone, and those others.
pub(crate) fn wrapped_crates() -> Outcome<Vec<(String, Vec<String>)>> {
    let text = fs::read_to_string(config()).while_doing("deny.toml")?;
    Ok(wrapped(&text))
}

fn wrapped(config: &str) -> Vec<(String, Vec<String>)> {
    let quoted = |text: &str| -> Vec<String> {
        let pieces = text.split('"').skip(1).step_by(2);
        pieces.map(str::to_owned).collect()
    };
    let row = |line: &str| {
        let (before, after) = line.split_once("wrappers = [")?;
        let wrappers = quoted(after.split_once(']')?.0);
        Some((quoted(before).into_iter().next()?, wrappers))
    };
    config.lines().filter_map(row).collect()
}

fn listed(config: &str) -> Vec<String> {
    config
        .lines()
        .skip_while(|line| *line != OPENING)
        .skip(1)
        .take_while(|line| *line != "]")
        .filter_map(|line| {
            Some(
                line.split_once("crate = \"")?
                    .1
                    .split_once('"')?
                    .0
                    .to_owned(),
            )
        })
        .collect()
}

const OPENING: &str = "deny = [";

fn with_ban(config: &str, name: &str) -> Option<String> {
    let (before, after) = config.split_once(&format!("\n{OPENING}\n"))?;
    Some(format!(
        "{before}\n{OPENING}\n    {{ crate = \"{name}\" }},\n{after}"
    ))
}

fn names_ban(said: &str, name: &str) -> bool {
    said.contains("error[banned]") && said.contains(&format!("'{name} "))
}

fn config() -> PathBuf {
    tree::root().join("deny.toml")
}

fn deny() -> Outcome<Command> {
    Ok(shell::program(setup::tool(&setup::CARGO_DENY)?))
}

/// Whether Git can read that repository, within our patience.
fn is_within_reach(url: &str) -> bool {
    let asked = Command::new("git")
        .args(["ls-remote", "--exit-code", url, "HEAD"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut git) = asked else { return false };
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match git.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => break,
        }
    }
    // It may have ended meanwhile; either way the answer is no.
    let _ = git.kill();
    let _ = git.wait();
    false
}

/// Lets cargo-deny run without the advisories.
///
/// It refuses to look for yanked crates without a database that has at least one advisory, so it
/// gets one about a crate that does not exist, and Git is told to fetch that one instead.
fn placeholder(command: &mut Command) -> Outcome {
    let folder = tree::emptied("advisories")?;
    let origin = folder.join("origin");
    let advisory = origin.join("crates").join("no-such-crate");
    fs::create_dir_all(&advisory).while_doing(advisory.display())?;
    let file = advisory.join("RUSTSEC-2000-0001.md");
    fs::write(&file, ADVISORY).while_doing(file.display())?;
    let git = |words: &[&str]| -> Outcome {
        let mut git = shell::program("git");
        git.arg("-C").arg(&origin).args([
            "-c",
            "user.name=xtask",
            "-c",
            "user.email=xtask@localhost",
        ]);
        git.args(["-c", "commit.gpgsign=false"]).args(words);
        shell::output(&mut git).map(|_said| ())
    };
    git(&["init", "--quiet", "--initial-branch=main"])?;
    git(&["add", "."])?;
    git(&["commit", "--quiet", "--message=placeholder"])?;
    let text = fs::read_to_string(config()).while_doing("deny.toml")?;
    let copy = folder.join("deny.toml");
    fs::write(&copy, text.replace(KEPT_IN, &kept_in(&folder.join("copy"))))
        .while_doing("deny.toml")?;
    command
        .arg("--config")
        .arg(copy)
        .env("GIT_CONFIG_COUNT", "1")
        .env(
            "GIT_CONFIG_KEY_0",
            format!("url.file://{}.insteadOf", origin.display()),
        )
        .env("GIT_CONFIG_VALUE_0", ADVISORIES);
    Ok(())
}

/// The line of deny.toml that says where the database is kept.
const KEPT_IN: &str = "db-path = \"target/advisories\"";

fn kept_in(folder: &Path) -> String {
    format!("db-path = {:?}", folder.display().to_string())
}

const ADVISORY: &str = "\
```toml
[advisory]
id = \"RUSTSEC-2000-0001\"
package = \"no-such-crate\"
date = \"2000-01-01\"

[versions]
patched = []
```

# Placeholder

Keeps an otherwise empty database readable.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> String {
        fs::read_to_string(config()).unwrap()
    }

    #[test]
    fn the_list_bans_the_usual_clients() {
        let names = listed(&ours());
        for name in [
            "reqwest",
            "hyper",
            "ureq",
            "curl",
            "rustls",
            "native-tls",
            "openssl",
            "h2",
        ] {
            assert!(names.iter().any(|listed| listed == name), "{name}");
        }
    }

    #[test]
    fn rustls_and_the_keychain_may_be_there_each_below_one_crate() {
        let only = |name: &str, above: &str| (name.to_owned(), vec![above.to_owned()]);
        let allowed = [
            only("rustls", "tough"),
            only("security-framework", "apple-native-keyring-store"),
        ];
        assert_eq!(wrapped(&ours()), allowed);
    }

    #[test]
    fn a_ban_can_be_planted() {
        assert_eq!(listed(&with_ban(&ours(), "coset").unwrap())[0], "coset");
        assert_eq!(with_ban("deny = []", "coset"), None);
    }

    #[test]
    fn the_place_of_the_database_can_be_changed() {
        assert!(ours().contains(KEPT_IN));
    }

    #[test]
    fn only_the_planted_ban_counts_as_found() {
        let said = "error[banned]: crate 'coset = 0.4.2' is explicitly banned";
        assert!(names_ban(said, "coset"));
        assert!(!names_ban(said, "cose"));
        assert!(!names_ban("error: no such file", "coset"));
    }
}
