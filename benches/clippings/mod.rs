//! Invented clippings in the shapes that real ones have.
//!
//! A seed stands for a whole archive, endless and the same on every machine:
//! [`World::clipping`] makes any one of its clippings without the others. What is
//! between the lines is as in found clippings: furniture of the page, prefixes of
//! crawlers, captions between paragraphs, stories told by two outlets, quotation
//! marks of every kind, line ends and encodings of other systems.
//!
//! Start at [`page`] for what surrounds a story, at [`story`] for what it says.

use annals::text::slug;

mod draw;
mod page;
mod story;
mod words;

use draw::Draw;
use words::{
    BODY_KINDS, BODY_PLACES, FIRST_NAMES, KNOWN_BODIES, LAST_NAMES, TITLES, TOWN_HEADS, TOWN_TAILS,
};

/// A clipping as it lies in an archive.
pub(crate) struct Made {
    /// Below `content/`, with `/`.
    pub(crate) path: String,
    /// The file, in whatever encoding.
    pub(crate) bytes: Vec<u8>,
}

/// Who acts in the stories of one archive, and where.
pub(crate) struct World {
    seed: u64,
    people: Vec<Person>,
    bodies: Vec<Body>,
    towns: Vec<String>,
}

/// Somebody in the news. The first are named much more often than the last.
struct Person {
    title: &'static str,
    name: String,
    last: &'static str,
}

/// An organisation: `the Baltic Rail Board`, later `the BRB`.
struct Body {
    name: String,
    short: String,
}

impl World {
    /// The archive that `seed` stands for.
    pub(crate) fn new(seed: u64) -> Self {
        const PEOPLE: usize = 400;
        const BODIES: usize = 80;
        const TOWNS: usize = 60;
        let mut draw = Draw::new(seed, u64::MAX);
        let people = (0..PEOPLE)
            .map(|index| {
                // Every pair of a first and a last name comes once.
                let last = LAST_NAMES[index % LAST_NAMES.len()];
                let first = FIRST_NAMES[(index + index / LAST_NAMES.len() * 7) % FIRST_NAMES.len()];
                Person { title: draw.pick(TITLES), name: format!("{first} {last}"), last }
            })
            .collect();
        let known = KNOWN_BODIES
            .iter()
            .map(|(name, short)| Body { name: (*name).to_owned(), short: (*short).to_owned() });
        let invented = (0..BODIES).map(|_| {
            let name = format!("{} {}", draw.pick(BODY_PLACES), draw.pick(BODY_KINDS));
            let short: String = name.chars().filter(|c| c.is_uppercase()).collect();
            Body { name: format!("the {name}"), short: format!("the {short}") }
        });
        let bodies = known.chain(invented).collect();
        let towns = (0..TOWNS)
            .map(|_| {
                let (head, tail) = (draw.pick(TOWN_HEADS), draw.pick(TOWN_TAILS));
                format!("{head}{}{tail}", story::coined(&mut draw))
            })
            .collect();
        Self { seed, people, bodies, towns }
    }

    /// The clipping at `index`. One in twenty tells the story of an earlier one
    /// again, on another page.
    pub(crate) fn clipping(&self, index: u32) -> Made {
        let mut draw = Draw::new(self.seed, u64::from(index));
        let reprint = index > 0 && draw.chance(5);
        let told = if reprint { index - draw.between(1, index.min(40)) } else { index };
        let story = story::tell(self, &mut Draw::new(!self.seed, u64::from(told)));
        let published = story.day.plus(i64::from(reprint)).unwrap_or(story.day);
        let page = page::print(self, &story, published, &mut draw);
        let name = slug(&story.headline);
        let name = if draw.chance(30) { format!("{published}-{name}") } else { name };
        let path = format!("{}/{name}-{index}.{}", published.year(), page.extension);
        Made { path, bytes: page.bytes }
    }

    /// `actors.toml`: the people and bodies that are named most.
    pub(crate) fn register(&self) -> String {
        const FOLLOWED: usize = 60;
        let people = self.people.iter().take(FOLLOWED).map(|person| {
            let Person { name, last, .. } = person;
            entry(name, "person", last)
        });
        let bodies = self.bodies.iter().skip(KNOWN_BODIES.len()).take(FOLLOWED / 4).map(|body| {
            let name = body.name.trim_start_matches("the ");
            entry(name, "organisation", body.short.trim_start_matches("the "))
        });
        people.chain(bodies).collect::<Vec<String>>().join("\n")
    }
}

fn entry(name: &str, kind: &str, alias: &str) -> String {
    format!(
        "[[actor]]\nid = \"{}\"\nname = \"{name}\"\nkind = \"{kind}\"\naliases = [\"{alias}\"]\n",
        slug(name)
    )
}
