//! `cargo xtask evidence eyes`: what the scanner has to show.

use super::{Line, fuzz, glass, is_wanted};
use crate::bench::{self, Figures};
use crate::failure::Outcome;

/// Other readers, as the bench names them.
const PEERS: [(&str, &str); 3] = [
    ("zxing_cpp", "zxing-cpp"),
    ("rxing", "rxing"),
    ("quircs", "quircs"),
];

/// Everything was run, printed and written down; nothing is short.
pub(crate) fn eyes(sections: &[&str]) -> Outcome {
    let mut lines = Vec::new();
    if is_wanted(sections, "bench") {
        lines.extend(match bench::scan(&[]) {
            Ok(figures) => of_bench(&figures),
            Err(failure) => vec![Line::of("bench scan", "it runs", Err(failure))],
        });
    }
    if is_wanted(sections, "glass") {
        lines.push(glass::line());
    }
    if is_wanted(sections, "fuzz") {
        lines.extend(fuzz::eyes_lines());
    }
    super::finish("eyes", sections, &lines)
}

fn of_bench(figures: &Figures) -> Vec<Line> {
    let mut lines = shares(figures);
    lines.push(wrong(figures));
    lines.extend(costs(figures));
    lines.extend(sequences(figures));
    lines.extend(animated(figures));
    lines
}

/// What the bench did not print is not a number, and short of every bar.
fn of(figures: &Figures, name: &str) -> f64 {
    figures.get(name).copied().unwrap_or(f64::NAN)
}

/// Points above zxing-cpp on each set.
const SETS: [(&str, &str, f64); 5] = [
    ("zxing", "the zxing photographs", 0.0),
    ("jsqr", "the jsQR photographs", 0.0),
    ("hcert", "the HCERT pictures", 0.0),
    ("grid", "generated stills, every combination", 12.0),
    ("webcam", "generated stills, by chance", 12.0),
];

fn shares(figures: &Figures) -> Vec<Line> {
    let line = |&(set, name, points): &(&str, &str, f64)| {
        let read = |reader: &str| of(figures, &format!("read.{set}.{reader}"));
        let (ours, theirs) = (read("ours"), read("zxing_cpp"));
        let others: Vec<String> = ["zxing_cpp", "rxing", "quircs", "rqrr"]
            .iter()
            .map(|reader| format!("{reader} {:.1}", read(reader)))
            .collect();
        Line::new(
            format!("share read, {name}"),
            format!("{ours:.1} %; {}", others.join(", ")),
            &format!("at least {points:.0} points above zxing-cpp"),
            ours >= theirs + points,
        )
    };
    SETS.iter().map(line).collect()
}

fn wrong(figures: &Figures) -> Line {
    let is_ours = |name: &str| {
        let of_set = name.starts_with("wrong.") && name.contains(".ours");
        let of_sequences = name == "sequences.all.ours.wrong";
        of_set || of_sequences || name == "animated.wrong"
    };
    let counts: Vec<f64> = figures
        .iter()
        .filter(|(name, _)| is_ours(name))
        .map(|(_, value)| *value)
        .collect();
    let sum: f64 = counts.iter().sum();
    Line::new(
        "wrong readings",
        format!("{sum} in {} counts", counts.len()),
        "0",
        counts.len() >= 2 * SETS.len() + 2 && sum == 0.0,
    )
}

fn costs(figures: &Figures) -> Vec<Line> {
    let mut lines = Vec::new();
    for (key, name) in [("blank", "without a code"), ("code", "with a code")] {
        let value = |what: &str| of(figures, &format!("cpu.{key}.{what}"));
        for (what, bar) in [("mean", 1.3), ("p95", 2.0)] {
            let ratio = value(&format!("{what}_ratio"));
            let ms = |reader: &str| value(&format!("{reader}.{what}_ms"));
            lines.push(Line::new(
                format!("CPU of a 720p frame {name}, {what}"),
                format!(
                    "{ratio:.2} × zxing-cpp ({:.1} ms to {:.1} ms)",
                    ms("ours"),
                    ms("zxing_cpp")
                ),
                &format!("at most {bar} ×"),
                ratio <= bar,
            ));
        }
    }
    lines
}

/// The bar holds for each kind of sequences that has enough of them.
const ENOUGH: f64 = 8.0;

