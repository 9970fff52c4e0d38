//! Behaviour tests: one module for each thing a user can see.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]
#![expect(clippy::disallowed_methods, reason = "tests make the folders they look at")]

mod actors;
mod architecture;
mod bad_input;
mod browser;
mod calendar;
mod canary;
mod check;
mod cleaning;
mod commands;
mod data;
mod dated;
mod deterministic;
mod hostile;
mod language;
mod links;
mod lock;
mod long;
mod manners;
mod memory;
mod outlet_rules;
mod pages;
mod pages_host;
mod preview;
mod publish;
mod quality;
mod records;
mod sample;
mod search;
mod seeds;
mod sharing;
mod source;
mod support;
mod theme;
mod timeline;
mod write;
