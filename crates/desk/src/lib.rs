//! The desk without a window.

pub mod camera;
pub mod picture;
