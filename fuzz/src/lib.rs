//! Pictures drawn by bytes, and a clock for what they cost; documents signed around bytes.

pub mod signed;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cpu_time::ThreadTime;
use hwagin_frames::{Code, Ecc};
use hwagin_scanner::{Luma, Scanner, Symbol};

/// Bytes taken one after the other; zeros when there are no more.
pub struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// All of them are left.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        *first
    }

    /// A number from 0 to below `end`, of two bytes.
    fn below(&mut self, end: u32) -> u32 {
        let number = u32::from(self.byte()) << 8 | u32::from(self.byte());
        number * end / 65_536
    }

    fn up_to(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }
}

/// The symbols that are drawn: what a reader may find, and nothing else.
static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let texts: [(&[u8], Option<i16>); 6] = [
        (b"HWG1:A", None),
        (b"UR:BYTES/1-9/LPADASCFADAXCYWENBPLJKHDCA", None),
        (&[0, 159, 146, 150, 255, 0, 7], Some(7)),
        (b"HTTPS://EXAMPLE.INVALID/0123456789", Some(10)),
        (&[0x5a; 700], None),
        (b"LARGE", Some(40)),
    ];
    texts
        .into_iter()
        .map(|(text, version)| Code::new(text, Ecc::L, version).unwrap())
        .collect()
});

/// A grey picture that is being drawn.
pub struct Canvas {
    /// At most 1,280.
    pub width: u32,
    /// At most 960.
    pub height: u32,
    /// Row by row.
    pub pixels: Vec<u8>,
}

impl Canvas {
    /// An empty one, of the size that the input says.
    pub fn sized(input: &mut Input<'_>) -> Self {
        let (width, height) = (1 + input.below(1_280), 1 + input.below(960));
        Self {
            width,
            height,
            pixels: vec![input.byte(); (width * height) as usize],
        }
    }

    /// All is white again.
    pub fn clear(&mut self) {
        self.pixels.fill(255);
    }

    /// Everything moves by up to eight pixels.
    pub fn shift(&mut self, input: &mut Input<'_>) {
        let by = input.below(9) * self.width + input.below(9);
        if by < self.width * self.height {
            self.pixels.rotate_right(by as usize);
        }
    }

    /// One more thing is drawn.
    pub fn draw(&mut self, input: &mut Input<'_>) {
        match input.byte() % 9 {
            0..=2 => self.code(input),
            3 => self.finder(input),
            4 => self.cells(input),
            5 => self.stripes(input),
            6 => self.cover(input),
            7 => {
                for pixel in &mut self.pixels {
                    *pixel = !*pixel;
                }
            }
            _ => self.noise(input),
        }
    }

    fn set(&mut self, x: u32, y: u32, value: u8) {
        if x < self.width && y < self.height {
            self.pixels[(y * self.width + x) as usize] = value;
        }
    }

    fn square(&mut self, (left, top): (u32, u32), side: u32, value: u8) {
        for y in top..top + side {
            for x in left..left + side {
                self.set(x, y, value);
            }
        }
    }

    fn place(&self, input: &mut Input<'_>) -> (u32, u32) {
        (input.below(self.width), input.below(self.height))
    }

    /// A real symbol, its modules one to sixteen pixels wide, leaning by up to a half.
    fn code(&mut self, input: &mut Input<'_>) {
        let code = &CODES[usize::from(input.byte()) % CODES.len()];
        let (left, top) = self.place(input);
        let (module, lean) = (1 + input.below(16), input.below(64));
        let (dark, light) = (input.byte() / 2, 255 - input.byte() / 2);
        let side = code.modules as u32 + 8;
        for row in 0..side {
            for column in 0..side {
                let inside = |k: u32| (k as usize).wrapping_sub(4);
                let is_dark = code.is_dark(inside(column), inside(row));
                let x = left + column * module + row * module * lean / 128;
                let value = if is_dark { dark } else { light };
                self.square((x, top + row * module), module, value);
            }
        }
    }

    fn finder(&mut self, input: &mut Input<'_>) {
        let (mut at, module) = (self.place(input), 1 + input.below(24));
        for (side, value) in [(9, 255), (7, 0), (5, 255), (3, 0)] {
            self.square(at, side * module, value);
            at = (at.0 + module, at.1 + module);
        }
    }

