//! Connections: how many, how long, how much.
//!
//! A request has a head of at most 16 KiB and 100 fields, five seconds to arrive, and
//! no body. There are 64 connections at most, 32 of which may wait for events; one
//! that waits for nothing ends after a minute, however slowly it reads.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

use super::answer::{self, Answer, Hosts, answer};
use super::{Asked, Draw, Shown};
use crate::source;

/// Connections at one time.
const CONNECTIONS: usize = 64;
/// Of these, streams of events.
const STREAMS: usize = 32;
/// Bytes of a request's head.
const HEAD: usize = 16 * 1024;
/// Fields of a request's head.
const FIELDS: usize = 100;
/// How long things may take.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// A request's head, from the end of the one before.
    arrival: Duration,
    /// A connection that is no stream.
    life: Duration,
    /// The answer under way when that has passed.
    grace: Duration,
}

const PATIENCE: Patience = Patience {
    arrival: Duration::from_secs(5),
    life: Duration::from_mins(1),
    grace: Duration::from_secs(5),
};
/// How often a stream is tried, to find out who has gone.
const BEAT: Duration = Duration::from_secs(15);

type Channel = watch::Receiver<Arc<Shown>>;

/// A socket that listens.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

impl Door {
    /// Listens on `port` of `host`, or on one of the next where that is taken, or on
    /// any.
    ///
    /// # Errors
    ///
    /// What the system says of the last try.
    pub fn open(host: IpAddr, port: u16) -> io::Result<Self> {
        const NEXT: u16 = 20;
        let ports = (port..=port.saturating_add(NEXT)).chain([0]);
        let mut result = Err(io::ErrorKind::AddrInUse.into());
        for port in ports {
            result = TcpListener::bind((host, port));
            match &result {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                _ => break,
            }
        }
        let listener = result?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Answers every request that comes in through `door`, on this thread, for ever.
pub(super) fn answer_all(door: Door, shown: &Channel, asked: Asked, draw: Draw) -> io::Result<()> {
    answer_with(PATIENCE, door, shown, asked, draw)
}

fn answer_with(
    patience: Patience,
    door: Door,
    shown: &Channel,
    asked: Asked,
    draw: Draw,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(door.listener)?;
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let streams = Arc::new(Semaphore::new(STREAMS));
        let hosts = Hosts::of(door.address);
        let desk = Desk { patience, hosts, shown: shown.clone(), streams, asked, draw };
        // Closed by nobody, so the loop has no other end than the process.
        while let Ok(permit) = Arc::clone(&connections).acquire_owned().await {
            match listener.accept().await {
                Ok((stream, _)) => {
                    // A small answer should not wait for more of it.
                    let _ = stream.set_nodelay(true);
                    tokio::spawn(converse(TokioIo::new(stream), desk.clone(), permit));
                }
                // The one who came has gone again, or there are no more files.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        Ok(())
    })
}

/// What every connection needs.
#[derive(Clone)]
struct Desk {
    patience: Patience,
    hosts: Hosts,
    shown: Channel,
    streams: Arc<Semaphore>,
    asked: Asked,
    draw: Draw,
}

/// One connection, to its end.
async fn converse(io: TokioIo<TcpStream>, desk: Desk, permit: OwnedSemaphorePermit) {
    let Patience { arrival, life, grace } = desk.patience;
    let is_stream = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| {
        let (desk, is_stream) = (desk.clone(), Arc::clone(&is_stream));
        async move { Ok::<_, Infallible>(reply(request, desk, &is_stream).await) }
    });
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(arrival)
        .max_headers(FIELDS)
        .max_header_size(HEAD);
    let mut connection = pin!(protocol.serve_connection(io, service));
    // What goes wrong with a connection is between it and its client.
    if tokio::time::timeout(life, connection.as_mut()).await.is_err() {
        if is_stream.load(Ordering::Relaxed) {
            let _ = connection.await;
        } else {
            connection.as_mut().graceful_shutdown();
            let _ = tokio::time::timeout(grace, connection).await;
        }
    }
    drop(permit);
}

async fn reply(
    request: Request<Incoming>,
    mut desk: Desk,
    is_stream: &AtomicBool,
) -> Response<Reply> {
    let seen = Seen::of(&request);
    // A browser that is there before the first build waits for it.
    let is_there = |shown: &Arc<Shown>| {
        let is_early = || answer::early(&seen.target, shown).is_some();
        shown.site.is_some() || shown.problem.is_some() || is_early()
    };
    let ready = desk.shown.wait_for(is_there).await;
    let Ok(shown) = ready.map(|shown| Arc::clone(&shown)) else {
        return refuse(503, "the server is ending\n");
    };
    let Desk { hosts, shown: channel, streams, asked, draw, .. } = desk;
    // Rendering takes a while for some pages; others are not to wait for it.
    let answered = tokio::task::spawn_blocking(move || {
        let given: Vec<&str> = seen.hosts.iter().map(String::as_str).collect();
        let request = seen.request(&given);
        let file = |file: &std::path::Path| source::static_bytes(file).ok();
        answer(request, &hosts, &shown, &asked, file, draw)
    });
    match answered.await {
        Ok(Answer::Whole { status, kind, body }) => whole(status, kind, Bytes::from(body)),
        Ok(Answer::Elsewhere(to)) => elsewhere(&to),
        Ok(Answer::Events) => match streams.try_acquire_owned() {
            Ok(permit) => {
                is_stream.store(true, Ordering::Relaxed);
                stream(channel, permit)
            }
            Err(_) => refuse(503, "too many pages are open\n"),
        },
        Err(_) => refuse(500, "the page could not be made\n"),
    }
}

/// A request, apart from its connection.
struct Seen {
    method: String,
    target: String,
    hosts: Vec<String>,
    origin: Option<String>,
    has_body: bool,
}

impl Seen {
    fn of(request: &Request<Incoming>) -> Self {
        // A value that is no text matches nothing.
        let text = |value: &HeaderValue| value.to_str().unwrap_or("?").to_owned();
        let fields = request.headers();
        Self {
            method: request.method().as_str().to_owned(),
            target: request.uri().to_string(),
            hosts: fields.get_all(header::HOST).iter().map(text).collect(),
            origin: fields.get(header::ORIGIN).map(text),
            has_body: !request.body().is_end_stream(),
        }
    }

