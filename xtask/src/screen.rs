//! Pictures of a screen: read from an X window dump, judged, written as PNG.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome, While};

/// A picture, three bytes a pixel.
pub(crate) struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// What tells a page that was drawn from one that was not.
#[derive(Debug, PartialEq)]
pub(crate) struct Look {
    /// How many colours there are.
    pub(crate) colours: usize,
    /// Share of the pixels that do not have the most frequent colour.
    pub(crate) drawn: f64,
}

impl Look {
    /// Text and edges are there: anti-aliasing alone makes more colours than this.
    pub(crate) fn is_drawn(&self) -> bool {
        self.colours >= 40 && self.drawn >= 0.02
    }
}

impl Picture {
    /// The dump of a screen with 24 bits of colour in 32 (X11/XWDFile.h, version 7).
    pub(crate) fn from_window_dump(dump: &[u8]) -> Outcome<Self> {
        let broken = || Failure::new("the X server's picture of the screen is not as expected");
        let field = |index: usize| -> Option<usize> {
            let bytes = dump.get(index * 4..index * 4 + 4)?;
            usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
        };
        let header = field(0).ok_or_else(broken)?;
        let (width, height) = field(4).zip(field(5)).ok_or_else(broken)?;
        let (order, bits) = field(7).zip(field(11)).ok_or_else(broken)?;
        let (row, colours) = field(12).zip(field(19)).ok_or_else(broken)?;
        if field(1) != Some(7) || bits != 32 || row < width * 4 {
            return Err(broken());
        }
        let pixels = dump.get(header + colours * 12..).ok_or_else(broken)?;
        let mut rgb = Vec::with_capacity(width * height * 3);
        for line in pixels.chunks_exact(row).take(height) {
            for pixel in line.chunks_exact(4).take(width) {
                let &[a, b, c, d] = pixel else {
                    return Err(broken());
                };
                rgb.extend(if order == 0 { [c, b, a] } else { [b, c, d] });
            }
        }
        if rgb.len() == width * height * 3 {
            Ok(Self { width, height, rgb })
        } else {
            Err(broken())
        }
    }

    /// The picture in a PNG file of eight bits a channel.
    pub(crate) fn read(file: &Path) -> Outcome<Self> {
        let bytes = fs::File::open(file).while_doing(file.display())?;
        let mut reader = png::Decoder::new(std::io::BufReader::new(bytes))
            .read_info()
            .while_doing(file.display())?;
        let size = reader.output_buffer_size().unwrap_or_default();
        let mut data = vec![0; size];
        let frame = reader.next_frame(&mut data).while_doing(file.display())?;
        data.truncate(frame.buffer_size());
        let rgb = match (frame.bit_depth, frame.color_type) {
            (png::BitDepth::Eight, png::ColorType::Rgb) => data,
            (png::BitDepth::Eight, png::ColorType::Rgba) => data
                .chunks_exact(4)
                .flat_map(|pixel| pixel.iter().copied().take(3))
                .collect(),
            _ => {
                return Err(Failure::new(format!(
                    "{}: not a screenshot",
                    file.display()
                )));
            }
        };
        let side = |length: u32| usize::try_from(length).unwrap_or_default();
        Ok(Self {
            width: side(frame.width),
            height: side(frame.height),
            rgb,
        })
    }

