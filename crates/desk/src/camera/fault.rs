//! Why a camera does not give frames.
//!
//! nokhwa hands its errors on as sentences. Those that come from the system end in the words that
//! the standard library puts there, "(os error 16)", in every language; the number is all that is
//! read from them.

use nokhwa::NokhwaError;

use super::CameraState;

/// What stopped a camera.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    /// The device is not there, or not any more.
    Gone,
    /// Another program has it.
    Busy,
    /// This user may not have it.
    Denied,
    /// Anything else.
    Other(Option<i32>),
}

// errno.h of Linux.
const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const EACCES: i32 = 13;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;

impl Fault {
    pub(super) fn of(error: &NokhwaError) -> Self {
        match errno_in(&error.to_string()) {
            Some(number) => Self::of_errno(number),
            None => Self::Other(None),
        }
    }

    pub(super) fn of_errno(number: i32) -> Self {
        match number {
            ENOENT | ENXIO | ENODEV => Self::Gone,
            EBUSY => Self::Busy,
            EACCES | EPERM => Self::Denied,
            other => Self::Other(Some(other)),
        }
    }

    /// The state that it puts the camera in: a device that is not there is unplugged only if it
    /// was.
    pub(super) fn state(self, was_live: bool) -> CameraState {
        match self {
            Self::Gone if was_live => CameraState::Unplugged,
            Self::Gone => CameraState::Absent,
            Self::Busy => CameraState::Busy,
            Self::Denied => CameraState::Denied,
            Self::Other(number) => CameraState::Failed(number),
        }
    }
}

fn errno_in(sentence: &str) -> Option<i32> {
    let (_, tail) = sentence.rsplit_once("(os error ")?;
    tail.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(errno: i32) -> Fault {
        let why = std::io::Error::from_raw_os_error(errno);
        Fault::of(&NokhwaError::OpenDeviceError(
            "0".into(),
            format!("V4L2 Error: {why}"),
        ))
    }

    #[test]
    fn the_number_of_the_system_is_found_in_the_sentence() {
        assert_eq!(opening(EBUSY), Fault::Busy);
        assert_eq!(opening(EACCES), Fault::Denied);
        assert_eq!(opening(EPERM), Fault::Denied);
        assert_eq!(opening(ENODEV), Fault::Gone);
        assert_eq!(opening(ENOENT), Fault::Gone);
        assert_eq!(opening(5), Fault::Other(Some(5)));
    }

    #[test]
    fn a_sentence_without_a_number_is_just_a_failure() {
        for sentence in [
            "Stream Not Started",
            "(os error )",
            "(os error 16",
            "os error 16",
        ] {
            let error = NokhwaError::ReadFrameError(sentence.into());
            assert_eq!(Fault::of(&error), Fault::Other(None));
        }
    }

    #[test]
    fn only_a_camera_that_was_live_is_unplugged() {
        assert_eq!(Fault::Gone.state(true), CameraState::Unplugged);
        assert_eq!(Fault::Gone.state(false), CameraState::Absent);
    }
}
