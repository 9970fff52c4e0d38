//! Whether addresses outside the site still answer.
//!
//! In come addresses and what earlier runs learnt of them; out comes an [`Answer`]
//! for each that was asked. This is the one room that opens a connection to a
//! stranger, and only `annals check --external` comes here.
//!
//! Addresses stand in texts that strangers wrote, so nothing is asked that lies on
//! this machine or its own network, after a redirect neither, whatever its name. Only the head of an
//! answer is read, each host is asked one thing at a time, and number and time are
//! bounded by [`Limits`]. Start at [`look`].

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Most hosts that are asked at the same time.
const HOSTS: usize = 8;
/// Most redirects that are followed.
const REDIRECTS: usize = 5;
/// Bytes of an answer's head beyond which it is not read on.
const HEAD: usize = 64 * 1024;
/// Days for which an answer is kept: one that was good, and any other.
const KEPT: (i64, i64) = (30, 1);

/// How much may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Addresses in one run.
    pub number: usize,
    /// For one answer.
    pub each: Duration,
    /// For the whole run; answers that are under way are still waited for.
    pub all: Duration,
    /// Between two questions to one host.
    pub pause: Duration,
    /// Whether addresses of this machine and its network are asked, too.
    pub near: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            number: 500,
            each: Duration::from_secs(10),
            all: Duration::from_mins(5),
            pause: Duration::from_secs(1),
            near: false,
        }
    }
}

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// There is something.
    Good,
    /// There is nothing any more: 404 or 410.
    Gone(u16),
    /// No host answers, and why.
    Unreachable(String),
    /// It cannot be told, and why: many hosts refuse programs.
    Unclear(String),
}

/// What earlier runs learnt: the answer of each address, and its day (days since
/// 1970-01-01).
pub type Known = BTreeMap<String, (i64, Answer)>;

/// Asks every one of `addresses` that `known` gives no recent answer for. Gives how
/// many are left for another run; the answers stand in `known`, which forgets what is
/// not among `addresses`. `asked_one` is told of each that is done, from any thread.
pub fn look(
    addresses: &[&str],
    limits: &Limits,
    today: i64,
    known: &mut Known,
    asked_one: &(dyn Fn() + Sync),
) -> usize {
    let is_recent = |day: i64, answer: &Answer| {
        let kept = if *answer == Answer::Good { KEPT.0 } else { KEPT.1 };
        (0..kept).contains(&(today - day))
    };
    let mut kept = Known::new();
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut asked, mut left) = (0, 0);
    for &address in addresses {
        match known.remove_entry(address) {
            Some((address, (day, answer))) if is_recent(day, &answer) => {
                kept.insert(address, (day, answer));
            }
            _ if asked < limits.number => {
                asked += 1;
                hosts.entry(host(address)).or_default().push(address);
            }
            _ => left += 1,
        }
    }
    let agent = agent(limits);
    #[expect(clippy::disallowed_methods, reason = "it bounds the time of a run")]
    let start = Instant::now();
    let n_workers = HOSTS.min(hosts.len());
    let waiting = Mutex::new(hosts.into_values());
    let next = || waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let work = || {
        let (mut answers, mut left) = (Vec::new(), 0);
        while let Some(addresses) = next() {
            for (index, address) in addresses.into_iter().enumerate() {
                if start.elapsed() >= limits.all {
                    left += 1;
                    continue;
                }
                if index > 0 {
                    std::thread::sleep(limits.pause);
                }
                answers.push((address.to_owned(), ask(&agent, address, limits)));
                asked_one();
            }
        }
        (answers, left)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_workers).map(|_| scope.spawn(work)).collect();
        for (answers, late) in workers.into_iter().filter_map(|worker| worker.join().ok()) {
            left += late;
            kept.extend(answers.into_iter().map(|(address, answer)| (address, (today, answer))));
        }
    });
    *known = kept;
    left
}

fn agent(limits: &Limits) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(limits.each))
        .max_response_header_size(HEAD)
        // Each step is looked at before it is taken.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("annals/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .build();
    let resolver = Outward { near: limits.near, resolver: DefaultResolver::default() };
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// Finds the address of a host, and none that lies near: a name of the web may have been
/// pointed at this machine or its network.
#[derive(Debug)]
struct Outward {
    near: bool,
    resolver: DefaultResolver,
}

impl Resolver for Outward {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        // A proxy may lie near; it resolves the name itself.
        if self.near || config.proxy().is_some() {
            return Ok(found);
        }
        let mut outward = self.empty();
        for address in found.iter().filter(|address| !is_near_address(address.ip())) {
            outward.push(*address);
        }
        if outward.is_empty() { Err(ureq::Error::Other(Box::new(Near))) } else { Ok(outward) }
    }
}

/// A name that leads to this machine or its network.
#[derive(Debug)]
struct Near;

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it leads to this machine or its network")
    }
}