    /// Cells of the input's own bits, again and again over a part or all of it.
    fn cells(&mut self, input: &mut Input<'_>) {
        let (size, columns) = (1 + input.below(8), 1 + input.below(64));
        let from = self.place(input);
        let bits = input.up_to(64);
        if bits.is_empty() {
            return;
        }
        for y in from.1..self.height {
            for x in from.0..self.width {
                let cell = (x / size % columns + y / size * columns) as usize;
                let bit = bits[cell / 8 % bits.len()] >> (cell % 8) & 1;
                self.set(x, y, 255 * bit);
            }
        }
    }

    /// The proportions of a finder pattern in every row: many candidates.
    fn stripes(&mut self, input: &mut Input<'_>) {
        let (unit, gap) = (1 + input.below(6), input.below(12));
        let (rows, first) = (1 + input.below(40), input.below(self.height));
        let period = 7 * unit + gap + 1;
        for y in (first..self.height).filter(|y| y / rows % 2 == 0) {
            for x in 0..self.width {
                let at = x % period / unit;
                let dark = matches!(at, 0 | 2 | 3 | 4 | 6) && x % period < 7 * unit;
                self.set(x, y, if dark { 0 } else { 255 });
            }
        }
    }

    fn cover(&mut self, input: &mut Input<'_>) {
        let (at, side, value) = (self.place(input), input.below(400), input.byte());
        self.square(at, side, value);
    }

    fn noise(&mut self, input: &mut Input<'_>) {
        let depth = u64::from(input.byte());
        let mut random = hwagin_frames::Random::new(u64::from(input.byte()));
        for pixel in &mut self.pixels {
            let change = (random.next_u64() >> 32) * depth >> 32;
            *pixel = pixel
                .saturating_add(change as u8)
                .saturating_sub((depth / 2) as u8);
        }
    }

    /// Only what can have been drawn was read, and its corners are numbers.
    pub fn allows(&self, symbol: &Symbol) {
        let is_drawn = CODES.iter().any(|code| code.truth == symbol.content);
        // Cells drawn bit by bit may make a tiny symbol of their own; no long one.
        assert!(
            is_drawn || symbol.content.len() <= 20,
            "read what nobody drew: {} bytes",
            symbol.content.len()
        );
        assert!(
            symbol
                .corners
                .iter()
                .all(|at| at.x.is_finite() && at.y.is_finite())
        );
    }
}

/// The CPU time of one scan.
pub struct Clock {
    start: ThreadTime,
    work: &'static Work,
}

/// A kind of scan, and the longest so far in thousandths of a plain frame.
pub struct Work {
    name: &'static str,
    longest: AtomicU64,
}

/// Frames of a stream.
pub static FRAME: Work = Work {
    name: "longest",
    longest: AtomicU64::new(0),
};

/// Pictures that come alone, on which more is tried.
pub static STILL: Work = Work {
    name: "longest_still",
    longest: AtomicU64::new(0),
};

/// What a plain frame costs: 1280×720 pixels with a small symbol, the best of ten.
static PLAIN: LazyLock<Duration> = LazyLock::new(|| {
    let mut canvas = Canvas {
        width: 1_280,
        height: 720,
        pixels: vec![200; 1_280 * 720],
    };
    let drawing = [0, 0, 64, 0, 64, 0, 80, 0, 0, 0, 0, 0];
    let mut input = Input::new(&drawing);
    canvas.draw(&mut input);
    let luma = Luma::new(canvas.width, canvas.height, &canvas.pixels).unwrap();
    let time = || {
        let clock = ThreadTime::now();
        assert_eq!(Scanner::new().scan(&luma).symbols.len(), 1);
        clock.elapsed()
    };
    (0..10).map(|_| time()).min().unwrap()
});

impl Clock {
    /// It runs for that kind of scan.
    pub fn start(work: &'static Work) -> Self {
        LazyLock::force(&PLAIN);
        LazyLock::force(&CODES);
        Self {
            start: ThreadTime::now(),
            work,
        }
    }

    /// The time is noted, and said when none was longer: in plain frames, of 1280×720 pixels where
    /// the picture has fewer, else of as many as it has.
    pub fn stop(self, width: u32, height: u32, bytes: &[u8]) {
        let took = self.start.elapsed().as_secs_f64();
        let share = (f64::from(width * height) / (1_280.0 * 720.0)).max(1.0);
        let frames = took / (PLAIN.as_secs_f64() * share);
        let thousandths = (frames * 1e3) as u64;
        if self.work.longest.fetch_max(thousandths, Ordering::Relaxed) < thousandths {
            println!("figure fuzz.{} {frames:.3}", self.work.name);
            println!("  {width}×{height} in {:.1} ms: {bytes:02x?}", took * 1e3);
        }
    }
}
