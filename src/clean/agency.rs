//! News agencies: the one place that knows their names.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A news agency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Agency {
    /// Its full name, as fields print it.
    pub(super) name: &'static str,
    /// Other names and short forms, as datelines and credits print them.
    pub(super) aliases: &'static [&'static str],
}

const fn agency(name: &'static str, aliases: &'static [&'static str]) -> Agency {
    Agency { name, aliases }
}

/// Agencies whose stories are reprinted by others.
static AGENCIES: [Agency; 52] = [
    agency("Associated Press", &["AP", "The Associated Press"]),
    agency("Agence France-Presse", &["AFP"]),
    agency("Reuters", &["Thomson Reuters", "RTRS"]),
    agency("Deutsche Presse-Agentur", &["dpa", "DPA"]),
    agency("Anadolu Agency", &["AA", "Anadolu", "Anadolu Ajansı"]),
    agency("Xinhua", &["Xinhua News Agency"]),
    agency("TASS", &["ITAR-TASS"]),
    agency("RIA Novosti", &["RIA"]),
    agency("Interfax", &[]),
    agency("Sputnik", &[]),
    agency("United Press International", &["UPI"]),
    agency("EFE", &["Agencia EFE"]),
    agency("ANSA", &[]),
    agency("Austria Presse Agentur", &["APA"]),
    agency("Kyodo News", &["Kyodo"]),
    agency("Yonhap", &["Yonhap News Agency"]),
    agency("Press Trust of India", &["PTI"]),
    agency("Asian News International", &["ANI"]),
    agency("Indo-Asian News Service", &["IANS"]),
    agency("PA Media", &["PA", "Press Association"]),
    agency("Australian Associated Press", &["AAP"]),
    agency("Central News Agency", &["CNA"]),
    agency("Bloomberg", &["Bloomberg News"]),
    agency("MTI", &[]),
    agency("Polish Press Agency", &["PAP"]),
    agency("Czech News Agency", &["ČTK", "CTK"]),
    agency("Tanjug", &[]),
    agency("Beta", &[]),
    agency("FoNet", &[]),
    agency("HINA", &["Hina"]),
    agency("FENA", &["Fena"]),
    agency("MINA", &[]),
    agency("Bulgarian News Agency", &["BTA", "БТА"]),
    agency("Agerpres", &["AGERPRES"]),
    agency("Albanian Telegraphic Agency", &["ATA", "ATSH"]),
    agency("KosovaPress", &["Kosovapress"]),
    agency("Radio Free Europe/Radio Liberty", &["RFE/RL"]),
    agency("Balkan Investigative Reporting Network", &["BIRN"]),
    agency("Ukrinform", &["UKRINFORM"]),
    agency("UNIAN", &[]),
    agency("Interfax-Ukraine", &[]),
    agency("BelTA", &["BELTA"]),
    agency("Trend", &[]),
    agency("Azertac", &["AzerTac", "AZERTAC"]),
    agency("Armenpress", &["ARMENPRESS"]),
    agency("IRNA", &[]),
    agency("Tasnim", &["Tasnim News Agency"]),
    agency("SANA", &[]),
    agency("WAFA", &[]),
    agency("Middle East News Agency", &["MENA"]),
    agency("Petra", &["Jordan News Agency"]),
    agency("The Canadian Press", &["CP", "Canadian Press"]),
];

/// The agency that `text` names, spelt as it prints itself.
pub(super) fn named(text: &str) -> Option<&'static Agency> {
    let text = text.trim();
    if text.is_empty() || text.len() > 45 {
        return None;
    }
    BY_NAME.get(text).copied()
}

/// The agencies by every name they print; the first of two with one name.
static BY_NAME: LazyLock<HashMap<&'static str, &'static Agency>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for agency in &AGENCIES {
        for name in std::iter::once(&agency.name).chain(agency.aliases) {
            names.entry(*name).or_insert(agency);
        }
    }
    names
});

/// The agency that a whole line or byline names; words such as `staff` aside.
pub(super) fn line(text: &str) -> Option<&'static Agency> {
    const AROUND: [&str; 7] =
        [" staff", " Staff", " News", " news agency", ".", " Agency", " editors"];
    let mut text = text.trim();
    if text.len() > 60 || !text.starts_with(char::is_uppercase) && !text.starts_with("dpa") {
        return None;
    }
    if let Some(agency) = named(text) {
        return Some(agency);
    }
    for (upper, mixed) in [("ASSOCIATED PRESS", 0), ("THE ASSOCIATED PRESS", 0), ("REUTERS", 2)] {
        if text == upper {
            return AGENCIES.get(mixed);
        }
    }
    for around in AROUND {
        text = text.strip_suffix(around).unwrap_or(text);
    }
    named(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_known_by_every_name_it_prints() {
        for (text, expected) in [
            ("AP", Some("Associated Press")),
            ("The Associated Press", Some("Associated Press")),
            ("Reuters Staff", Some("Reuters")),
            ("dpa", Some("Deutsche Presse-Agentur")),
            ("REUTERS", Some("Reuters")),
            ("The Harbour Wire", None),
            ("ap", None),
        ] {
            assert_eq!(line(text).map(|agency| agency.name), expected, "{text:?}");
        }
    }
}
