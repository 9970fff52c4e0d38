//! How soon a preview is there, and how soon an edit is on its page.
//!
//! ```text
//! cargo bench --bench preview                                  # 10,000 invented clippings
//! cargo bench --bench preview -- --archive DIR --saves 500     # a copy of these
//! ```
//!
//! What a person waits for, measured from outside: the program is started and asked as
//! a browser asks, over a socket. An edit is timed from before the file is written until
//! the last byte of its new page is here, by a client that waits for the stream of
//! events to say so. Saves are of two kinds: one changes words; one adds a sentence with a
//! name and a date, so that the timeline changes with it. Memory is what the system says of the process, where
//! it says so in `/proc`.
#![expect(clippy::disallowed_methods, reason = "it writes an archive and looks at the clock")]
#![expect(clippy::print_stdout, reason = "it prints its figures")]

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

mod clippings;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measure a preview
#[derive(Debug, Parser)]
struct Arguments {
    /// How many clippings to invent
    #[arg(long, default_value_t = 10_000)]
    n: u32,
    /// An archive to copy instead
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// How many times a clipping is saved
    #[arg(long, default_value_t = 20)]
    saves: u32,
    /// The program to measure, to compare one with another
    #[arg(long, value_name = "FILE", default_value = env!("CARGO_BIN_EXE_annals"))]
    program: PathBuf,
    /// How many times the program is started again
    #[arg(long, default_value_t = 5)]
    starts: u32,
    /// What `cargo bench` says to every bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    match &arguments.archive {
        Some(archive) => copy(archive, root)?,
        None => invent(arguments.n, root)?,
    }
    let program = arguments.program.as_path();
    annals(program, root).arg("build").stderr(Stdio::null()).status()?;
    let edited = edited(root)?;
    fs::remove_dir_all(root.join(".annals"))?;

    let (cold, first) = Preview::start(program, root, "/")?;
    println!("cold start to first page    {first:>8.1?}");
    // What was understood is kept after the first page is there.
    cold.wait_for_rest(root)?;
    drop(cold);
    for path in ["/", edited.page.as_str()] {
        let mut times = Vec::new();
        for _ in 0..arguments.starts {
            let (preview, first) = Preview::start(program, root, path)?;
            preview.wait_for_rest(root)?;
            times.push(first);
        }
        println!("warm start to first page    {}   {path}", summary(&mut times));
    }

    let (preview, _) = Preview::start(program, root, "/")?;
    let mut events = preview.events()?;
    println!("memory after start          {}", preview.memory());
    for (kind, sentence) in [
        ("of words", "Nobody minded the rain."),
        ("of an event", "Ambassador Mara Velden left Geneva on 5 May 2021."),
    ] {
        let mut times = Vec::new();
        for n in 1..=arguments.saves {
            let added = format!("\n\n{sentence} This was visit {n}.\n");
            let text = [&edited.bytes, added.as_bytes()].concat();
            let start = Instant::now();
            fs::write(&edited.file, text)?;
            while !preview.get(&edited.page)?.contains(&format!("visit {n}.")) {
                events.next()?;
            }
            times.push(start.elapsed());
            if n % 100 == 0 {
                println!("memory after {n:>4} saves     {}", preview.memory());
            }
            // Nobody saves faster than this, and what follows a save is to be over.
            std::thread::sleep(Duration::from_millis(300));
        }
        println!("save {kind:<11} to its page {}", summary(&mut times));
    }
    println!("memory at the end           {}", preview.memory());
    Ok(())
}

/// The median, and the fastest and slowest.
fn summary(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return "nothing".to_owned();
    };
    format!("{:>8.1?} ({first:.1?} to {last:.1?})", times[times.len() / 2])
}

fn annals(program: &Path, root: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}

fn invent(n: u32, root: &Path) -> Outcome<()> {
    let world = clippings::World::new(7);
    fs::write(root.join("annals.toml"), "title = \"Invented clippings\"\n")?;
    fs::write(root.join("actors.toml"), world.register())?;
    for index in 0..n {
        let clipping = world.clipping(index);
        let file = root.join("content").join(clipping.path);
        fs::create_dir_all(file.parent().unwrap_or(root))?;
        fs::write(file, clipping.bytes)?;
    }
    Ok(())
}

