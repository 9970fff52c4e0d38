//! What invented stories are made of.
//!
//! People, towns, outlets and events are invented. States, large bodies and the
//! names of news agencies are real, because recognising those is part of the work
//! to be measured. `{…}` is a slot that [`super::story`] fills; every sentence has
//! enough of them that two stories hardly ever share one.

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From Monday.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Ansel", "Brida", "Casimir", "Dagny", "Edvin", "Fenna", "Goran", "Hedda", "Ilse", "Jorun",
    "Kaspar", "Liv", "Marit", "Nevena", "Oskar", "Paulina", "Quentin", "Renske", "Søren", "Tove",
    "Ulrik", "Vesna", "Wim", "Xenia", "Yvo", "Zdenka", "Anwar", "Bahar", "Cyrus", "Dalia", "Émile",
    "Farid", "Golnar", "Hana", "Iskander", "Jamila", "Kerem", "Łucja", "Mira", "Nadim",
];

pub(super) const LAST_NAMES: &[&str] = &[
    "Abildgaard",
    "Ambrozić",
    "Bellwether",
    "Brandvold",
    "Carnero",
    "Castellan",
    "Dahlstrand",
    "Drăgan",
    "Eastergate",
    "Eklöf",
    "Fairweather",
    "Falkenrath",
    "Gallimore",
    "Grundig",
    "Hallgrim",
    "Harrowgate",
    "Ilvesson",
    "Ivankov",
    "Jarosz",
    "Juhlin",
    "Kestrelby",
    "Kovarić",
    "Lanthier",
    "Lindemark",
    "Maddox-Bray",
    "Marchetta",
    "Nachtwey",
    "Northcliffe",
    "Oduya",
    "Ostrander",
    "Palffy",
    "Pemberline",
    "Quillfeather",
    "Quistgard",
    "Radomir",
    "Rosenquist",
    "Sarkhosh",
    "Stellwagen",
    "Tamberlane",
    "Tveitan",
    "Ulvestad",
    "Unterberg",
    "Valkonen",
    "Vandermeer",
    "Wetherall",
    "Winterbourne",
    "Yarrowby",
    "Yıldıran",
    "Zaborski",
    "Zetterlund",
];

pub(super) const TITLES: &[&str] = &[
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Defence Minister",
    "Interior Minister",
    "Finance Minister",
    "Secretary General",
    "Commissioner",
    "Ambassador",
    "Governor",
    "Mayor",
    "Senator",
    "General",
    "Colonel",
    "Spokeswoman",
    "Special Envoy",
    "Director",
    "Chief Prosecutor",
];

pub(super) const STATES: &[&str] = &[
    "Norway",
    "Portugal",
    "Turkey",
    "Serbia",
    "Kosovo",
    "Poland",
    "Romania",
    "Georgia",
    "Egypt",
    "Kenya",
    "Vietnam",
    "Chile",
    "Canada",
    "Ukraine",
    "Finland",
    "Greece",
    "Morocco",
    "Kazakhstan",
    "South Korea",
    "Germany",
    "France",
    "Japan",
    "Bosnia and Herzegovina",
    "North Macedonia",
];

/// Bodies that are known to everyone: name and short name.
pub(super) const KNOWN_BODIES: &[(&str, &str)] = &[
    ("the European Union", "the EU"),
    ("the United Nations", "the UN"),
    ("NATO", "NATO"),
    ("the International Monetary Fund", "the IMF"),
    ("the African Union", "the AU"),
    ("the World Health Organization", "the WHO"),
];

pub(super) const BODY_PLACES: &[&str] = &[
    "Northern",
    "Adriatic",
    "Caspian",
    "Meridian",
    "Levant",
    "Baltic",
    "Danube",
    "Sahel",
    "Strait",
    "Highland",
    "Delta",
    "Archipelago",
    "Isthmus",
    "Coastal",
    "Inland",
    "Border",
];

pub(super) const BODY_KINDS: &[&str] = &[
    "Monitoring Mission",
    "Grain Council",
    "Energy Authority",
    "Customs Union",
    "Development Bank",
    "Security Forum",
    "Fisheries Commission",
    "Transit Agency",
    "Relief Committee",
    "Rail Board",
];

pub(super) const TOWN_HEADS: &[&str] =
    &["Port ", "Saint ", "New ", "Upper ", "", "", "", "", "East ", "Lake "];

pub(super) const TOWN_TAILS: &[&str] =
    &["haven", "mark", "grad", "stead", "polje", "mouth", "burg", "vik", "abad", "ton"];

pub(super) const SYLLABLES: &[&str] = &[
    "al", "bar", "cor", "dun", "el", "fen", "gar", "hol", "in", "jor", "kel", "lor", "mar", "nor",
    "or", "pel", "quar", "ros", "sel", "tar", "ul", "var", "wen", "yar", "zan", "bre", "cra",
    "dri", "fla", "gri", "sto", "thu", "ve", "mi", "no", "ra", "sha", "te", "vo", "ne",
];

