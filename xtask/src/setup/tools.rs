//! Programs that come as crates, pinned to the version this project was checked with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::{shell, tree};

/// A program on crates.io.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Licences, yanked crates, and crates that the desk must not contain.
pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
};

/// Builds fuzz targets and runs them.
pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.1",
};

/// Lets a test drive the window. 3.0 is alpha.
pub(crate) const TAURI_DRIVER: Tool = Tool {
    name: "tauri-driver",
    version: "2.1.0",
};

/// Makes repositories of The Update Framework, and follows them.
pub(crate) const TUFTOOL: Tool = Tool {
    name: "tuftool",
    version: "0.17.0",
};

/// The tool is there, in that version; says where.
///
/// One that the user installed for all projects serves as well.
pub(super) fn install(tool: &Tool) -> Outcome<PathBuf> {
    let ours = tree::target().join("tools");
    let roots = [Some(ours.clone()), cargo_home()];
    if let Some(found) = roots
        .into_iter()
        .flatten()
        .find_map(|root| installed(tool, &root))
    {
        return Ok(found);
    }
    println!(
        "Building {} {}: once, for some minutes.",
        tool.name, tool.version
    );
    let mut command = shell::cargo();
    command
        .args(["install", "--locked", "--quiet", "--root"])
        .arg(&ours)
        .arg(format!("{}@{}", tool.name, tool.version))
        // Used for seconds a day: what counts is how soon it is there.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env_remove("CARGO_TARGET_DIR");
    shell::must(&mut command).map_err(|failure| {
        Failure::new(format!(
            "{failure}\nIs the crates.io registry within reach?"
        ))
    })?;
    installed(tool, &ours).ok_or_else(|| {
        Failure::new(format!(
            "{} was installed but is not in {}",
            tool.name,
            ours.display()
        ))
    })
}

fn cargo_home() -> Option<PathBuf> {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return Some(home.into());
    }
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    Some(Path::new(&std::env::var_os(home)?).join(".cargo"))
}

fn installed(tool: &Tool, root: &Path) -> Option<PathBuf> {
    let listed = fs::read_to_string(root.join(".crates.toml")).ok()?;
    let program = root
        .join("bin")
        .join(format!("{}{}", tool.name, std::env::consts::EXE_SUFFIX));
    (is_listed(tool, &listed) && program.is_file()).then_some(program)
}

/// Whether Cargo's list of installed crates names the tool in its version.
fn is_listed(tool: &Tool, listed: &str) -> bool {
    let start = format!("\"{} {} (", tool.name, tool.version);
    listed.lines().any(|line| line.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_the_pinned_version() {
        let line =
            |version| format!("\"tauri-driver {version} (registry+x)\" = [\"tauri-driver\"]\n");
        assert!(is_listed(&TAURI_DRIVER, &line(TAURI_DRIVER.version)));
        assert!(!is_listed(&TAURI_DRIVER, &line("3.0.0-alpha.1")));
        assert!(!is_listed(&CARGO_DENY, &line(TAURI_DRIVER.version)));
    }
}
