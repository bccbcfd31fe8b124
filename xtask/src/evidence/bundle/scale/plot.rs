//! Four small pictures side by side, one a figure: how it grows with the lists in a bundle. A picture
//! in a page of text, so it has that page's size of letters, few lines, and one colour.

use std::fmt::Write;

use super::{LISTS, of};
use crate::bench::Figures;

/// One picture, in units of the drawing.
const WIDTH: f64 = 168.0;
const HEIGHT: f64 = 96.0;
const GAP: f64 = 30.0;
const LEFT: f64 = 8.0;
const TOP: f64 = 46.0;

/// What is drawn: its name in the figures, its title, its unit.
const PANELS: [(&str, &str, &str); 4] = [
    ("import_s", "Import", "s"),
    ("start_s", "Start", "s"),
    ("start_mb", "Memory after start", "MB"),
    ("disk_mb", "Disk", "MB"),
];

const STYLE: &str = "<style>\
text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#57606a}\
.t{font-weight:600;fill:#1f2328}.v{font-variant-numeric:tabular-nums;fill:#1f2328}\
.a{stroke:#d0d7de;stroke-width:1}.l{fill:none;stroke:#0969da;stroke-width:2;\
stroke-linejoin:round}circle{fill:#0969da}\
@media(prefers-color-scheme: dark){text{fill:#9198a1}.t,.v{fill:#f0f6fc}.a{stroke:#3d444d}\
.l{stroke:#4493f8}circle{fill:#4493f8}}\
</style>";

/// The drawing.
pub(super) fn svg(figures: &Figures) -> String {
    let panels = PANELS.len() as f64;
    let width = LEFT * 2.0 + panels * WIDTH + (panels - 1.0) * GAP;
    let height = TOP + HEIGHT + 44.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Import, start, memory and \
         disk of a bundle with 1 to 64 status lists\">{STYLE}\n"
    );
    for (number, (name, title, unit)) in PANELS.into_iter().enumerate() {
        let left = LEFT + number as f64 * (WIDTH + GAP);
        let values = LISTS.map(|lists| of(figures, lists, name));
        svg.push_str(&panel(left, title, unit, &values));
    }
    svg.push_str("</svg>\n");
    svg
}

/// A figure with as many digits as say something.
fn written(value: f64) -> String {
    if value < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

fn panel(left: f64, title: &str, unit: &str, values: &[f64]) -> String {
    let most = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let bottom = TOP + HEIGHT;
    let last = LISTS.into_iter().max().unwrap_or(1);
    let x = |lists: u32| left + WIDTH * f64::from(lists) / f64::from(last);
    let y = |value: f64| bottom - HEIGHT * value / most;
    let points: Vec<(f64, f64)> = LISTS
        .into_iter()
        .zip(values)
        .map(|(lists, value)| (x(lists), y(*value)))
        .collect();
    let mut text = String::new();
    let right = left + WIDTH;
    let of_last = values.last().copied().unwrap_or(f64::NAN);
    let _ = writeln!(
        text,
        "<text class=\"t\" x=\"{left}\" y=\"16\">{title}</text>\
         <text class=\"v\" x=\"{right}\" y=\"{:.1}\" text-anchor=\"end\">{} {unit}</text>",
        y(of_last) - 10.0,
        written(of_last)
    );
    let _ = writeln!(
        text,
        "<line class=\"a\" x1=\"{left}\" y1=\"{bottom}\" x2=\"{right}\" y2=\"{bottom}\"/>"
    );
    let path: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let _ = writeln!(
        text,
        "<polyline class=\"l\" points=\"{}\"/>",
        path.join(" ")
    );
    for (x, y) in &points {
        let _ = write!(text, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>");
    }
    let below = bottom + 16.0;
    for (lists, anchor) in [(16, "middle"), (32, "middle"), (last, "end")] {
        let _ = write!(
            text,
            "<text x=\"{:.1}\" y=\"{below}\" text-anchor=\"{anchor}\">{lists}</text>",
            x(lists)
        );
    }
    let _ = writeln!(
        text,
        "<text x=\"{left}\" y=\"{:.1}\">status lists</text>",
        below + 18.0
    );
    text
}
