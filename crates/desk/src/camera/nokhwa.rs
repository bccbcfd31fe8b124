//! A camera of Windows or macOS, through the `nokhwa` crate.
//!
//! Its errors are sentences. Those that come from the system end in the words that the standard
//! library puts there, "(os error 16)", in every language; the number is all that is read from
//! them. Controls are left as they are here.

use std::time::Duration;

use nokhwa::pixel_format::LumaFormat;
use nokhwa::utils::{CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};
use nokhwa::{Camera, NokhwaError};

use super::device::Device;
use super::fault::Fault;
use super::format::{Coding, Offer, best_first};

/// An open camera, streaming.
pub(super) struct Source(Camera);

impl Source {
    /// Opens the device in the format that suits scanning best and starts its stream.
    pub(super) fn open(device: &Device, _nudged: bool) -> Result<Self, Fault> {
        let any = RequestedFormat::new::<LumaFormat>(RequestedFormatType::None);
        let mut camera = Camera::new(CameraIndex::Index(device.index), any).map_err(of)?;
        let offered = camera.compatible_camera_formats().unwrap_or_default();
        let offers = offered.iter().map(|format| Offer {
            coding: coding(format.format()),
            width: format.width(),
            height: format.height(),
            rate: f64::from(format.frame_rate()),
        });
        if let Some(best) = best_first(offers.collect()).first() {
            let exact = offered.iter().copied().find(|format: &CameraFormat| {
                coding(format.format()) == best.coding
                    && (format.width(), format.height()) == (best.width, best.height)
                    && f64::from(format.frame_rate()) == best.rate
            });
            if let Some(exact) = exact.filter(|exact| *exact != camera.camera_format()) {
                let exact = RequestedFormatType::Exact(exact);
                match camera.set_camera_requset(RequestedFormat::new::<LumaFormat>(exact)) {
                    // A driver may offer what it then refuses; it stays in the format it opened in.
                    Ok(_) | Err(NokhwaError::SetPropertyError { .. }) => {}
                    Err(error) => return Err(of(error)),
                }
            }
        }
        camera.open_stream().map_err(of)?;
        Ok(Self(camera))
    }

    /// What it gives: coding, width, height, and the bytes from row to row.
    pub(super) fn format(&self) -> (Coding, u32, u32, usize) {
        let format = self.0.camera_format();
        (coding(format.format()), format.width(), format.height(), 0)
    }

    /// What `look` makes of the next frame. It is waited for without end.
    pub(super) fn next<T>(
        &mut self,
        _wait: Duration,
        look: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>, Fault> {
        self.0
            .frame_raw()
            .map(|bytes| Some(look(&bytes)))
            .map_err(of)
    }
}

fn coding(format: FrameFormat) -> Coding {
    match format {
        FrameFormat::MJPEG => Coding::Mjpeg,
        FrameFormat::YUYV => Coding::Yuyv,
        FrameFormat::NV12 => Coding::Nv12,
        FrameFormat::GRAY => Coding::Grey,
        FrameFormat::RAWRGB => Coding::Rgb,
        FrameFormat::RAWBGR => Coding::Bgr,
    }
}

// By value, as `map_err` hands it over.
#[allow(clippy::needless_pass_by_value)]
fn of(error: NokhwaError) -> Fault {
    errno_in(&error.to_string()).map_or(Fault::Other(None), Fault::of_errno)
}

fn errno_in(sentence: &str) -> Option<i32> {
    let (_, tail) = sentence.rsplit_once("(os error ")?;
    tail.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_system_is_found_in_the_sentence() {
        assert_eq!(errno_in("V4L2 Error: busy (os error 16)"), Some(16));
        for sentence in [
            "Stream Not Started",
            "(os error )",
            "(os error 16",
            "os error 16",
        ] {
            assert_eq!(errno_in(sentence), None);
        }
    }
}