fn sequences(figures: &Figures) -> Vec<Line> {
    let kinds = [
        ("all", "all"),
        ("small", "800 to 1,599 bytes"),
        ("large", "1,600 to 2,900 bytes"),
    ];
    let mut lines = Vec::new();
    for (key, name) in kinds {
        let read =
            |reader: &str, within: &str| of(figures, &format!("sequences.{key}.{reader}.{within}"));
        let count = of(figures, &format!("sequences.{key}.count"));
        for (within, second) in [("1s", "1 s"), ("3s", "3 s")] {
            let ours = read("ours", within);
            let best = PEERS
                .iter()
                .map(|(reader, name)| (read(reader, within), *name))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let (best, best_name) = best.unwrap_or((f64::NAN, "none"));
            let points = if within == "1s" && best < 70.0 && count >= ENOUGH {
                20.0
            } else {
                0.0
            };
            lines.push(Line::new(
                format!("sequences read within {second}, {name}"),
                format!("{ours:.1} % of {count}; {best_name} {best:.1} %"),
                &format!("at least {points:.0} points above the best on every frame"),
                ours >= best + points,
            ));
        }
    }
    lines
}

fn animated(figures: &Figures) -> Vec<Line> {
    let mut lines = Vec::new();
    for payload in [4_096, 1_200] {
        for rate in [10, 15] {
            let at = |loss: usize, what: &str| {
                of(figures, &format!("animated.{payload}.{rate}.{loss}.{what}"))
            };
            let times: Vec<String> = [0, 10, 30]
                .iter()
                .map(|&loss| {
                    let (median, p95) = (at(loss, "median_s"), at(loss, "p95_s"));
                    format!("{loss} % lost: {median:.2} s, p95 {p95:.2} s")
                })
                .collect();
            let parts = at(10, "parts");
            lines.push(Line::new(
                format!("animated, {payload} bytes at {rate} codes a second"),
                format!(
                    "{}; parts at 10 % lost: {parts:.2} × ideal",
                    times.join("; ")
                ),
                "complete; at most 1.15 × the ideal parts at 10 % lost",
                parts <= 1.15 && at(0, "median_s").is_finite(),
            ));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(pairs: &[(&str, f64)]) -> Figures {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value))
            .collect()
    }

    #[test]
    fn nothing_measured_is_short_of_every_bar() {
        assert!(of_bench(&Figures::new()).iter().all(|line| !line.ok));
    }

    #[test]
    fn twelve_points_are_asked_on_generated_stills_only() {
        let read = figures(&[
            ("read.zxing.ours", 93.0),
            ("read.zxing.zxing_cpp", 93.0),
            ("read.grid.ours", 70.0),
            ("read.grid.zxing_cpp", 60.0),
        ]);
        let ok: Vec<bool> = shares(&read).iter().map(|line| line.ok).collect();
        assert_eq!(ok, [true, false, false, false, false]);
    }

    #[test]
    fn twenty_points_are_asked_where_the_best_peer_reads_little() {
        let of_three = |ours: f64, theirs: f64| {
            let mut read = figures(&[
                ("sequences.all.count", 40.0),
                ("sequences.all.ours.1s", ours),
                ("sequences.all.zxing_cpp.1s", theirs),
                ("sequences.all.rxing.1s", 10.0),
                ("sequences.all.quircs.1s", 5.0),
            ]);
            read.insert("sequences.all.ours.3s".to_owned(), 99.0);
            sequences(&read).first().is_some_and(|line| line.ok)
        };
        assert!(of_three(85.0, 65.0));
        assert!(!of_three(80.0, 65.0));
        assert!(of_three(75.0, 75.0));
    }

    #[test]
    fn one_wrong_reading_is_short() {
        let mut read = Figures::new();
        for (set, ..) in SETS {
            for reader in ["ours", "ours_first", "quircs"] {
                read.insert(format!("wrong.{set}.{reader}"), 0.0);
            }
        }
        read.insert("sequences.all.ours.wrong".to_owned(), 0.0);
        read.insert("animated.wrong".to_owned(), 0.0);
        read.insert("wrong.jsqr.quircs".to_owned(), 2.0);
        assert!(wrong(&read).ok);
        read.insert("wrong.jsqr.ours_first".to_owned(), 1.0);
        assert!(!wrong(&read).ok);
    }
}
