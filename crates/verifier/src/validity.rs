//! Whether the credential is inside its own validity window.

use crate::format::contents::Window;
use crate::{At, Authentic, Reason};

/// A credential's last days, in which the screen says so: long enough to renew, short enough not
/// to become wallpaper.
const ENDING_SOON_SECONDS: i64 = 14 * 86_400;

/// An authentic credential inside its validity window.
///
/// ```compile_fail
/// // Only `validity::check` builds one.
/// fn forge(genuine: hwagin_verifier::Current<'_>) -> hwagin_verifier::Current<'_> {
///     hwagin_verifier::Current { ..genuine }
/// }
/// ```
pub struct Current<'a> {
    authentic: Authentic<'a>,
    ending_soon: bool,
}

impl<'a> Current<'a> {
    pub(crate) fn authentic(&self) -> &Authentic<'a> {
        &self.authentic
    }

    pub(crate) fn is_ending_soon(&self) -> bool {
        self.ending_soon
    }
}

/// The credential, inside its window at this moment (ISO/IEC 18013-5 §9.3.1).
///
/// Both ends belong to the window.
///
/// # Errors
/// `validity.window_missing`, `validity.not_yet`, `validity.expired`.
pub fn check(authentic: Authentic<'_>, at: At) -> Result<Current<'_>, Reason> {
    let window = authentic.contents().window.ok_or(Reason::WindowMissing)?;
    let Window {
        valid_from,
        valid_until,
        ..
    } = window;
    if valid_from.is_some_and(|from| at.time < from) {
        return Err(Reason::NotYet);
    }
    if at.time > valid_until {
        return Err(Reason::Expired);
    }
    let ending_soon = valid_until.seconds_since(at.time) <= ENDING_SOON_SECONDS;
    Ok(Current {
        authentic,
        ending_soon,
    })
}
