//! From what a camera wrote to a frame: grey by the shortest way, colour only when a preview is
//! due.

use std::io::Cursor;
use std::time::Instant;

use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::format::Coding;
use super::frame::{Frame, FrameError, MAX_SIDE, area, usize_of};
use super::pool::{Buffer, Pool};
use super::preview::{Due, Preview};

/// A JPEG of a camera has one scan; each more is another pass over the picture.
const MAX_SCANS: usize = 8;

/// Makes frames out of one camera's bytes, and keeps what the next one needs.
pub(super) struct Decoder {
    pool: Pool,
    /// Y, Cb and Cr of the last frame with a preview.
    colour: Vec<u8>,
    due: Due,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            pool: Pool::new(),
            colour: Vec::new(),
            due: Due::default(),
        }
    }
}

impl Decoder {
    /// The frame in these bytes. `stride` is the length of a row in bytes, 0 where rows are
    /// without padding. The sides of a JPEG are its own, whatever the driver said.
    pub(super) fn frame(
        &mut self,
        coding: Coding,
        width: u32,
        height: u32,
        stride: usize,
        bytes: &[u8],
    ) -> Result<Frame, FrameError> {
        let taken = Instant::now();
        let due = self.due.now(taken);
        let mut luma = self.pool.take();
        let (width, height, preview) = match coding {
            Coding::Mjpeg => self.jpeg(bytes, &mut luma, due)?,
            Coding::Yuyv | Coding::Nv12 | Coding::Grey | Coding::Rgb | Coding::Bgr => {
                let plain = Plain::new(coding, width, height, stride, bytes)?;
                plain.luma(&mut luma);
                let preview =
                    due.then(|| Preview::shrunk(width, height, &luma, |x, y| plain.colour(x, y)));
                (width, height, preview)
            }
        };
        Ok(Frame {
            width,
            height,
            luma,
            preview,
            coding,
            taken,
        })
    }

    /// Without a preview the two colour planes are skipped; with one, the JPEG is decoded once to
    /// Y, Cb and Cr and both are taken from there, without a detour over red, green and blue.
    ///
    /// A buffer is often longer than its JPEG, and some cameras leave out tables that every
    /// decoder knows; the decoder takes both.
    fn jpeg(
        &mut self,
        bytes: &[u8],
        luma: &mut Buffer,
        due: bool,
    ) -> Result<(u32, u32, Option<Preview>), FrameError> {
        let mut header = decoder(bytes, ColorSpace::Luma);
        header
            .decode_headers()
            .map_err(|_| FrameError::Undecodable)?;
        let (width, height) = header.info().map_or((0, 0), |info| {
            (u32::from(info.width), u32::from(info.height))
        });
        let area = area(width, height)?;
        let is_coloured = header.input_colorspace() == Some(ColorSpace::YCbCr);
        luma.resize(area, 0);
        if !due || !is_coloured {
            header
                .decode_into(luma)
                .map_err(|_| FrameError::Undecodable)?;
            whole(bytes, luma, width)?;
            let grey = |_, _| (128, 128);
            let preview = due.then(|| Preview::shrunk(width, height, luma, grey));
            return Ok((width, height, preview));
        }
        self.colour.resize(area * 3, 0);
        decoder(bytes, ColorSpace::YCbCr)
            .decode_into(&mut self.colour)
            .map_err(|_| FrameError::Undecodable)?;
        let (pixels, _) = self.colour.as_chunks::<3>();
        for (grey, [y, _, _]) in luma.iter_mut().zip(pixels) {
            *grey = *y;
        }
        whole(bytes, luma, width)?;
        let colour = |x: u32, y: u32| {
            let pixel = pixels.get(usize_of(y) * usize_of(width) + usize_of(x));
            pixel.map_or((128, 128), |&[_, u, v]| (u, v))
        };
        Ok((
            width,
            height,
            Some(Preview::shrunk(width, height, luma, colour)),
        ))
    }
}

fn decoder(bytes: &[u8], out: ColorSpace) -> JpegDecoder<Cursor<&[u8]>> {
    let options = DecoderOptions::default()
        .set_max_width(usize_of(MAX_SIDE))
        .set_max_height(usize_of(MAX_SIDE))
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(out);
    JpegDecoder::new_with_options(Cursor::new(bytes), options)
}