    /// Writes it as PNG.
    pub(crate) fn write(&self, file: &Path) -> Outcome {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).while_doing(folder.display())?;
        }
        let open = fs::File::create(file).while_doing(file.display())?;
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(open, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().while_doing(file.display())?;
        writer
            .write_image_data(&self.rgb)
            .while_doing(file.display())
    }

    /// Without the black of the empty screen around the window.
    pub(crate) fn cropped(&self) -> Self {
        let row_is_lit = |y: &usize| self.row(*y).iter().any(|&part| part != 0);
        let top = (0..self.height).find(row_is_lit).unwrap_or(0);
        let bottom = (0..self.height)
            .rev()
            .find(row_is_lit)
            .map_or(self.height, |y| y + 1);
        let column_is_lit =
            |x: &usize| (top..bottom).any(|y| self.pixel(*x, y).iter().any(|&part| part != 0));
        let left = (0..self.width).find(column_is_lit).unwrap_or(0);
        let right = (0..self.width)
            .rev()
            .find(column_is_lit)
            .map_or(self.width, |x| x + 1);
        let rgb = (top..bottom)
            .flat_map(|y| self.row(y).get(left * 3..right * 3).unwrap_or_default())
            .copied()
            .collect();
        Self {
            width: right - left,
            height: bottom - top,
            rgb,
        }
    }

    /// How it looks, in two figures.
    pub(crate) fn look(&self) -> Look {
        let mut counts: HashMap<&[u8], usize> = HashMap::new();
        for pixel in self.rgb.chunks_exact(3) {
            *counts.entry(pixel).or_default() += 1;
        }
        let total = (self.width * self.height).max(1);
        let most = counts.values().copied().max().unwrap_or(total);
        #[allow(clippy::cast_precision_loss)] // a share of a few million pixels
        let drawn = (total - most) as f64 / total as f64;
        Look {
            colours: counts.len(),
            drawn,
        }
    }

    fn row(&self, y: usize) -> &[u8] {
        let length = self.width * 3;
        self.rgb
            .get(y * length..(y + 1) * length)
            .unwrap_or_default()
    }

    fn pixel(&self, x: usize, y: usize) -> &[u8] {
        self.row(y).get(x * 3..x * 3 + 3).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(width: usize, height: usize, colour: impl Fn(usize, usize) -> [u8; 3]) -> Picture {
        let rgb = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| colour(x, y))
            .collect();
        Picture { width, height, rgb }
    }

    fn dump(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let mut words = [0u32; 25];
        words[0] = 100;
        words[1] = 7;
        words[4] = width;
        words[5] = height;
        words[11] = 32;
        words[12] = width * 4;
        words[19] = 2;
        let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        bytes.extend([0; 24]);
        for _ in 0..width * height {
            bytes.extend(pixel);
        }
        bytes
    }

    #[test]
    fn reads_a_dump_with_the_low_byte_first() {
        let picture = Picture::from_window_dump(&dump(3, 2, [1, 2, 3, 0])).unwrap();
        assert_eq!((picture.width, picture.height), (3, 2));
        assert_eq!(picture.pixel(2, 1), [3, 2, 1]);
    }

    #[test]
    fn refuses_a_dump_that_was_cut() {
        let mut cut = dump(3, 2, [1, 2, 3, 0]);
        cut.truncate(cut.len() - 13);
        assert!(Picture::from_window_dump(&cut).is_err());
        assert!(Picture::from_window_dump(&[]).is_err());
    }

    #[test]
    fn a_page_of_one_colour_is_not_drawn() {
        assert!(!painted(50, 50, |_, _| [255; 3]).look().is_drawn());
    }

    #[test]
    fn a_page_with_text_is_drawn() {
        let grey = |x: usize, y: usize| {
            if x < 10 {
                [u8::try_from(y).unwrap(); 3]
            } else {
                [255; 3]
            }
        };
        assert!(painted(50, 50, grey).look().is_drawn());
    }

    #[test]
    fn cuts_the_empty_screen_away() {
        let window = |x: usize, y: usize| {
            if (2..5).contains(&x) && y == 3 {
                [9; 3]
            } else {
                [0; 3]
            }
        };
        let cropped = painted(8, 8, window).cropped();
        assert_eq!((cropped.width, cropped.height), (3, 1));
        assert_eq!(cropped.rgb, [9; 9]);
    }

    #[test]
    fn what_it_writes_it_reads() {
        let file = std::env::temp_dir().join(format!("hwagin-screen-{}.png", std::process::id()));
        let picture = painted(7, 5, |x, y| [u8::try_from(x * y).unwrap(), 1, 2]);
        picture.write(&file).unwrap();
        let back = Picture::read(&file);
        fs::remove_file(&file).unwrap();
        assert_eq!(back.unwrap().rgb, picture.rgb);
    }
}
