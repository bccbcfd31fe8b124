use std::time::Duration;

use super::*;
use image::{ImageFormat, Rgb, RgbImage};

const SIDES: (u32, u32) = (640, 480);

/// A picture with something in every corner.
fn picture() -> RgbImage {
    RgbImage::from_fn(SIDES.0, SIDES.1, |x, y| {
        Rgb([(x / 4) as u8, (y / 2) as u8, ((x + y) / 8 % 2 * 200) as u8])
    })
}

fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let into = &mut Cursor::new(&mut bytes);
    picture().write_to(into, ImageFormat::Jpeg).unwrap();
    bytes
}

fn once(coding: Coding, sides: (u32, u32), bytes: &[u8]) -> Result<Frame, FrameError> {
    Decoder::default().frame(coding, sides.0, sides.1, 0, bytes)
}

fn first_pixel(mut frame: Frame) -> [u8; 4] {
    let preview = frame.take_preview().unwrap();
    *preview.rgba().first_chunk().unwrap()
}

#[test]
fn formats_of_one_red_picture_give_the_same_frame() {
    let (sides, area) = ((8, 4), 32);
    let rgb = once(Coding::Rgb, sides, &[254, 0, 0].repeat(area));
    let bgr = once(Coding::Bgr, sides, &[0, 0, 254].repeat(area));
    let yuyv = once(Coding::Yuyv, sides, &[76, 85, 76, 255].repeat(16));
    let nv12 = [vec![76; area], [85, 255].repeat(8)].concat();
    let nv12 = once(Coding::Nv12, sides, &nv12);
    let mut jpeg = Vec::new();
    let image = RgbImage::from_pixel(sides.0, sides.1, Rgb([254, 0, 0]));
    image
        .write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg)
        .unwrap();
    jpeg.resize(jpeg.len() + 1_000, 0);
    let jpeg = once(Coding::Mjpeg, (0, 0), &jpeg);
    for frame in [rgb, bgr, yuyv, nv12, jpeg].map(Result::unwrap) {
        assert_eq!((frame.width(), frame.height()), sides);
        let grey = frame.luma().unwrap().pixels()[0];
        assert!(grey.abs_diff(76) <= 2, "{grey}");
        let coding = frame.coding();
        let pixel = first_pixel(frame);
        let red = [254, 0, 0, 255];
        let near = pixel.iter().zip(red).all(|(a, b)| a.abs_diff(b) <= 4);
        assert!(near, "{coding:?} {pixel:?}");
    }
}

#[test]
fn grey_stays_grey() {
    let frame = Frame::from_grey(2, 2, &[10, 20, 30, 40]).unwrap();
    assert_eq!(frame.luma().unwrap().pixels(), [10, 20, 30, 40]);
    assert_eq!(first_pixel(frame), [10, 10, 10, 255]);
}

#[test]
fn rows_with_padding_are_read_without_it() {
    let padded = [1, 128, 2, 128, 99, 99, 3, 128, 4, 128];
    let frame = Decoder::default().frame(Coding::Yuyv, 2, 2, 6, &padded);
    assert_eq!(frame.unwrap().luma().unwrap().pixels(), [1, 2, 3, 4]);
}

#[test]
fn the_grey_of_a_jpeg_is_the_same_with_and_without_a_preview() {
    let (mut decoder, jpeg) = (Decoder::default(), jpeg());
    let mut frame = || decoder.frame(Coding::Mjpeg, 0, 0, 0, &jpeg).unwrap();
    let (mut with, mut without) = (frame(), frame());
    assert!(with.take_preview().is_some() && without.take_preview().is_none());
    let (with, without) = (with.luma().unwrap(), without.luma().unwrap());
    assert!(with.pixels() == without.pixels());
    let truth = picture();
    let far = with.pixels().iter().zip(truth.pixels());
    let far = far.filter(|(grey, Rgb([r, g, b]))| grey.abs_diff(grey_of(*r, *g, *b)) > 24);
    // As far as a JPEG goes.
    assert!(far.count() < 2_000);
}

#[test]
fn short_or_impossible_frames_are_refused() {
    for coding in [Coding::Yuyv, Coding::Nv12, Coding::Grey, Coding::Rgb] {
        let error = |sides, bytes: &[u8]| once(coding, sides, bytes).err();
        assert_eq!(error((64, 48), &[0; 100]), Some(FrameError::Short));
        assert_eq!(error((0, 48), &[0; 100]), Some(FrameError::Sides));
        assert_eq!(error((64, 0), &[0; 100]), Some(FrameError::Sides));
        assert_eq!(error((5_000, 48), &[]), Some(FrameError::Sides));
    }
}

#[test]
fn broken_jpegs_are_refused_and_the_next_frame_is_not() {
    let mut decoder = Decoder::default();
    let whole = jpeg();
    let mut huge = whole.clone();
    let sides = huge
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap()
        + 5;
    huge[sides..sides + 4].copy_from_slice(&[0xFF; 4]);
    let mut zero = whole.clone();
    zero[sides..sides + 4].copy_from_slice(&[0; 4]);
    let half = &whole[..whole.len() / 2];
    let header = &whole[..sides];
    let broken: [&[u8]; 7] = [
        &[],
        &[0xFF, 0xD8, 0, 0],
        b"no picture",
        &huge,
        &zero,
        half,
        header,
    ];
    for (number, bytes) in broken.into_iter().enumerate() {
        for _ in 0..2 {
            let frame = decoder.frame(Coding::Mjpeg, 640, 480, 0, bytes);
            assert!(frame.is_err(), "{number}");
        }
        let next = decoder.frame(Coding::Mjpeg, 640, 480, 0, &whole).unwrap();
        assert_eq!((next.width(), next.height()), SIDES);
    }
}

#[test]
fn a_jpeg_without_its_end_mark_is_whole() {
    let mut bytes = jpeg();
    bytes.truncate(bytes.len() - 2);
    assert!(once(Coding::Mjpeg, (0, 0), &bytes).is_ok());
}

#[test]
fn a_frame_allocates_nothing_once_the_stream_runs() {
    let yuyv = vec![90; 640 * 480 * 2];
    // Previews are handed over to the window for good, so each is new; none is due here.
    let mut decoder = Decoder {
        due: Due(Some(Instant::now() + Duration::from_secs(3_600))),
        ..Decoder::default()
    };
    let mut run = |coding, bytes: &[u8]| {
        let mut stream = |count| {
            let mut waiting = None;
            for _ in 0..count {
                let frame = decoder.frame(coding, 640, 480, 0, bytes).unwrap();
                drop(waiting.replace(frame));
            }
        };
        // The first frames fill the pool; what follows is the steady state.
        stream(3);
        allocation_counter::measure(|| stream(10))
    };
    let plain = run(Coding::Yuyv, &yuyv);
    assert_eq!(plain.count_total, 0, "{plain:?}");
    let jpeg = run(Coding::Mjpeg, &jpeg());
    // The decoder makes its tables and a few rows anew for each file, and nothing of a frame's size.
    assert!(jpeg.bytes_max < 640 * 480, "{jpeg:?}");
}
