//! The HTTP side: one question at a time, asked again when that may help.

mod patience;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ureq::http::Response;
use ureq::http::header::{HeaderName, RETRY_AFTER};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body};
use url::Url;

use crate::address::{self, Plain};
use crate::failure::{Code, Failure};
use crate::part::CHUNK;

/// How often in a row something is asked for, if nothing else was said: with the pauses between,
/// some four seconds, which a restart of a server takes. The next run comes soon enough.
pub(crate) const TRIES: u32 = 5;

/// Redirects in a row: one to a mirror, one to a storage, and one to spare.
const MAX_REDIRECTS: u32 = 3;

/// Bodies of one target that may break off after they had begun: 64 MiB in steps of half a MiB.
const MAX_CUTS: u32 = 128;

/// To find the server, connect and shake hands: three round trips by satellite take two seconds.
const CONNECT: Duration = Duration::from_secs(15);

/// To the first byte of the answer, and between two pieces of it: nothing here is computed first.
const SILENCE: Duration = Duration::from_secs(30);

/// For a whole body. A target that takes longer is continued; metadata, 16 MiB at most, needs
/// half a megabit a second.
const WHOLE_BODY: Duration = Duration::from_secs(300);

/// A question.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a Url,
    pub(crate) plain: Plain,
    pub(crate) headers: Vec<(HeaderName, String)>,
}

impl<'a> Ask<'a> {
    pub(crate) fn new(url: &'a Url) -> Self {
        Self {
            url,
            plain: Plain::Here,
            headers: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Why there is no answer, and whether to ask again.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It will not get better.
    Final(Failure),
    /// It may, in a while; the server may have said when.
    Again(Failure, Option<Duration>),
    /// The answer broke off after it had got further than before.
    Cut(Failure),
}

/// The one who asks.
#[derive(Debug)]
pub(crate) struct Client {
    // By a proxy, if there is one. What is on this machine is never asked for by one: that would
    // be a way through the network in the clear.
    outside: Agent,
    here: Agent,
    tries: u32,
    bytes: AtomicU64,
    requests: AtomicU64,
}

impl Client {
    pub(crate) fn new(tries: u32) -> Self {
        Self {
            outside: agent(ureq::Proxy::try_from_env()),
            here: agent(None),
            tries,
            bytes: AtomicU64::new(0),
            requests: AtomicU64::new(0),
        }
    }

    /// Bytes of bodies so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The answer and the whole body, if it is not longer than that.
    pub(crate) fn fetch(&self, ask: &Ask, limit: u64) -> Result<(Response<()>, Vec<u8>), Failure> {
        self.persist(|| {
            let (about, mut body) = self.ask(ask)?.into_parts();
            let bytes = self.read(&mut body, ask.url, limit)?;
            Ok((Response::from_parts(about, ()), bytes))
        })
    }

    /// Asks again as long as that may help.
    pub(crate) fn persist<T>(
        &self,
        mut attempt: impl FnMut() -> Result<T, Trouble>,
    ) -> Result<T, Failure> {
        let (mut failed, mut cuts) = (0, 0);
        loop {
            match attempt() {
                Ok(answer) => return Ok(answer),
                Err(Trouble::Final(failure)) => return Err(failure),
                Err(Trouble::Cut(failure)) => {
                    (failed, cuts) = (0, cuts + 1);
                    if cuts >= MAX_CUTS {
                        return Err(failure);
                    }
                }
                Err(Trouble::Again(failure, asked)) => {
                    failed += 1;
                    if failed >= self.tries {
                        return Err(failure);
                    }
                    std::thread::sleep(patience::pause(failed, asked));
                }
            }
        }
    }

    /// One answer, by way of redirects: 200, 206 or 304, and nothing of its body yet.
    pub(crate) fn ask(&self, ask: &Ask) -> Result<Response<Body>, Trouble> {
        let mut url = ask.url.clone();
        let mut redirects = 0;
        loop {
            let response = self.ask_once(&url, ask)?;
            let status = response.status().as_u16();
            let failure = Failure::new(Code::Http(status), url.as_str());
            match status {
                200 | 206 | 304 => return Ok(response),
                301 | 302 | 303 | 307 | 308 => {
                    let to = header(&response, "location").and_then(|to| url.join(to).ok());
                    let to = to.filter(|to| address::may_follow(&url, to, ask.plain));
                    redirects += 1;
                    match to.filter(|_| redirects <= MAX_REDIRECTS) {
                        Some(to) => url = to,
                        None => return Err(Trouble::Final(failure)),
                    }
                }
                408 | 429 | 500..=599 => {
                    let asked = header(&response, RETRY_AFTER.as_str());
                    return Err(Trouble::Again(failure, asked.and_then(patience::asked)));
                }
                _ => return Err(Trouble::Final(failure)),
            }
        }
    }

    fn ask_once(&self, url: &Url, ask: &Ask) -> Result<Response<Body>, Trouble> {
        if !address::is_allowed(url, ask.plain) {
            return Err(Trouble::Final(Failure::usage(url.as_str())));
        }
        let is_here = address::is_here(url);
        let agent = if is_here { &self.here } else { &self.outside };
        let mut request = agent.get(url.as_str());
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        request.call().map_err(|error| {
            let failure = Failure::new(Code::Network, url.as_str());
            match error {
                ureq::Error::Http(_) | ureq::Error::BadUri(_) => Trouble::Final(failure),
                _ => Trouble::Again(failure, None),
            }
        })
    }

    /// The whole body, if it is not longer than that.
    fn read(&self, body: &mut Body, url: &Url, limit: u64) -> Result<Vec<u8>, Trouble> {
        let too_large = || Trouble::Final(Failure::new(Code::TooLarge, url.as_str()));
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let mut reader = body.as_reader();
        let mut bytes = Vec::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = self
                .read_some(&mut reader, &mut chunk)
                .map_err(|()| Trouble::Again(Failure::new(Code::Network, url.as_str()), None))?;
            if read.is_empty() {
                return Ok(bytes);
            }
            bytes.extend_from_slice(read);
            if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
                return Err(too_large());
            }
        }
    }

    /// The next bytes of a body, counted; none at its end.
    pub(crate) fn read_some<'a>(
        &self,
        body: &mut impl Read,
        chunk: &'a mut [u8],
    ) -> Result<&'a [u8], ()> {
        let count = body.read(chunk).map_err(drop)?;
        let counted = u64::try_from(count).unwrap_or_default();
        self.bytes.fetch_add(counted, Ordering::Relaxed);
        chunk.get(..count).ok_or(())
    }
}

/// The value of a header, if it is text.
pub(crate) fn header<'a, T>(response: &'a Response<T>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

fn agent(proxy: Option<ureq::Proxy>) -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    Agent::config_builder()
        .proxy(proxy)
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("hwagin-sync/", env!("CARGO_PKG_VERSION")))
        // A body is counted and measured as it is on the wire.
        .accept_encoding("identity")
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_send_request(Some(SILENCE))
        .timeout_recv_response(Some(SILENCE))
        .timeout_per_read(Some(SILENCE))
        .timeout_recv_body(Some(WHOLE_BODY))
        .build()
        .new_agent()
}