pub(super) const OUTLETS: &[&str] = &[
    "The Harbour Ledger",
    "Meridian Post",
    "The Upland Courier",
    "Strait Times Weekly",
    "The Lantern",
    "Continental Observer",
    "Quayside News",
    "The Tidewater Gazette",
    "Pass & Valley Report",
    "Evening Signal",
    "Northlight",
    "The Causeway",
];

/// Short name in a dateline and the dash that the house writes.
pub(super) const AGENCIES: &[(&str, &str)] = &[
    ("AP", " — "),
    ("Reuters", " - "),
    ("AFP", " — "),
    ("AA", " – "),
    ("Xinhua", " -- "),
    ("dpa", " - "),
];

pub(super) const SECTORS: &[&str] = &[
    "grain",
    "shipping",
    "rail freight",
    "natural gas",
    "fisheries",
    "telecoms",
    "water",
    "steel",
    "insurance",
    "aviation",
    "border transit",
    "electricity",
    "fertiliser",
    "copper",
    "customs",
];

pub(super) const THINGS: &[&str] = &[
    "agreement",
    "corridor",
    "ceasefire",
    "inquiry",
    "tender",
    "memorandum",
    "embargo",
    "tariff",
    "timetable",
    "mandate",
    "pipeline",
    "crossing",
    "quota",
    "guarantee",
    "vote",
    "inspection",
    "draft law",
    "loan",
    "withdrawal",
    "summit",
];

pub(super) const ADJECTIVES: &[&str] = &[
    "limited",
    "provisional",
    "long-delayed",
    "unworkable",
    "costly",
    "fragile",
    "overdue",
    "one-sided",
    "narrow",
    "ambitious",
    "confidential",
    "unexpected",
    "constructive",
    "premature",
    "reckless",
    "balanced",
];

pub(super) const DEEDS: &[&str] = &[
    "rejects",
    "backs",
    "postpones",
    "signs",
    "reopens",
    "suspends",
    "defends",
    "extends",
    "questions",
    "blocks",
    "welcomes",
    "revises",
];

pub(super) const SPEECH: &[&str] = &[
    "said",
    "said",
    "said",
    "said",
    "told reporters",
    "added",
    "insisted",
    "warned",
    "announced",
    "argued",
    "explained",
    "conceded",
    "stressed",
];

pub(super) const HEADLINES: &[&str] = &[
    "{who} {deed} {adjective} {thing} with {state}",
    "{state} {deed} {sector} {thing} after talks in {town}",
    "{body_name} {deed} {n}-tonne {sector} {thing}",
    "{few} injured as {sector} dispute reaches {village}",
    "‘{adjective}’: {who} on the {sector} {thing} in {town}",
    "{firm} {deed} {money} {thing} near {village}",
    "Explainer: what the {adjective} {sector} {thing} means for {town} and {village}",
    "{state} and {other_state} near {sector} {thing} – {body_name}",
    "{town} waits for {few} {sector} ships as {who} {deed} {thing}",
    "{percent} percent: {sector} losses in {village} alarm {body_name}",
];

pub(super) const STANDFIRSTS: &[&str] = &[
    "{who} and {body_name} are to meet in {town} {future}, after {few} rounds without a result.",
    "The {adjective} {thing} would move {n} tonnes of {sector} goods through {village} {future}.",
    "Officials in {town} put the cost of the {sector} {thing} at {money}; {firm} says it is lower.",
    "{state} has asked for {few} changes; {other_state} calls the {adjective} list final.",
];

/// What somebody says, without its last mark.
pub(super) const QUOTES: &[&str] = &[
    "We have seen {few} drafts of this {thing} and none of them protects {village}",
    "There are {n} people between {town} and {village} who have waited {span}",
    "I told {other_name} in {town} that the {sector} {thing} is {adjective}",
    "Nobody in {state} will sign a {adjective} {thing} {future}",
    "If the {sector} trucks do not reach {village} {future}, {n} families will have nothing",
    "{firm} knew about the {adjective} inspection {past}, and so did {body}",
    "It took us {few} hours to count {n} containers, and {percent} percent were empty",
    "My office has written to {body} {few} times about {village}",
    "The {thing} of {year} was {adjective}, and this one costs {money} more",
    "You cannot run {sector} in {town} with {few} inspectors and {money}",
];

/// What is reported, as a clause.
pub(super) const CLAIMS: &[&str] = &[
    "the {sector} {thing} would cost {state} {money} over {few} years",
    "{n} tonnes of {sector} goods were still waiting outside {village}",
    "{firm} had moved {few} of its offices to {town} {past}",
    "the {adjective} {thing} had been agreed with {other_state} {past}",
    "{few} of the {n} inspectors would leave {village} {future}",
    "{body} had received the {adjective} {sector} figures {past}",
    "talks on the {thing} would go on in {town} {future}",
    "the captain of the {vessel} was questioned in {village} {past}",
];

