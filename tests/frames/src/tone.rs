//! What a cheap camera makes of light: noise, tone curve, sharpening, JPEG.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, ImageReader};

use crate::camera::noise_of;
use crate::conditions::Conditions;
use crate::plane::Plane;

/// Entries of the tone curve, by the square root of the light.
const CURVE: usize = 1_024;

/// The bytes of the frame. `ripple` multiplies the light after the lens blurred it.
pub(crate) fn develop(
    conditions: &Conditions,
    mut light: Plane,
    ripple: Option<&Plane>,
    number: u64,
) -> Vec<u8> {
    light.blur(conditions.blur);
    light.smear(conditions.motion);
    if let Some(ripple) = ripple {
        for (light, ripple) in light.light.iter_mut().zip(&ripple.light) {
            *light *= ripple;
        }
    }
    expose(conditions, &mut light, number);
    if conditions.sharpen > 0.0 {
        let mut soft = light.clone();
        soft.blur(1.0);
        for (tone, soft) in light.light.iter_mut().zip(&soft.light) {
            *tone += conditions.sharpen * (*tone - soft);
        }
    }
    let pixels: Vec<u8> = light.light.iter().map(|tone| (tone + 0.5) as u8).collect();
    match conditions.jpeg {
        Some(quality) => through_jpeg(pixels, conditions.width, conditions.height, quality),
        None => pixels,
    }
}

/// From light to tones of 0 to 255, with the noise of the light and of the sensor.
fn expose(conditions: &Conditions, plane: &mut Plane, number: u64) {
    let (width, height) = (plane.width, plane.height);
    let curve: Vec<f32> = (0..=CURVE)
        .map(|at| (at as f32 / CURVE as f32).powf(2.0 / conditions.gamma) * 255.0)
        .collect();
    let mut noise = noise_of(conditions, number);
    let (read, shot) = (conditions.read_noise.powi(2), conditions.shot_noise.powi(2));
    let unit = 4.0 / (width * width + height * height) as f32;
    for (y, row) in plane.light.chunks_exact_mut(width).enumerate() {
        let dy = y as f32 + 0.5 - height as f32 / 2.0;
        for (x, pixel) in row.iter_mut().enumerate() {
            let dx = x as f32 + 0.5 - width as f32 / 2.0;
            let mut light = *pixel * (1.0 - conditions.vignette * (dx * dx + dy * dy) * unit);
            if read + shot > 0.0 {
                light += (read + shot * light.max(0.0)).sqrt() * noise.quick_normal();
            }
            let at = light.clamp(0.0, 1.0).sqrt() * CURVE as f32;
            let low = (at as usize).min(CURVE - 1);
            *pixel = curve[low] + (curve[low + 1] - curve[low]) * (at - low as f32);
        }
    }
}

/// Encoded and decoded again, as the luma of an MJPEG frame is.
fn through_jpeg(pixels: Vec<u8>, width: usize, height: usize, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(&pixels, width as u32, height as u32, ExtendedColorType::L8)
        .expect("a grey picture can be encoded");
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    let decoded = reader.decode().expect("what was encoded can be decoded");
    decoded.into_luma8().into_raw()
}
