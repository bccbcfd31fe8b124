//! A presentation as a QR code, and that code as a webcam sees it on a phone.

mod letters;
mod picture;
mod qr;
mod scene;
mod view;

pub use picture::{LumaPicture, RgbPicture};
pub use qr::{TooLong, qr_luma, qr_version};
pub use view::{Phone, phone_screen};
