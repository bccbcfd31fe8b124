//! Bundles come in while the desk is at work: by the watched folder, because somebody handed one
//! over, or because somebody asked for an update. One after the other, on a thread of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::{Desk, Shared, lock};
use crate::bundle::fetch::fetch;
use crate::bundle::history;
use crate::bundle::watch::Watch;
use crate::bundle::{DeskSettings, Store, UpdateCode};
use crate::knowledge::{Knowledge, Origin, Sources};
use crate::view::{
    BundleView, ImportView, KnowledgeSource, Mode, ScanEvent, TrustView, UpdateView,
};

/// Between two looks at the watched folder.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What is wanted of the thread.
#[derive(PartialEq, Eq)]
pub(super) enum BundleWish {
    /// The bundle in this folder.
    Import(PathBuf),
    /// What `hwagin-sync` fetches.
    Update,
}

/// A desk that keeps bundles.
pub(super) struct Bundles {
    store: Store,
    sources: Sources,
    settings: DeskSettings,
}

impl Bundles {
    /// `None` where the desk has no folder to keep them in.
    pub(super) fn new(sources: &Sources) -> Option<Self> {
        let folder = sources.data.as_deref()?;
        Some(Self {
            store: Store::open(folder),
            settings: DeskSettings::read(folder),
            sources: sources.clone(),
        })
    }

    /// The folder that is watched.
    fn watched(&self) -> PathBuf {
        let named = self.settings.watch.clone();
        named.unwrap_or_else(|| self.store.incoming())
    }
}

impl Desk {
    /// Whom the desk trusts, what it holds, and what came in.
    #[must_use]
    pub fn trust(&self) -> TrustView {
        self.shared.trust()
    }

    /// The bundle in this folder is taken, if it may be; the answer is an event.
    pub fn import_bundle(&self, folder: &Path) {
        self.wish(BundleWish::Import(folder.to_owned()));
    }

    /// A bundle is fetched, where the site allows it; how that goes are events.
    pub fn update_bundle(&self) {
        self.wish(BundleWish::Update);
    }

    fn wish(&self, wish: BundleWish) {
        if let Some(wishes) = &self.wishes {
            // Without a folder for bundles nobody hears it.
            let _ = wishes.send(wish);
        }
    }
}

impl Shared {
    /// Takes in bundles until nobody can wish for one any more: the desk is closed.
    pub(super) fn take_bundles(&self, bundles: &Bundles, wishes: &Receiver<BundleWish>) {
        let watched = bundles.watched();
        if bundles.settings.watch.is_none() && bundles.store.folder().is_dir() {
            // Somebody who looks for it finds it. Where it cannot be made, nobody puts anything in.
            let _ = std::fs::create_dir(&watched);
        }
        let mut watch = Watch::default();
        let name = || bundles.store.current_name().ok().flatten();
        let mut in_force = name();
        loop {
            let wish = wishes.recv_timeout(LOOK_EVERY);
            if wish == Err(RecvTimeoutError::Disconnected) {
                return;
            }
            // Unwind safe: the store is written by renames, and a session learns in one step.
            let taking = || match wish {
                Ok(BundleWish::Import(folder)) => self.import(&bundles.store, &folder),
                Ok(BundleWish::Update) => self.update(bundles, &watched),
                Err(_) if watch.look(&watched) => self.import(&bundles.store, &watched),
                // Another program took one in: device management, say.
                Err(_) if name() != in_force => {
                    self.learn(Knowledge::load(&bundles.sources, (self.clock)().at));
                }
                Err(_) => {}
            };
            if catch_unwind(AssertUnwindSafe(taking)).is_err() {
                lock(&self.session).clear();
            }
            in_force = name();
        }
    }

    fn import(&self, store: &Store, folder: &Path) {
        let at = (self.clock)().at;
        let (report, knowledge) = store.import_and_load(folder, at);
        if let Some(knowledge) = knowledge {
            self.learn(knowledge);
        }
        let report = Box::new(ImportView::from(&report));
        (self.events)(ScanEvent::Import { report });
    }

    fn learn(&self, knowledge: Knowledge) {
        lock(&self.session).learn(knowledge);
        self.tell_overview();
    }

    fn update(&self, bundles: &Bundles, folder: &Path) {
        let tell = |state, done, of| {
            let update = UpdateView { state, done, of };
            (self.events)(ScanEvent::Update { update });
        };
        let Some(update) = &bundles.settings.update else {
            return;
        };
        tell(UpdateCode::Running, 0, 0);
        let progress = |done, of| tell(UpdateCode::Running, done, of);
        let outcome = fetch(&bundles.store, &update.url, folder, progress);
        tell(outcome, 0, 0);
        if outcome == UpdateCode::Fetched {
            self.import(&bundles.store, folder);
        }
    }

    /// Everything that the screen about trust shows.
    pub(super) fn trust(&self) -> TrustView {
        let now = (self.clock)().at.time.0;
        let history = self.bundles.as_ref().map(|bundles| {
            let reports = history::read(bundles.store.folder());
            reports.iter().map(ImportView::from).collect()
        });
        let session = lock(&self.session);
        let knowledge = session.knowledge();
        TrustView {
            mode: Mode::of(knowledge),
            source: KnowledgeSource::of(knowledge.origin()),
            flaw: match knowledge.origin() {
                Origin::Damaged(flaw) => Some(*flaw),
                _ => None,
            },
            bundle: knowledge.origin().bundle().map(BundleView::from),
            issuers: knowledge.trust().anchors().map(Into::into).collect(),
            lists: knowledge.statuses().facts().map(Into::into).collect(),
            watched: self
                .bundles
                .as_ref()
                .map(|bundles| bundles.watched().display().to_string()),
            can_update: self
                .bundles
                .as_ref()
                .is_some_and(|bundles| bundles.settings.update.is_some()),
            history: history.unwrap_or_default(),
            now,
        }
    }
}
