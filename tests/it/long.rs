//! What cleaning a clipping of many megabytes takes: no more than twice its size in memory.
//!
//! `cargo test --release --test it long -- --nocapture` measures a clipping of 50 MB with
//! the program that people use. Without `--release` clippings are small and the program
//! itself is larger than they are: then only what grows with the clipping counts.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The bytes of each clipping, and of one whose memory is taken off.
const LENGTHS: [usize; 2] =
    if cfg!(debug_assertions) { [11_000_000, 5_000_000] } else { [50_000_000, 100_000] };

const FORMATS: &[&str] = if cfg!(debug_assertions) { &["json"] } else { &["markdown", "json"] };

/// Makes a clipping of so many bytes.
type Shape = fn(usize) -> String;

/// What is measured: its name, the file's ending, the clipping.
const SHAPES: &[(&str, &str, Shape)] = &[
    ("prose", "txt", prose),
    ("one line", "txt", one_line),
    ("short lines", "txt", short_lines),
    ("Markdown", "md", |n| format!("# {}", prose(n))),
    ("Markdown on one line", "md", |n| format!("# {}", one_line(n))),
    ("short lines of Markdown", "md", |n| format!("# {}", short_lines(n))),
    ("Markdown with front matter", "md", |n| {
        format!("---\ntitle: Tolls\nauthor: Jonas Vey\n---\n\n{}", prose(n))
    }),
    ("page", "html", |n| page(&prose(n).replace("\r\n\r\n", "</p>\n<p>"))),
    ("page of one paragraph", "html", |n| page(&one_line(n))),
    // what it prints is longer than a pipe holds
    ("page with a picture in it", "html", |n| {
        page(&format!(
            "<img src=\"data:image/png;base64,{}\">{}",
            "QUJD".repeat(n / 4),
            prose(200_000)
        ))
    }),
];

/// Paragraphs with names, quotations, doubled spaces and line ends of another system.
fn prose(n_bytes: usize) -> String {
    let mut text = "Talks resume in Port Alder\r\n\r\n".to_owned();
    for number in 0.. {
        let _ = write!(
            text,
            "Mara Lindqvist met Jonas Vey for the {number}th time on 3 March 2022 and said that \
             talks would go on.  “We are nearly there,” she told reporters in *the* hall. The \
             envoys left without a word about tolls.\r\n\r\n"
        );
        if text.len() > n_bytes {
            break;
        }
    }
    text
}

/// The same on one line.
fn one_line(n_bytes: usize) -> String {
    let text = prose(n_bytes);
    let (headline, rest) = text.split_once("\r\n\r\n").unwrap();
    format!("{headline}\n\n{}", rest.replace("\r\n\r\n", " "))
}

/// A saved page of such paragraphs.
fn page(paragraphs: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>Talks resume in Port Alder</title></head><body>\
         <article><h1>Talks resume in Port Alder</h1>\n<p>{paragraphs}</p></article>\
         <footer>All rights reserved</footer></body></html>\n"
    )
}

/// Lines of a few words.
fn short_lines(n_bytes: usize) -> String {
    let mut text = "Talks resume in Port Alder\n\n".to_owned();
    for number in 0..n_bytes / 50 {
        let _ = writeln!(text, "Harbour tolls of the quay with the number {number:07}");
    }
    text
}

/// The most memory in bytes that `annals` has held when it ends, as the system counts it,
/// and how much it printed.
fn peak(arguments: &[&str], file: &Path) -> (usize, usize) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("annals"))
        .args(arguments)
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let (mut peak, mut printed) = (0, 0);
    let mut buffer = vec![0; 64 * 1024];
    let mut out = child.stdout.take().unwrap();
    loop {
        let length = out.read(&mut buffer).unwrap();
        printed += length;
        // it waits until what it prints is read
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        peak = peak.max(kilobytes.unwrap_or(0) * 1024);
        if length == 0 {
            break;
        }
    }
    assert!(child.wait().unwrap().success());
    (peak, printed)
}

#[test]
fn a_clipping_of_many_megabytes_takes_no_more_than_twice_its_size() {
    let folder = tempfile::tempdir().unwrap();
    for (name, ending, shape) in SHAPES {
        let file = folder.path().join(format!("talks.{ending}"));
        for format in FORMATS {
            let measured = LENGTHS.map(|n_bytes| {
                let text = shape(n_bytes);
                fs::write(&file, &text).unwrap();
                let (peak, printed) = peak(&["clean", "--format", format], &file);
                assert!(printed > 100 && peak > text.len(), "{name}, {format}: not measured");
                (peak, text.len())
            });
            let [(most, length), (less, shorter)] = measured;
            let (less, shorter) = if cfg!(debug_assertions) { (less, shorter) } else { (0, 0) };
            println!("{name}, {format}: {most} bytes for {length}");
            assert!(
                most.saturating_sub(less) <= 2 * (length - shorter),
                "{name}, {format}: {most} bytes for {length}, {less} for {shorter}"
            );
        }
    }
}
