//! What a webcam sees of a phone that shows a QR symbol, made up: the ground truth of the tests.
//!
//! A [`Code`] is drawn on the screen of a [`Phone`], in an app; the phone is held before a
//! background, and a camera with a lens, a shutter that rolls, noise, a tone curve and JPEG looks
//! at it under [`Conditions`]. [`stills`] gives single frames, [`Sequence`] frames one after the
//! other, [`blank`] frames without a code. Everything follows from seeds: the same seed gives the
//! same bytes.
//!
//! It is physics and chance, and knows nothing of any reader.

mod background;
mod camera;
mod code;
mod conditions;
mod phone;
mod plane;
mod random;
mod sequence;
mod stage;
mod stills;
mod tone;
mod view;

pub use camera::Tear;
pub use code::{Code, Ecc, TooLong};
pub use conditions::{Background, Conditions, Finger, Glare};
pub use phone::Phone;
pub use random::Random;
pub use sequence::{Frame, RATE, Sequence};
pub use stills::{GRID, Set, Still, blank, still, stills, take, take_torn};
