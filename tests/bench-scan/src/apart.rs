//! rqrr in a process of its own: its detector may need minutes for one picture, and only a process
//! can be stopped in the middle.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use cpu_time::ThreadTime;

use crate::readers::{Picture, Reading};

/// The word with which this program starts itself to be that process.
pub(crate) const WORD: &str = "--rqrr";

/// How long one picture may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(5);

/// A process that reads pictures.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Reading>,
}

/// Reads pictures in another process, and starts a new one after each that had to be stopped.
#[derive(Default)]
pub(crate) struct Apart {
    worker: Option<Worker>,
}

impl Apart {
    /// What it read; a picture that it did not finish in time is one in which it read nothing.
    pub(crate) fn read(&mut self, picture: Picture<'_>) -> Reading {
        let given_up = Reading {
            contents: Vec::new(),
            took: PATIENCE,
            panicked: true,
        };
        let worker = self.worker.get_or_insert_with(Worker::start);
        let answer = worker
            .send(picture)
            .ok()
            .and_then(|()| worker.answers.recv_timeout(PATIENCE).ok());
        answer.unwrap_or_else(|| {
            self.worker = None;
            given_up
        })
    }
}

impl Worker {
    fn start() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .arg(WORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program once more");
        let input = child.stdin.take().expect("a pipe");
        let mut output = child.stdout.take().expect("a pipe");
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            while let Ok(reading) = receive(&mut output) {
                if sender.send(reading).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            answers,
        }
    }

    fn send(&mut self, picture: Picture<'_>) -> io::Result<()> {
        self.input.write_all(&number(picture.width))?;
        self.input.write_all(&number(picture.height))?;
        self.input.write_all(picture.luma)?;
        self.input.flush()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // What has ended already cannot be ended again, and that is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn number(value: usize) -> [u8; 4] {
    (value as u32).to_le_bytes()
}

fn take_number(from: &mut impl Read) -> io::Result<usize> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes) as usize)
}

fn take_bytes(from: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn receive(from: &mut impl Read) -> io::Result<Reading> {
    let took = Duration::from_micros(take_number(from)? as u64);
    let panicked = take_number(from)? == 1;
    let count = take_number(from)?;
    let contents = (0..count).map(|_| {
        let length = take_number(from)?;
        take_bytes(from, length)
    });
    Ok(Reading {
        contents: contents.collect::<io::Result<_>>()?,
        took,
        panicked,
    })
}

/// That process: pictures come in, what is in them goes out, until there are no more.
pub(crate) fn work() {
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let (Ok(width), Ok(height)) = (take_number(&mut input), take_number(&mut input)) {
        let Ok(luma) = take_bytes(&mut input, width * height) else {
            return;
        };
        let start = ThreadTime::now();
        let done = std::panic::catch_unwind(|| read(width, height, &luma));
        let took = start.elapsed().as_micros() as usize;
        let mut answer = Vec::new();
        answer.extend(number(took));
        answer.extend(number(usize::from(done.is_err())));
        let contents = done.unwrap_or_default();
        answer.extend(number(contents.len()));
        for content in contents {
            answer.extend(number(content.len()));
            answer.extend(content);
        }
        if output
            .write_all(&answer)
            .and_then(|()| output.flush())
            .is_err()
        {
            return;
        }
    }
}

fn read(width: usize, height: usize, luma: &[u8]) -> Vec<Vec<u8>> {
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| luma[y * width + x]);
    let decode = |grid: rqrr::Grid<_>| {
        let mut content = Vec::new();
        grid.decode_to(&mut content).ok().map(|_| content)
    };
    prepared
        .detect_grids()
        .into_iter()
        .filter_map(decode)
        .collect()
}
