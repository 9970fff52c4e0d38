//! How long a site takes, and where the time goes.
//!
//! `cargo bench --bench build`, or with `-- whole::cold` for some of it. Nothing
//! touches the disk: clippings are invented in memory (see [`clippings`]) and pages
//! are rendered and dropped. Read the medians; `docs/benchmarks.md` says how to
//! compare and holds the figures of one machine.

mod clippings;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The archive that every bench reads.
const SEED: u64 = 7;

/// The whole site: understand, join, plan and render every page, with all cores.
mod whole {
    use std::sync::Arc;

    use annals::actor::Register;
    use annals::config::{Config, Tlp};
    use annals::lock::Lock;
    use annals::pipeline::{self, Build, Clearance, Input, Memory};
    use annals::site::Address;
    use annals::source::Clipping;
    use annals::theme::Theme;
    use divan::Bencher;
    use divan::counter::ItemsCount;
    use rayon::prelude::*;

    use super::SEED;
    use super::clippings::World;

    /// How many clippings.
    const SIZES: [u32; 2] = [1_000, 10_000];

    #[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
    fn cold(bencher: Bencher<'_, '_>, n: u32) {
        let clippings = invented(n);
        bencher
            .counter(ItemsCount::new(n))
            .with_inputs(|| input(clippings.clone()))
            .bench_local_values(|input| site(input, &Memory::default()));
    }

    #[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
    fn again_without_change(bencher: Bencher<'_, '_>, n: u32) {
        let clippings = invented(n);
        let memory = Memory::default();
        let (before, _) = site(input(clippings.clone()), &memory);
        bencher
            .counter(ItemsCount::new(n))
            .with_inputs(|| input(clippings.clone()))
            // The same build comes back: there is nothing to render.
            .bench_local_values(|input| {
                assert!(Arc::ptr_eq(&pipeline::build(input, &memory, &|| ()), &before));
            });
    }

    #[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
    fn again_after_one_edit(bencher: Bencher<'_, '_>, n: u32) {
        let mut clippings = invented(n);
        let memory = Memory::default();
        site(input(clippings.clone()), &memory);
        bencher
            .counter(ItemsCount::new(n))
            .with_inputs(|| {
                // Each time something else than the memory holds.
                clippings[n as usize / 2].bytes.extend_from_slice(b"\n\nNobody came.");
                input(clippings.clone())
            })
            .bench_local_values(|input| site(input, &memory));
    }

    /// Builds the site and renders every page of it.
    pub(super) fn site(input: Input, memory: &Memory) -> (Arc<Build>, usize) {
        let build = pipeline::build(input, memory, &|| ());
        let addresses: Vec<&Address> = build.addresses().collect();
        let n_bytes = addresses
            .par_iter()
            .map(|address| match build.render(address) {
                Some(Ok(page)) => page.len(),
                _ => unreachable!("the built-in theme renders `{address}`"),
            })
            .sum();
        (build, n_bytes)
    }

    /// The first `n` clippings of the archive.
    pub(super) fn invented(n: u32) -> Vec<Clipping> {
        let world = World::new(SEED);
        (0..n)
            .map(|index| {
                let made = world.clipping(index);
                let file = format!("content/{}", made.path);
                Clipping { path: made.path, file, bytes: made.bytes, sidecar: None }
            })
            .collect()
    }

    /// What a build is made from, with the settings that nobody changed.
    pub(super) fn input(clippings: Vec<Clipping>) -> Input {
        let fingerprint = World::new(SEED).register();
        Input {
            config: Config::default(),
            register: Arc::new(Register::read("actors.toml", &fingerprint).0),
            fingerprint,
            theme: Arc::new(
                Theme::new(&[], &Config::default()).expect("the built-in theme is whole"),
            ),
            clippings: clippings.into_iter().map(|clipping| Arc::new(clipping.into())).collect(),
            lock: Lock::default(),
            clearance: Clearance { max_tlp: Tlp::Clear, drafts: false, today: None },
        }
    }
}