/// Copies what is the owner's of an archive.
fn copy(from: &Path, root: &Path) -> Outcome<()> {
    for name in ["annals.toml", "actors.toml", "content", "templates", "static"] {
        let walk = walkdir::WalkDir::new(from.join(name)).follow_root_links(true);
        for entry in walk.into_iter().filter_entry(|entry| entry.file_name() != ".annals").flatten()
        {
            let to = root.join(entry.path().strip_prefix(from)?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(to)?;
            } else {
                fs::copy(entry.path(), to)?;
            }
        }
    }
    // The settings are read by whoever serves below a path.
    if !root.join("annals.toml").exists() {
        fs::write(root.join("annals.toml"), "title = \"Clippings\"\n")?;
    }
    Ok(())
}

/// The clipping that is edited.
struct Edited {
    file: PathBuf,
    bytes: Vec<u8>,
    page: String,
}

/// A clipping of pasted text in the middle of the archive, and its page as the lock
/// says it.
fn edited(root: &Path) -> Outcome<Edited> {
    let lock = fs::read_to_string(root.join("annals.lock"))?;
    let value = |line: &str| line.split('"').nth(1).map(str::to_owned);
    let mut found: Vec<(String, String)> = Vec::new();
    let mut path = None;
    for line in lock.lines() {
        if line.starts_with("path = ") {
            path = value(line);
        } else if line.starts_with("address = ")
            && let (Some(path), Some(address)) = (path.take(), value(line))
            && path.rsplit_once('.').is_some_and(|(_, kind)| kind == "txt")
        {
            found.push((path, address));
        }
    }
    let (path, address) = found.get(found.len() / 2).ok_or("no clipping of pasted text")?;
    let file = root.join("content").join(path);
    let bytes = fs::read(&file)?;
    Ok(Edited { file, bytes, page: format!("/briefings/{address}/") })
}

/// A running preview.
struct Preview {
    process: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    /// Starts one and gives the time until the page at `path` is here.
    fn start(program: &Path, root: &Path, path: &str) -> Outcome<(Self, Duration)> {
        let start = Instant::now();
        let mut process =
            annals(program, root).args(["serve", "--port", "0"]).stderr(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(process.stderr.take().ok_or("it says nothing")?);
        let mut line = String::new();
        while !line.starts_with("http://") {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err("the preview has ended".into());
            }
        }
        let port = line.split([':', '/']).nth(4).ok_or("it names no port")?.parse()?;
        // Somebody has to listen, or the preview would wait to be heard.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        let preview = Self { process, port };
        let page = preview.get(path)?;
        if !page.starts_with("HTTP/1.1 200") {
            return Err(format!("{path}: {}", page.lines().next().unwrap_or_default()).into());
        }
        Ok((preview, start.elapsed()))
    }

    fn get(&self, path: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let port = self.port;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn events(&self) -> Outcome<Events> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let port = self.port;
        write!(stream, "GET /__annals/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")?;
        let mut events = Events(BufReader::new(stream));
        events.next()?;
        Ok(events)
    }

    /// Waits until nothing has been written to the cache for a while.
    fn wait_for_rest(&self, root: &Path) -> Outcome<()> {
        let mut before = None;
        loop {
            let used = self.processor_time();
            if used.is_some() && used == before && root.join(".annals").exists() {
                return Ok(());
            }
            before = used;
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Ticks of the processor that the process has used.
    fn processor_time(&self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        let fields = stat.rsplit_once(") ")?.1;
        let mut times = fields.split(' ').skip(11).take(2).map_while(|field| field.parse().ok());
        Some(times.next().unwrap_or(0) + times.next().unwrap_or(0u64))
    }

    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
    }
}

/// What a page hears.
struct Events(BufReader<TcpStream>);

impl Events {
    fn next(&mut self) -> Outcome<()> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err("the stream has ended".into());
            }
            if line.starts_with("event: ") {
                return Ok(());
            }
        }
    }
}
