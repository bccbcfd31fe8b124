//! Why a camera does not give frames.

use super::CameraState;

/// What stopped a camera.
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "nokhwa tells less than v4l")
)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    /// The device is not there, or not any more.
    Gone,
    /// Another program has it.
    Busy,
    /// This user may not have it.
    Denied,
    /// It is no camera: it offers nothing that could be scanned.
    Unfit,
    /// It is open and gives nothing, without an error.
    Silent,
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
    /// What the system's error says.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "nokhwa tells sentences")
    )]
    pub(super) fn of(error: &std::io::Error) -> Self {
        match error.raw_os_error() {
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
            Self::Unfit | Self::Silent => CameraState::Failed(None),
            Self::Other(number) => CameraState::Failed(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_the_system_asks_for_something_else() {
        let fault = |number| Fault::of(&std::io::Error::from_raw_os_error(number));
        assert_eq!(fault(EBUSY), Fault::Busy);
        assert_eq!(fault(EACCES), Fault::Denied);
        assert_eq!(fault(EPERM), Fault::Denied);
        assert_eq!(fault(ENODEV), Fault::Gone);
        assert_eq!(fault(ENOENT), Fault::Gone);
        assert_eq!(fault(5), Fault::Other(Some(5)));
        assert_eq!(Fault::of(&std::io::Error::other("x")), Fault::Other(None));
    }

    #[test]
    fn only_a_camera_that_was_live_is_unplugged() {
        assert_eq!(Fault::Gone.state(true), CameraState::Unplugged);
        assert_eq!(Fault::Gone.state(false), CameraState::Absent);
    }
}