impl std::error::Error for Near {}

/// Asks for the head; for the page itself where the host does not give heads.
fn ask(agent: &Agent, address: &str, limits: &Limits) -> Answer {
    let mut at = address.to_owned();
    for _ in 0..=REDIRECTS {
        if !limits.near && is_near(host(&at)) {
            return Answer::Unclear(Near.to_string());
        }
        let mut answer = agent.head(&at).call();
        if answer.as_ref().is_ok_and(|answer| {
            (400..600).contains(&answer.status().as_u16()) && answer.status() != 429
        }) {
            std::thread::sleep(limits.pause);
            answer = agent.get(&at).call();
        }
        let answer = match answer {
            Ok(answer) => answer,
            Err(ureq::Error::BadUri(why)) => return Answer::Unclear(why),
            Err(ureq::Error::Other(why)) if why.is::<Near>() => {
                return Answer::Unclear(why.to_string());
            }
            Err(error) => return Answer::Unreachable(error.to_string()),
        };
        match answer.status().as_u16() {
            200..300 => return Answer::Good,
            code @ (404 | 410) => return Answer::Gone(code),
            300..400 => {
                let location = answer.headers().get("location");
                match location.and_then(|to| onward(&at, to.to_str().ok()?)) {
                    Some(next) => at = next,
                    None => return Answer::Unclear("it redirects to nowhere".to_owned()),
                }
                std::thread::sleep(limits.pause);
            }
            code => return Answer::Unclear(format!("it answers {code}")),
        }
    }
    Answer::Unclear(format!("it redirects more than {REDIRECTS} times"))
}

/// Where `location`, in an answer of `from`, leads.
fn onward(from: &str, location: &str) -> Option<String> {
    if is_web(location) {
        return Some(location.to_owned());
    }
    let (scheme, rest) = from.split_once("://")?;
    if let Some(rest) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let path = rest.split(['?', '#']).next()?;
    let (root, folder) = (path.split('/').next()?, path.rsplit_once('/').map_or(path, |it| it.0));
    let base = if location.starts_with('/') { root.to_owned() } else { format!("{folder}/") };
    Some(format!("{scheme}://{base}{location}"))
}

/// Whether it is an address of the web.
pub fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// Whether a host (with its port) lies on this machine or its network by its name.
fn is_near(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host).trim_end_matches('.'),
    };
    if let Ok(address) = name.parse::<IpAddr>() {
        return is_near_address(address);
    }
    // A name without a dot is known only at home, and a number for a last label is an
    // address in a form of old.
    let Some((_, last)) = name.rsplit_once('.') else { return true };
    let ends = ["localhost", "local", "internal", "lan", "home"];
    last.starts_with(|c: char| c.is_ascii_digit())
        || ends.iter().any(|end| last.eq_ignore_ascii_case(end))
}

/// Whether an address is one of this machine or its network, those that a provider
/// shares among its customers included (RFC 6598).
fn is_near_address(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(it) => {
            let [first, second, ..] = it.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            it.is_private() || it.is_loopback() || it.is_link_local() || is_shared || first == 0
        }
        IpAddr::V6(it) => {
            it.is_loopback()
                || it.is_unspecified()
                || it.is_unique_local()
                || it.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_name_that_leads_home_is_not_asked() {
        // `localhost` is refused by its name before; here it stands for any name.
        let agent = agent(&Limits { each: Duration::from_secs(5), ..Limits::default() });
        let refused = agent.get("http://localhost:9/").call();
        let is_near =
            |error: &ureq::Error| matches!(error, ureq::Error::Other(why) if why.is::<Near>());
        assert!(refused.as_ref().is_err_and(is_near), "{refused:?}");
    }

    #[test]
    fn what_lies_near_is_told_by_its_name() {
        for (address, expected) in [
            ("https://a.example/b", false),
            ("https://me@a.example:8080?x", false),
            ("http://203.0.113.9/", false),
            ("http://localhost:80/", true),
            ("http://a.localhost./", true),
            ("http://127.0.0.1/", true),
            ("http://a.example@127.0.0.1/", true),
            ("http://127.1/", true),
            ("http://2130706433/", true),
            ("http://169.254.169.254/latest", true),
            ("http://100.64.0.1/", true),
            ("http://100.128.0.1/", false),
            ("http://[::1]:80/", true),
            ("http://[::ffff:10.0.0.1]/", true),
            ("http://printer/", true),
        ] {
            assert_eq!(is_near(host(address)), expected, "{address}");
        }
    }

    #[test]
    fn a_redirect_may_be_relative() {
        for (location, expected) in [
            ("https://b.example/", "https://b.example/"),
            ("//b.example/c", "http://b.example/c"),
            ("/c", "http://a.example/c"),
            ("c", "http://a.example/x/c"),
        ] {
            assert_eq!(onward("http://a.example/x/y?z", location).as_deref(), Some(expected));
        }
    }
}
