//! What goes to the terminal, or to the program that started this one.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use crate::failure::{Code, Failure};

/// No more than ten lines of progress a second: who reads them redraws at each.
const PAUSE: Duration = Duration::from_millis(100);

/// How a run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// To a person: a bar while it runs, a line at the end.
    Words,
    /// To a program: one JSON object a line.
    Json,
    /// Not at all, but for failures.
    Quiet,
}

/// What the figures of a progress count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    Parts,
}

/// How a run went.
#[derive(Debug)]
pub(crate) struct Summary {
    /// Something in the folder is another than before.
    pub(crate) is_updated: bool,
    /// Bytes of bodies that came over the wire.
    pub(crate) bytes: u64,
    /// Requests made, redirects and second tries included.
    pub(crate) requests: u64,
    /// Targets (or parts) that were fetched.
    pub(crate) targets: u64,
    /// Bytes of targets that an earlier try had fetched and no later one had to.
    pub(crate) resumed: u64,
}

/// Standard output and standard error. Once nobody reads them any more, lines go nowhere.
pub(crate) struct Progress {
    style: Style,
    bar: Option<ProgressBar>,
    of: u64,
    told: Option<Instant>,
}

impl Progress {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            bar: None,
            of: 0,
            told: None,
        }
    }

    /// A line on standard output.
    pub(crate) fn line(&self, line: &str) {
        drop(writeln!(std::io::stdout(), "{line}"));
    }

    fn object(&self, object: &Value) {
        self.line(&object.to_string());
    }

    /// From here on there is so much to do.
    pub(crate) fn begin(&mut self, of: u64, unit: Unit) {
        self.of = of;
        if self.style == Style::Words && std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::stderr());
            let template = match unit {
                Unit::Bytes => "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
                Unit::Parts => "{bar:40} {pos}/{len} {eta}",
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
        self.reached(0);
    }

    /// So much is done.
    pub(crate) fn reached(&mut self, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
        let is_due = self.told.is_none_or(|told| told.elapsed() >= PAUSE);
        if self.style == Style::Json && is_due {
            self.told = Some(Instant::now());
            self.object(&json!({ "type": "progress", "done": done, "of": self.of }));
        }
    }

    fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// A part that could not be fetched.
    pub(crate) fn missing(&mut self, failure: &Failure) {
        if self.style == Style::Json {
            let code = failure.code.to_string();
            self.object(&json!({ "type": "missing", "code": code, "url": failure.what }));
        }
        let tell = || drop(writeln!(std::io::stderr(), "{failure}"));
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }

    pub(crate) fn done(&mut self, summary: &Summary) {
        self.end();
        let outcome = if summary.is_updated {
            "updated"
        } else {
            "unchanged"
        };
        let Summary {
            bytes,
            requests,
            targets,
            resumed,
            ..
        } = summary;
        match self.style {
            Style::Quiet => {}
            Style::Json => self.object(&json!({
                "type": "done",
                "outcome": outcome,
                "bytes": bytes,
                "requests": requests,
                "targets": targets,
                "resumed": resumed,
            })),
            Style::Words => self.line(&format!(
                "{outcome}  bytes {bytes}  requests {requests}  targets {targets}  resumed {resumed}"
            )),
        }
    }

    pub(crate) fn failed(&mut self, failure: &Failure) {
        self.end();
        if self.style == Style::Json && failure.code != Code::Usage {
            let code = failure.code.to_string();
            self.object(&json!({ "type": "failed", "code": code }));
        }
        drop(writeln!(std::io::stderr(), "{failure}"));
    }
}
