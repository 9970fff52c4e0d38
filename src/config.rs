//! `annals.toml`: how an archive is published.

use serde::{Deserialize, Serialize};

/// The settings of an archive; every key has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The archive's title.
    pub title: String,
    /// One or two sentences for the home page and search engines.
    pub description: String,
    /// Where the site will stand: `https://user.github.io/repo/`. Empty: unknown,
    /// and nothing that needs an absolute address is written.
    pub base_url: String,
    /// Language of the interface and of articles that state none, ISO 639-1.
    pub language: String,
    /// What may leave.
    pub publish: Publish,
    /// What is known of outlets.
    pub outlet: Vec<Outlet>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefing archive".to_owned(),
            description: String::new(),
            base_url: String::new(),
            language: "en".to_owned(),
            publish: Publish::default(),
            outlet: Vec::new(),
        }
    }
}

/// What may leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publish {
    /// The highest marking that is published.
    pub max_tlp: Tlp,
}

impl Default for Publish {
    fn default() -> Self {
        Self { max_tlp: Tlp::Clear }
    }
}

/// An outlet the owner knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Its name, as pages print it.
    pub name: String,
    /// Its hosts: `harbour.example`.
    #[serde(default)]
    pub domains: Vec<String>,
}

/// Traffic Light Protocol 2.0, from free to closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tlp {
    /// Anyone.
    #[serde(rename = "clear", alias = "white")]
    Clear,
    /// The community.
    #[serde(rename = "green")]
    Green,
    /// The organisation and its clients.
    #[serde(rename = "amber")]
    Amber,
    /// The organisation.
    #[serde(rename = "amber+strict")]
    AmberStrict,
    /// The recipients.
    #[serde(rename = "red")]
    Red,
}
