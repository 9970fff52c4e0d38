//! Annals turns a folder of clipped articles into a cross-referenced, citable,
//! static archive.
//!
//! The data flows one way: raw document → article → reading → archive → pages →
//! site. `ARCHITECTURE.md` names the rooms and the floors they stand on;
//! [`pipeline::build`] is the one place that sees every stage.

// ground: plain values that know nobody above them
pub mod config;
pub mod diagnostic;
mod fit;
pub mod memo;
pub mod poster;
pub mod site;
pub mod text;
mod vocabulary;
pub mod when;

// one clipping: bytes → text → article → reading
pub mod actor;
pub mod article;
pub mod briefing;
pub mod citation;
pub mod clean;
pub mod clearance;
pub mod markup;
pub mod reading;
pub mod source;
pub mod words;

// the whole
pub mod archive;
pub mod lock;
pub mod search;

// pages
pub mod page;
pub mod theme;

// the build
pub mod pipeline;
pub mod record;

// effects
pub mod external;
pub mod publish;
pub mod serve;

// terminal
pub mod cli;
