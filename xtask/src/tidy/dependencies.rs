//! The verifier depends on these crates and no others: none reads a file, a clock or the network.

use super::{Finding, Source};

const MANIFEST: &str = "crates/verifier/Cargo.toml";

/// The whole list. A new row is a decision: it comes with a page in docs/decisions/.
const ALLOWED: [&str; 13] = [
    "aws-lc-rs",
    "bp256",
    "bp384",
    "coset",
    "data-encoding",
    "ecdsa",
    "minicbor",
    "miniz_oxide",
    "rustls-pki-types",
    "rustls-webpki",
    "unicode-normalization",
    "x509-parser",
    "zeroize",
];

pub(super) fn of_verifier(sources: &[Source]) -> Vec<Finding> {
    let Some(manifest) = sources.iter().find(|source| source.path == MANIFEST) else {
        return vec![Finding {
            path: MANIFEST.to_owned(),
            line: 1,
            what: "is gone".to_owned(),
        }];
    };
    let mut found = Vec::new();
    let mut findings = Vec::new();
    let mut table = "";
    for (number, line) in manifest.text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
            // `[dependencies.name]` and `[target.….dependencies]` would slip by as lines.
            let hides = table.starts_with("dependencies.") || table.starts_with("target.");
            let builds = table.starts_with("build-dependencies");
            if hides || builds {
                let what = format!("`[{table}]`: the verifier's dependencies stand in one table");
                findings.push(Finding {
                    path: MANIFEST.to_owned(),
                    line: number + 1,
                    what,
                });
            }
        } else if table == "dependencies" && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            found.push(name);
            if !ALLOWED.contains(&name) {
                let what = format!("`{name}` is not on the verifier's list");
                findings.push(Finding {
                    path: MANIFEST.to_owned(),
                    line: number + 1,
                    what,
                });
            }
        }
    }
    for name in ALLOWED.iter().filter(|name| !found.contains(*name)) {
        let what = format!("`{name}` is on the verifier's list but not used");
        findings.push(Finding {
            path: MANIFEST.to_owned(),
            line: 1,
            what,
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    fn found(more: &str) -> Vec<Finding> {
        let listed: String = ALLOWED
            .iter()
            .map(|name| format!("{name}.workspace = true\n"))
            .collect();
        of_verifier(&planted(
            MANIFEST,
            &format!("[package]\nname = \"x\"\n[dependencies]\n{listed}{more}"),
        ))
    }

    #[test]
    fn the_list_itself_is_fine() {
        assert_eq!(found("[dev-dependencies]\nproptest = \"1\"\n"), []);
    }

    #[test]
    fn finds_a_crate_that_is_not_on_the_list() {
        assert_eq!(found("tokio = \"1\"\n").len(), 1);
        assert_eq!(found("[dependencies.tokio]\nversion = \"1\"\n").len(), 1);
        assert_eq!(
            found("[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n").len(),
            1
        );
    }

    #[test]
    fn finds_a_row_of_the_list_that_nothing_uses() {
        let findings = of_verifier(&planted(MANIFEST, "[dependencies]\ncoset = \"0.4\"\n"));
        assert_eq!(findings.len(), ALLOWED.len() - 1);
    }
}