/// One clipping of about five kilobytes, stage by stage, on one core.
mod stage {
    use annals::actor::Register;
    use annals::article::Article;
    use annals::briefing;
    use annals::clean;
    use annals::pipeline::Memory;
    use annals::reading::grain::Grains;
    use annals::reading::time::{self, Tokens};
    use annals::reading::{self, Prose, Reading, mention, sentence, statement};
    use annals::site::Address;
    use annals::source::{self, Clipping, RawDocument};
    use annals::text::Span;
    use divan::Bencher;
    use divan::counter::BytesCount;

    use super::SEED;
    use super::clippings::World;
    use super::whole;

    /// The clipping and everything that is made of it on the way.
    struct Made {
        clipping: Clipping,
        register: Register,
        document: RawDocument,
        article: Article,
        prose: Prose,
        grains: Grains,
        sentences: Vec<Span>,
        reading: Reading,
    }

    #[divan::bench]
    fn a_decode(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || source::decode(&made.clipping));
    }

    #[divan::bench]
    fn b_clean(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || clean::clean(&made.document));
    }

    #[divan::bench]
    fn c_markup(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || briefing::prose(&made.article));
    }

    #[divan::bench]
    fn d_grains(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || Grains::of(&made.prose));
    }

    #[divan::bench]
    fn d_sentences(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || sentence::split(&made.prose, &made.grains));
    }

    #[divan::bench]
    fn e_mentions(bencher: Bencher<'_, '_>) {
        let made = made();
        measure(bencher, &made, || {
            mention::find(&made.prose, &made.grains, &made.sentences, None, &made.register)
        });
    }

    #[divan::bench]
    fn f_statements(bencher: Bencher<'_, '_>) {
        let made = made();
        let Reading { actors, mentions, .. } = &made.reading;
        measure(bencher, &made, || {
            statement::find(&made.prose, &made.grains, &made.sentences, actors, mentions)
        });
    }

    #[divan::bench]
    fn g_times(bencher: Bencher<'_, '_>) {
        let made = made();
        let anchor = made.article.published.when.as_ref();
        measure(bencher, &made, || {
            let tokens = Tokens::of(&made.prose, &made.grains);
            time::find(&made.prose, &tokens, &made.sentences, anchor, &made.reading.statements)
        });
    }

    #[divan::bench]
    fn h_events(bencher: Bencher<'_, '_>) {
        let made = made();
        let anchor = made.article.published.when.as_ref();
        let Reading { dates, mentions, .. } = &made.reading;
        let tokens = Tokens::of(&made.prose, &made.grains);
        measure(bencher, &made, || {
            time::event::find(&made.prose, &tokens, &made.sentences, anchor, dates, mentions)
        });
    }

    #[divan::bench]
    fn i_page(bencher: Bencher<'_, '_>) {
        let made = made();
        let clippings = whole::invented(200);
        let (build, _) = whole::site(whole::input(clippings), &Memory::default());
        let entries = &build.archive().entries;
        let entry = entries.iter().find(|entry| entry.briefing.article.path == made.clipping.path);
        let key = &entry.expect("the clipping is one of the first").key;
        let address = Address::page(&["briefings", key]);
        measure(bencher, &made, || build.render(&address));
    }

    fn measure<T>(bencher: Bencher<'_, '_>, made: &Made, stage: impl Fn() -> T) {
        bencher.counter(BytesCount::new(made.clipping.bytes.len())).bench_local(stage);
    }

    /// The first pasted text of five kilobytes and more.
    fn made() -> Made {
        let (register, _) = Register::read("actors.toml", &World::new(SEED).register());
        let clipping = whole::invented(200)
            .into_iter()
            .find(|clipping| {
                let pasted = clipping.path.rsplit('.').next() == Some("txt");
                pasted && (5000..5500).contains(&clipping.bytes.len())
            })
            .expect("some of two hundred clippings have five kilobytes");
        let document = source::decode(&clipping);
        let article = clean::clean(&document);
        let (prose, _) = briefing::prose(&article);
        let grains = Grains::of(&prose);
        let sentences = sentence::split(&prose, &grains);
        let reading = reading::read(&prose, &article.published, &register);
        Made { clipping, register, document, article, prose, grains, sentences, reading }
    }
}
