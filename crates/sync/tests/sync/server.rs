//! A server on this machine that serves a folder, and can be told to serve it badly.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// What it does instead of serving.
#[derive(Clone, Debug)]
pub(crate) enum Trick {
    /// Sends so many bytes of the body, and hangs up.
    Cut(usize),
    /// Says that it is busy, and for how many seconds.
    Busy(Option<u32>),
    /// Answers to a range with everything.
    IgnoreRange,
    /// Never stops.
    Endless,
    /// Sends elsewhere.
    Redirect(String),
}

/// What it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) status: u16,
    /// Bytes of the body that were sent.
    pub(crate) sent: usize,
    pub(crate) accept: Option<String>,
}

struct Rule {
    ending: String,
    trick: Trick,
    times: usize,
}

#[derive(Default)]
struct State {
    folder: PathBuf,
    rules: Vec<Rule>,
    seen: Vec<Seen>,
}

pub(crate) struct Server {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

struct Request {
    path: String,
    range: Option<usize>,
    none_match: Option<String>,
    accept: Option<String>,
}

impl Server {
    pub(crate) fn of(folder: &Path) -> Self {
        Self::speaking("http", folder, |connection, state| {
            let _ = answer(&mut &connection, state);
        })
    }

    /// One with TLS, and the certificate of the authority that vouches for it.
    pub(crate) fn safe(folder: &Path) -> (Self, CertificateDer<'static>) {
        let (config, authority) = tls();
        let server = Self::speaking("https", folder, move |connection, state| {
            let session = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(session, connection);
            let _ = answer(&mut stream, state);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        });
        (server, authority)
    }

    // Who hangs up on us has seen enough.
    fn speaking(
        scheme: &str,
        folder: &Path,
        serve: impl Fn(TcpStream, &Mutex<State>) + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            folder: folder.to_owned(),
            ..State::default()
        }));
        let theirs = state.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                serve(connection, &theirs);
            }
        });
        Self { url, state }
    }

    /// Plays that trick, so many times, when it is asked for a path with that ending.
    pub(crate) fn play(&self, ending: &str, trick: Trick, times: usize) {
        self.state.lock().unwrap().rules.push(Rule {
            ending: ending.to_owned(),
            trick,
            times,
        });
    }

    pub(crate) fn stop_playing(&self) {
        self.state.lock().unwrap().rules.clear();
    }

    /// Serves another folder from here on.
    pub(crate) fn serve(&self, folder: &Path) {
        self.state.lock().unwrap().folder = folder.to_owned();
    }

    /// What it was asked since it was asked this last.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.state.lock().unwrap().seen)
    }
}

impl Request {
    fn read(connection: &mut impl Read) -> std::io::Result<Self> {
        let mut lines = BufReader::new(connection.take(64 * 1024)).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let mut request = Self {
            path: first.split(' ').nth(1).unwrap_or("/").to_owned(),
            range: None,
            none_match: None,
            accept: None,
        };
        for line in lines {
            let line = line?;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "range" => {
                    let from = value.strip_prefix("bytes=").unwrap().strip_suffix('-');
                    request.range = Some(from.unwrap().parse().unwrap());
                }
                "if-none-match" => request.none_match = Some(value.to_owned()),
                "accept" => request.accept = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(request)
    }
}

impl State {
    fn trick(&mut self, path: &str) -> Option<Trick> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.times > 0 && path.ends_with(&rule.ending))?;
        rule.times -= 1;
        Some(rule.trick.clone())
    }
}

/// What a server on this machine needs, and the certificate of a new authority.
fn tls() -> (Arc<ServerConfig>, CertificateDer<'static>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap().der().clone();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    (Arc::new(config), authority)
}

fn answer(connection: &mut (impl Read + Write), state: &Mutex<State>) -> std::io::Result<()> {
    let request = Request::read(connection)?;
    let (trick, folder) = {
        let mut state = state.lock().unwrap();
        (state.trick(&request.path), state.folder.clone())
    };
    let (status, head, body) = reply(&request, trick.as_ref(), &folder);
    let at = {
        let mut state = state.lock().unwrap();
        state.seen.push(Seen {
            path: request.path,
            status,
            sent: 0,
            accept: request.accept,
        });
        state.seen.len() - 1
    };
    let tell = |sent| {
        if let Some(seen) = state.lock().unwrap().seen.get_mut(at) {
            seen.sent = sent;
        }
    };
    let out = connection;
    write!(
        out,
        "HTTP/1.1 {status} X\r\nConnection: close\r\n{head}\r\n"
    )?;
    if matches!(trick, Some(Trick::Endless)) {
        let mut sent = 0;
        while out.write_all(&[b' '; 4096]).is_ok() {
            sent += 4096;
            tell(sent);
        }
        return Ok(());
    }
    let length = match trick {
        Some(Trick::Cut(length)) => length.min(body.len()),
        _ => body.len(),
    };
    tell(length);
    out.write_all(&body[..length])
}

/// Status, more headers, body.
fn reply(request: &Request, trick: Option<&Trick>, folder: &Path) -> (u16, String, Vec<u8>) {
    match trick {
        Some(Trick::Busy(after)) => {
            let after = after.map(|after| format!("Retry-After: {after}\r\n"));
            return (
                503,
                after.unwrap_or_default() + "Content-Length: 0\r\n",
                Vec::new(),
            );
        }
        Some(Trick::Redirect(to)) => {
            let head = format!("Location: {to}\r\nContent-Length: 0\r\n");
            return (302, head, Vec::new());
        }
        Some(Trick::Endless) => return (200, String::new(), Vec::new()),
        _ => {}
    }
    let Ok(body) = fs::read(folder.join(request.path.trim_start_matches('/'))) else {
        return (404, "Content-Length: 0\r\n".to_owned(), Vec::new());
    };
    let sum = body.iter().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
    });
    let tag = format!("\"{sum}-{}\"", body.len());
    if request.none_match.as_ref() == Some(&tag) {
        return (304, format!("ETag: {tag}\r\n"), Vec::new());
    }
    let all = body.len();
    match request.range {
        Some(from) if !matches!(trick, Some(Trick::IgnoreRange)) => {
            if from >= all {
                return (
                    416,
                    format!("Content-Range: bytes */{all}\r\nContent-Length: 0\r\n"),
                    Vec::new(),
                );
            }
            let head = format!(
                "Content-Range: bytes {from}-{}/{all}\r\nContent-Length: {}\r\n",
                all - 1,
                all - from
            );
            (206, head, body[from..].to_vec())
        }
        _ => (
            200,
            format!("ETag: {tag}\r\nContent-Length: {all}\r\n"),
            body,
        ),
    }
}
