//! What the window is told of a desk's surroundings.

use std::sync::atomic::Ordering;

use super::{Shared, lock};
use crate::camera::Camera;
use crate::sample::SAMPLE_CAMERA;
use crate::view::{CameraView, Mode, OverviewView, ProblemView, ScanEvent};

impl Shared {
    pub(super) fn tell_overview(&self) {
        let overview = Box::new(self.overview());
        (self.events)(ScanEvent::Overview { overview });
    }

    pub(super) fn overview(&self) -> OverviewView {
        let cameras = Camera::list().into_iter().map(|camera| CameraView {
            id: camera.id.as_str().to_owned(),
            name: camera.name,
            sample: false,
            is_virtual: camera.is_virtual,
        });
        let mut cameras: Vec<_> = cameras.collect();
        let (sample, person, nudged) = {
            let feed = lock(&self.feed);
            (feed.sample, feed.person.clone(), feed.nudged)
        };
        let (camera, camera_state) = {
            let camera = lock(&self.camera);
            (camera.id.clone(), camera.state.clone())
        };
        let session = lock(&self.session);
        let is_training = session.knowledge().is_training();
        if is_training {
            let id = SAMPLE_CAMERA.to_owned();
            cameras.push(CameraView {
                name: id.clone(),
                id,
                sample: true,
                is_virtual: false,
            });
        }
        OverviewView {
            mode: Mode::of(session.knowledge()),
            purposes: session.purposes(),
            purpose: session.purpose().map(str::to_owned),
            cameras,
            camera,
            camera_state,
            nudged,
            sample: is_training.then(|| sample.view(session.knowledge(), person)),
            desk: session.names(),
            customer: self.customer.load(Ordering::Relaxed),
            knowledge: session.knowledge_view(),
            problems: session
                .knowledge()
                .problems()
                .iter()
                .chain(&self.problems)
                .map(ProblemView::from)
                .collect(),
        }
    }
}