    fn request<'a>(&'a self, hosts: &'a [&'a str]) -> answer::Request<'a> {
        answer::Request {
            method: &self.method,
            target: &self.target,
            hosts,
            origin: self.origin.as_deref(),
            has_body: self.has_body,
        }
    }
}

fn refuse(status: u16, words: &'static str) -> Response<Reply> {
    whole(status, "text/plain; charset=utf-8", Bytes::from_static(words.as_bytes()))
}

fn whole(status: u16, kind: &'static str, body: Bytes) -> Response<Reply> {
    let mut response = plain(Reply::Whole(Some(body)));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if status == 405 {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn elsewhere(to: &str) -> Response<Reply> {
    let Ok(to) = HeaderValue::try_from(to) else { return refuse(404, "not here\n") };
    let mut response = plain(Reply::Whole(Some(Bytes::new())));
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// An answer with the fields that all have: nothing is kept, guessed, framed or given
/// to other sites.
fn plain(body: Reply) -> Response<Reply> {
    let mut response = Response::new(body);
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A stream of events that tells when a page is another one. It says which kind of
/// change it was and nothing else; one that reads slowly misses what was between.
fn stream(mut shown: Channel, permit: OwnedSemaphorePermit) -> Response<Reply> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let _permit = permit;
        let mut version;
        let mut events = {
            let now = shown.borrow_and_update();
            version = now.version;
            let problem = now.problem.as_ref().map_or("", |_| "event: problem\ndata:\n\n");
            format!("event: hello\ndata: {}\n\n{problem}", now.version)
        };
        loop {
            if sender.send(Bytes::from(events)).await.is_err() {
                return;
            }
            events = match tokio::time::timeout(BEAT, shown.changed()).await {
                Err(_) => ":\n\n".to_owned(),
                Ok(Err(_)) => return,
                Ok(Ok(())) => {
                    let now = shown.borrow_and_update();
                    let is_new = std::mem::replace(&mut version, now.version) != now.version;
                    let event = match (&now.problem, now.is_style) {
                        // The rest of a site whose first pages were there early.
                        _ if !is_new => "hello",
                        (Some(_), _) => "problem",
                        (None, true) => "style",
                        (None, false) => "reload",
                    };
                    format!("event: {event}\ndata: {}\n\n", now.version)
                }
            };
        }
    });
    let mut response = plain(Reply::Events(receiver));
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// The body of an answer.
enum Reply {
    /// All of it, until it is sent.
    Whole(Option<Bytes>),
    /// As it happens.
    Events(mpsc::Receiver<Bytes>),
}

impl Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take()),
            Self::Events(events) => events.poll_recv(context),
        };
        bytes.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Self::Events(_) => SizeHint::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::{Read, Write};

    use super::*;
    use crate::serve::Early;
    use crate::site::Address;

    const SHORT: Patience = Patience {
        arrival: Duration::from_millis(200),
        life: Duration::from_millis(600),
        grace: Duration::from_millis(200),
    };
    const LARGE: usize = 64 * 1024 * 1024;

    /// A server that shows one large page, and its port. It ends with the test.
    fn server() -> u16 {
        let door = Door::open(IpAddr::from([127, 0, 0, 1]), 0).unwrap();
        let port = door.address().port();
        let pages = BTreeMap::from([(Address::home(), vec![b'x'; LARGE])]);
        let early = Early { base_path: String::new(), pages: Arc::new(pages) };
        std::thread::spawn(move || {
            let shown = Arc::new(Shown { version: 1, early, ..Shown::default() });
            let (_sender, receiver) = watch::channel(shown);
            answer_with(SHORT, door, &receiver, Asked::default(), |_| String::new())
        });
        port
    }

    fn connect(port: u16) -> std::net::TcpStream {
        let stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    #[test]
    fn who_reads_too_slowly_is_let_go_of() {
        let port = server();
        let mut stream = connect(port);
        write!(stream, "GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
        // Longer than such a connection may live; then what lies in the buffers of the
        // system may still be read.
        let (mut read, mut piece) = (0, [0; 4096]);
        for _ in 0..100 {
            std::thread::sleep(SHORT.life / 20);
            match stream.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(n) => read += n,
            }
        }
        let rest = stream.read_to_end(&mut Vec::new()).unwrap_or(0);
        assert!(read + rest < LARGE, "a slow reader is served to the end");
    }

    #[test]
    fn who_says_nothing_is_let_go_of() {
        let mut stream = connect(server());
        let ended = stream.read_to_end(&mut Vec::new());
        assert!(ended.is_ok_and(|n| n < 200), "the connection stays");
    }
}