/// A JPEG that breaks off is filled up with middle grey by the decoder. One that only lacks its
/// end mark, as some cameras write it, is whole.
fn whole(bytes: &[u8], luma: &[u8], width: u32) -> Result<(), FrameError> {
    const END: [u8; 2] = [0xFF, 0xD9];
    const FILL: u8 = 128;
    // The mark stands at the end, before padding at most; inside the data it cannot occur.
    let is_ended = bytes.array_windows().rev().any(|pair| *pair == END);
    let last_row = luma.rchunks(usize_of(width).max(1)).next();
    let is_filled = last_row.is_some_and(|row| row.iter().all(|&grey| grey == FILL));
    if !is_ended && is_filled {
        return Err(FrameError::Undecodable);
    }
    Ok(())
}

/// Pixels as they are, checked for length once.
struct Plain<'a> {
    coding: Coding,
    width: usize,
    height: usize,
    /// Bytes of a row that are pixels, and from row to row.
    row: usize,
    stride: usize,
    bytes: &'a [u8],
}

impl<'a> Plain<'a> {
    fn new(
        coding: Coding,
        width: u32,
        height: u32,
        stride: usize,
        bytes: &'a [u8],
    ) -> Result<Self, FrameError> {
        area(width, height)?;
        let (width, height) = (usize_of(width), usize_of(height));
        let row = match coding {
            Coding::Mjpeg => return Err(FrameError::Undecodable),
            Coding::Nv12 | Coding::Grey => width,
            // A row of odd width ends in half a pair.
            Coding::Yuyv => width * 2,
            Coding::Rgb | Coding::Bgr => width * 3,
        };
        let stride = stride.max(row);
        // A driver that leaves out the padding of the last row has left out no pixel.
        let needed = stride.checked_mul(height - 1).ok_or(FrameError::Sides)? + row;
        if bytes.len() < needed {
            return Err(FrameError::Short);
        }
        Ok(Self {
            coding,
            width,
            height,
            row,
            stride,
            bytes,
        })
    }

    fn rows(&self) -> impl Iterator<Item = &'a [u8]> {
        let row = self.row;
        let rows = self.bytes.chunks(self.stride).take(self.height);
        rows.filter_map(move |padded| padded.get(..row))
    }

    fn luma(&self, into: &mut Buffer) {
        into.reserve(self.width * self.height);
        for row in self.rows() {
            match self.coding {
                Coding::Yuyv => into.extend(row.as_chunks().0.iter().map(|&[y, _]| y)),
                Coding::Rgb => {
                    into.extend(row.as_chunks().0.iter().map(|&[r, g, b]| grey_of(r, g, b)));
                }
                Coding::Bgr => {
                    into.extend(row.as_chunks().0.iter().map(|&[b, g, r]| grey_of(r, g, b)));
                }
                Coding::Nv12 | Coding::Grey | Coding::Mjpeg => into.extend_from_slice(row),
            }
        }
    }

    /// The colour (U, V) at a place.
    fn colour(&self, x: u32, y: u32) -> (u8, u8) {
        let (x, y) = (usize_of(x), usize_of(y));
        let found = match self.coding {
            Coding::Grey | Coding::Mjpeg => None,
            Coding::Yuyv => {
                let pair = self.at(y * self.stride + x / 2 * 4);
                pair.map(|&[_, u, _, v]| (u, v))
            }
            Coding::Nv12 => {
                let start = self.stride * self.height + y / 2 * self.stride + x / 2 * 2;
                self.at(start).map(|&[u, v]| (u, v))
            }
            Coding::Rgb => {
                let pixel = self.at(y * self.stride + x * 3);
                pixel.map(|&[r, g, b]| colour_of(r, g, b))
            }
            Coding::Bgr => {
                let pixel = self.at(y * self.stride + x * 3);
                pixel.map(|&[b, g, r]| colour_of(r, g, b))
            }
        };
        found.unwrap_or((128, 128))
    }

    fn at<const N: usize>(&self, start: usize) -> Option<&'a [u8; N]> {
        self.bytes.get(start..)?.first_chunk()
    }
}

/// ITU-R BT.601 weights, in 256ths.
fn grey_of(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// ITU-R BT.601, full range, in 256ths.
fn colour_of(red: u8, green: u8, blue: u8) -> (u8, u8) {
    let grey = i32::from(grey_of(red, green, blue));
    let part = |part: u8, weight: i32| {
        let place = 128 + (((i32::from(part) - grey) * weight) >> 8);
        u8::try_from(place.clamp(0, 255)).unwrap_or(128)
    };
    (part(blue, 144), part(red, 183))
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