/// Words given to a speaker.
pub(super) const SPOKEN: &[&str] = &[
    "“{quote},” {who} {said} {recent}.",
    "“{quote},” {she} {said}. “{quote}.”",
    "“{quote},” {said_plain} {other}, who arrived in {town} {recent}.",
    "{who} {said_plain}: “{quote}.”",
    "{other} {said_plain} {recent} that {claim}.",
    "According to {body}, {claim}.",
    "{she} called the {sector} {thing} “{adjective} and {adjective}” and {said_plain} {claim}.",
    "A spokesperson for {firm} {said_plain} {claim}, but declined to comment on {village}.",
    "“{quote},” {third} wrote in a letter to {body} seen by {outlet}.",
    "{third} denied that {claim}. “{quote},” {third_name} {said}.",
    "{state} “{refuses} any {adjective} {thing} that leaves out {village}”, {other} {said_plain}.",
];

pub(super) const REFUSES: &[&str] =
    &["refuses", "will not accept", "does not recognise", "rules out"];

/// What the writer tells.
pub(super) const TOLD: &[&str] = &[
    "The {vessel} left {town} {past} with {n} tonnes of {sector} cargo bound for {other_state}.",
    "{state} and {other_state} signed a {adjective} {sector} {thing} {past} in {town}.",
    "{past}, police in {village} found {few} lorries without papers and detained {few} drivers.",
    "{who} met {other} in {town} {past} to discuss the {adjective} {thing}, which {body} had drafted.",
    "The {sector} market lost {percent} percent {past}, and {firm} closed {few} of its depots there.",
    "{body} is due to vote on the {adjective} {sector} {thing} {future}, {few} weeks later than planned.",
    "Under the {thing} of {year}, {firm} keeps {percent} percent of the {sector} terminal at {village}.",
    "The dispute began {past}, when inspectors from {body} turned back {n} containers near {village}.",
    "About {n} people have left {village} {span}, figures of the {town} district show.",
    "{third} will travel to {state} {future} and meet {body} in {town} on the way.",
    "At {time} local time {weekday} the {vessel} was {few} kilometres off {town}, port data show.",
    "Neither {firm} nor the {town} port office answered {few} requests for comment {past}.",
    "{other_state} has {few} months, until {deadline}, to answer the {adjective} complaint of {firm}.",
    "{other} took office {past}, promising a {adjective} {sector} {thing} and {money} for {village}.",
    "The {town} court ordered {firm} {past} to pay {money} to {n} residents of {village}.",
    "{body} sent {few} observers to {village} {past}, its {nth} mission to {state} since {year}.",
    "Traders in {town} expect the {sector} price to rise by {percent} percent {future}.",
    "It was the {nth} {adjective} {thing} since {year} and the first that {third} refused to sign.",
    "{span}, {state} spent {money} on the {sector} line from {town} to {village}.",
];

pub(super) const SUBHEADINGS: &[&str] = &[
    "What {state} wants",
    "A {adjective} {thing}",
    "Waiting in {village}",
    "{n} tonnes and no buyer",
    "How the {sector} {thing} began",
];

pub(super) const CAPTIONS: &[&str] = &[
    "{who}, left, speaks with {other} in {town}, {state}, {stamp}. ({agency} Photo/{photographer})",
    "The {vessel} off {town} {past}. [File: {photographer}/Reuters]",
    "Residents of {village} queue for {sector} permits {past}. Photo: {photographer}/AFP",
    "FILE - {third} arrives for a meeting of {body} in {town}, {stamp}. ({agency} Photo/{photographer}, File)",
    "{who} © {photographer} / Getty Images",
];

pub(super) const SHARE_ROWS: &[&[&str]] = &[
    &["Share", "Tweet", "Email", "Print"],
    &["Facebook", "Twitter", "WhatsApp", "Copy link"],
    &["ShareTweetEmail"],
    &["Share this article", "Save"],
];

pub(super) const INTERRUPTIONS: &[&str] = &[
    "Advertisement",
    "Story continues below advertisement",
    "READ MORE: {headline}",
    "Also read | {headline}",
    "Sign up for our daily briefing and get the latest in your inbox",
    "Loading...",
];

pub(super) const RELATED: &[&str] =
    &["Related", "Top Stories", "More from World", "Read next", "You may also like", "Most read"];

pub(super) const AGES: &[&str] = &["16m ago", "2 hours ago", "just now", "Yesterday", "3h ago"];

pub(super) const FOOTERS: &[&[&str]] = &[
    &["About us", "Contact us", "Privacy Policy", "Terms of Use", "Cookie settings"],
    &["12 comments", "Join the conversation", "Please read our comment policy"],
    &["Subscribe", "Newsletters", "Careers", "Do not sell my information"],
];

pub(super) const CRAWL_ICONS: &str = "icon bookmarkicon cameraicon checkicon closeicon editicon fileicon \
    mailicon playicon searchicon shareicon tagicon trashicon video";
