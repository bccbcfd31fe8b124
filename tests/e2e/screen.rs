//! The X screen that the window is on, so far as to ask a window to close as its button does.
//!
//! WebDriver can end a page, not a window. Requests, replies and their places are those of the
//! X Window System Protocol, version 11, appendix B.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

const GET_WINDOW_ATTRIBUTES: u8 = 3;
const QUERY_TREE: u8 = 15;
const INTERN_ATOM: u8 = 16;
const GET_PROPERTY: u8 = 20;
const SEND_EVENT: u8 = 25;
const CLIENT_MESSAGE: u8 = 33;

/// A connection to the server that `DISPLAY` names.
struct Screen {
    server: UnixStream,
    root: u32,
}

/// The windows of this title are asked to close; how many there are.
pub fn close(title: &str) -> usize {
    let mut screen = Screen::open();
    let [protocols, delete, name] =
        ["WM_PROTOCOLS", "WM_DELETE_WINDOW", "_NET_WM_NAME"].map(|name| screen.atom(name));
    let windows = screen.called(title, name);
    for window in &windows {
        let mut event = vec![CLIENT_MESSAGE, 32, 0, 0];
        for word in [*window, protocols, delete, 0, 0, 0, 0] {
            event.extend(word.to_le_bytes());
        }
        let to = [window.to_le_bytes(), [0; 4]].concat();
        screen.ask(SEND_EVENT, &[to, event].concat());
    }
    // An answer to this means that the server took what came before.
    screen.atom("WM_PROTOCOLS");
    windows.len()
}

/// How many windows of this title can be seen.
pub fn count(title: &str) -> usize {
    let mut screen = Screen::open();
    let name = screen.atom("_NET_WM_NAME");
    let mut windows = screen.called(title, name);
    windows.retain(|window| screen.is_mapped(*window));
    windows.len()
}

impl Screen {
    fn open() -> Self {
        let display = std::env::var("DISPLAY").unwrap();
        let number = display.trim_start_matches(':').split('.').next().unwrap();
        let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).unwrap();
        // Little endian, version 11.0, no name and no key.
        server
            .write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            .unwrap();
        let mut head = [0; 8];
        server.read_exact(&mut head).unwrap();
        assert_eq!(head[0], 1, "the server refuses");
        let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
        server.read_exact(&mut rest).unwrap();
        // The first screen comes behind the vendor's name and the formats.
        let vendor = usize::from(u16::from_le_bytes([rest[16], rest[17]]));
        let formats = usize::from(rest[21]);
        let root = word(&rest, 32 + vendor.next_multiple_of(4) + 8 * formats);
        Self { server, root }
    }

    fn ask(&mut self, request: u8, body: &[u8]) {
        let words = u16::try_from(1 + body.len().div_ceil(4)).unwrap();
        let [low, high] = words.to_le_bytes();
        let mut bytes = [&[request, 0, low, high], body].concat();
        bytes.resize(usize::from(words) * 4, 0);
        self.server.write_all(&bytes).unwrap();
    }

    fn answer(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; 32];
        self.server.read_exact(&mut bytes).unwrap();
        assert_eq!(bytes[0], 1, "an error of the server: {bytes:?}");
        let more = usize::try_from(word(&bytes, 4)).unwrap() * 4;
        bytes.resize(32 + more, 0);
        self.server.read_exact(&mut bytes[32..]).unwrap();
        bytes
    }

    fn atom(&mut self, name: &str) -> u32 {
        let [low, high] = u16::try_from(name.len()).unwrap().to_le_bytes();
        self.ask(INTERN_ATOM, &[&[low, high, 0, 0], name.as_bytes()].concat());
        word(&self.answer(), 8)
    }

    /// The windows on the screen itself: no window manager runs there.
    fn children(&mut self) -> Vec<u32> {
        self.ask(QUERY_TREE, &self.root.to_le_bytes());
        let answer = self.answer();
        let count = usize::from(u16::from_le_bytes([answer[16], answer[17]]));
        (0..count).map(|at| word(&answer, 32 + 4 * at)).collect()
    }

    /// The windows that have this title in that property.
    fn called(&mut self, title: &str, name: u32) -> Vec<u32> {
        let mut windows = self.children();
        windows.retain(|window| {
            let found = self.property(*window, name);
            // Replies come in words.
            String::from_utf8_lossy(&found).trim_end_matches('\0') == title
        });
        windows
    }

    /// Whether the window is on the screen, and not only there.
    fn is_mapped(&mut self, window: u32) -> bool {
        self.ask(GET_WINDOW_ATTRIBUTES, &window.to_le_bytes());
        self.answer()[26] == 2
    }

    /// What this property of the window is, or nothing.
    fn property(&mut self, window: u32, name: u32) -> Vec<u8> {
        let any_type_from_start = [0, 0];
        let words = [window, name].into_iter().chain(any_type_from_start);
        let body: Vec<u8> = words.chain([64]).flat_map(u32::to_le_bytes).collect();
        self.ask(GET_PROPERTY, &body);
        self.answer()[32..].to_vec()
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}
