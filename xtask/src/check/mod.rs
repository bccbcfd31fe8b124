//! `cargo xtask check`: what must hold before a change is handed in.

mod deny;
mod fresh;

use crate::failure::{Failure, Outcome};
use crate::{build, setup, shell, tidy};

pub(crate) use deny::{GRAPHS, banned_crates, bans, wrapped_crates};

type Step = fn() -> Outcome;

/// Every check passed. All of them run, so that one look shows everything.
pub(crate) fn check() -> Outcome {
    setup::prepare(setup::For::Check)?;
    let steps: [(&str, Step); 8] = [
        ("format", format),
        ("tidy", tidy::check),
        ("lints", lints),
        ("web parts", web_parts),
        ("advisories, licences, sources", deny::everywhere),
        ("bans", deny::bans_in_graphs),
        ("the bans can fail", deny::planted),
        ("generated files", generated),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("\n=== {name} ===");
        if let Err(failure) = step() {
            println!("FAILED: {failure}");
            failed.push(name);
        }
    }
    println!(
        "\n{} checks passed, {} failed",
        steps.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("failed: {}", failed.join("; "))))
    }
}

fn format() -> Outcome {
    shell::must(shell::cargo().args(["fmt", "--all", "--check"]))
}

fn lints() -> Outcome {
    shell::must(
        shell::cargo()
            .args(["clippy", "--workspace", "--all-targets"])
            .args(["--", "-D", "warnings"]),
    )
}

fn web_parts() -> Outcome {
    for folder in [setup::UI, setup::HOLDER] {
        shell::must(setup::npm(folder).args(["run", "check"]))?;
    }
    Ok(())
}

fn generated() -> Outcome {
    let built = build::everything()?;
    let stale = fresh::stale(&built)?;
    for line in &stale {
        println!("  {line}");
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(Failure::new("generated files are not what is made now"))
    }
}
