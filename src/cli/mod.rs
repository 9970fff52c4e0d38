//! Arguments in, diagnostics out, exit code.
//!
//! Data goes to standard output, everything said to people to standard error.
//! Exit codes: 0 done, 1 the archive has errors (or warnings, with `--strict`),
//! 2 wrong use.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::actor::Kind;
use crate::config::Tlp;
use crate::when::When;

mod actors;
mod build;
mod check;
mod export;
mod init;
mod keep;
mod link;
mod load;
mod manual;
mod new;
mod publish;
mod report;
mod serve;
mod single;
mod terminal;

use terminal::{Terminal, Volume};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "annals",
    version,
    about = "Turns a folder of clipped articles into a cross-referenced, citable static archive",
    after_help = "Examples:\n  annals init my-archive          start an archive\n  annals serve --open             see it while you edit\n  annals build                    content/ becomes public/\n  annals check --strict           everything that is not as it should be\n  annals clean --explain a.txt    what was kept of a clipping, and why\n\nExit codes: 0 done, 1 the archive has errors, 2 wrong use.",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say every warning, and what took how long
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// How many threads compute; as many as there are cores by default
    #[arg(long, short, global = true, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site: content/ becomes public/
    #[command(
        after_help = "Examples:\n  annals build\n  annals build ~/clippings --output /tmp/site\n  annals build --base-url https://me.github.io/archive/ --strict"
    )]
    Build(BuildArguments),
    /// Show the site while you edit it, in a browser on this machine
    #[command(
        after_help = "Examples:\n  annals serve\n  annals serve --open\n  annals serve --drafts      with drafts and embargoed clippings\n\nPages are rendered when they are asked for, by the function that `build` uses.\nAn edit reloads the open pages; nothing is written to public/."
    )]
    Serve(ServeArguments),
    /// Say everything that is not as it should be, without writing the site
    #[command(
        after_help = "Examples:\n  annals check\n  annals check --format json\n  annals check --strict\n  annals check --external     ask the addresses outside the site, too"
    )]
    Check(CheckArguments),
    /// Put the site online: one commit on a branch of a git remote
    #[command(
        after_help = "Examples:\n  annals publish --dry-run     what would change, and what stays behind\n  annals publish\n  annals publish --remote https://github.com/me/archive.git --branch gh-pages"
    )]
    Publish(PublishArguments),
    /// Find an article and print its permanent address
    #[command(
        after_help = "Examples:\n  annals link harbour talks\n  annals link lindqvist 2022-05 --short\n  annals link talks --quote \"we are nearly there\"     the address of that paragraph\n  annals link talks --cite bibtex                     for a reference manager"
    )]
    Link(LinkArguments),
    /// Clean clippings: the article, and nothing else, as Markdown
    #[command(
        after_help = "Examples:\n  annals clean content/2022/talks.txt\n  annals clean --explain talks.txt     each line with its fate\n  annals clean --format json *.txt     one record a line\n  pbpaste | annals clean -"
    )]
    Clean(CleanArguments),
    /// Read clippings: who is named, who says what, when things happen, as JSON
    #[command(
        after_help = "Examples:\n  annals read content/2022/talks.txt\n  annals read --jsonl < records.jsonl > readings.jsonl\n\nWith --jsonl each line {\"id\",\"text\",\"date\"} gives one line; the text is read as it is, without cleaning.\nAll offsets count Unicode code points."
    )]
    Read(ReadArguments),
    /// Who acts in the archive: all of them, whom to put into the register, everything on one
    #[command(
        after_help = "Examples:\n  annals actors list --kind person\n  annals actors suggest >> actors.toml   then keep what is right\n  annals actors show stoltenberg         which names were taken for whom, and why"
    )]
    Actors(ActorsArguments),
    /// What the archive holds, for other programs
    #[command(
        after_help = "Examples:\n  annals export timeline --format csv > timeline.csv\n  annals export timeline --actor nato --from 2022-08 --to 2022-11-07 --format ics"
    )]
    Export(ExportArguments),
    /// Start an archive: settings, register, a sample clipping, a workflow for GitHub Pages
    #[command(
        after_help = "Examples:\n  annals init my-archive\n  annals init my-archive --title \"Harbour desk\" --base-url https://me.github.io/my-archive/"
    )]
    Init(InitArguments),
    /// Add a clipping: one to write by hand, or what is pasted from standard input
    #[command(
        after_help = "Examples:\n  annals new \"Harbour talks resume\"\n  wl-paste | annals new --paste\n  pbpaste | annals new --paste --folder 2024\n\nPrints the path of the new file. Nothing is ever written over."
    )]
    New(NewArguments),
    /// Print completions for a shell
    #[command(
        after_help = "Examples:\n  annals completions bash > ~/.local/share/bash-completion/completions/annals\n  annals completions fish > ~/.config/fish/completions/annals.fish"
    )]
    Completions(CompletionsArguments),
    /// Print the manual page
    #[command(after_help = "Examples:\n  annals man > annals.1 && man ./annals.1")]
    Man,
}

/// Which archive, and what of it.
#[derive(Debug, Clone, Args)]
struct ArchiveArguments {
    /// The archive's folder (with annals.toml and content/), or just a folder of clippings
    #[arg(default_value = ".", value_name = "DIR")]
    archive: PathBuf,
    /// Where the site will stand, instead of `base_url` in annals.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts and embargoed clippings too
    #[arg(long)]
    drafts: bool,
    /// The highest TLP marking that is published: clear, green, amber, amber+strict, red
    #[arg(long, value_name = "TLP", value_parser = parse_tlp)]
    max_tlp: Option<Tlp>,
    /// Let warnings fail the command too
    #[arg(long)]
    strict: bool,
    /// Neither use nor keep what earlier runs understood, in .annals/
    #[arg(long)]
    no_cache: bool,
}

fn parse_tlp(text: &str) -> Result<Tlp, String> {
    Tlp::parse(text).ok_or_else(|| "one of clear, green, amber, amber+strict, red".to_owned())
}

#[derive(Debug, Args)]
struct BuildArguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// The folder of the site; public/ in the archive by default
    #[arg(long, short, visible_alias = "out", value_name = "DIR")]
    output: Option<PathBuf>,
    /// Fail, and write nothing, where annals.lock would change
    #[arg(long)]
    locked: bool,
}

#[derive(Debug, Args)]
struct PublishArguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// A remote of the archive's repository, or an address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    remote: String,
    /// The branch that is served
    #[arg(long, value_name = "BRANCH", default_value = "gh-pages")]
    branch: String,
    /// Say what would change, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Fail, and send nothing, where annals.lock would change
    #[arg(long)]
    locked: bool,
}

#[derive(Debug, Args)]
struct LinkArguments {
    /// Words of its title, actors, outlet, date or file name
    #[arg(value_name = "QUERY", required_unless_present = "quote")]
    query: Vec<String>,
    /// The archive's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    archive: PathBuf,
    /// Words of a paragraph: its own address is printed
    #[arg(long, value_name = "WORDS")]
    quote: Option<String>,
    /// The short form, which stays when title and date change
    #[arg(long)]
    short: bool,
    /// Print a citation in this form instead
    #[arg(long, value_enum, value_name = "FORM", conflicts_with_all = ["quote", "short"])]
    cite: Option<Cite>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cite {
    Bibtex,
    Ris,
    Csl,
    Text,
}

#[derive(Debug, Args)]
struct CheckArguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// How to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
    /// Ask the addresses outside the site, too: at most 500 in 5 minutes, one at a time per host
    #[arg(long)]
    external: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// One object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Args)]
struct CleanArguments {
    /// Clippings; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show each line with its fate and the rule that decided it
    #[arg(long)]
    explain: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = CleanFormat::Markdown, conflicts_with = "explain")]
    format: CleanFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CleanFormat {
    /// Front matter and body
    Markdown,
    /// One record a line
    Json,
}

#[derive(Debug, Args)]
struct ReadArguments {
    /// Clippings; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read records from standard input, one a line, and write one reading a line
    #[arg(long)]
    jsonl: bool,
    /// A register of actors to read with; actors.toml of the folder by default
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ActorsArguments {
    #[command(subcommand)]
    command: ActorsCommand,
}

#[derive(Debug, Subcommand)]
enum ActorsCommand {
    /// Everyone who has a page, most articles first
    List {
        #[command(flatten)]
        archive: ArchiveArguments,
        /// Only this kind: person, organisation, state, mission, group, place
        #[arg(long, value_name = "KIND", value_parser = parse_kind)]
        kind: Option<Kind>,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Entries for actors.toml, with sentences to judge each by and what it would change
    Suggest {
        #[command(flatten)]
        archive: ArchiveArguments,
        /// How many
        #[arg(long, short, default_value_t = 10, value_name = "N")]
        number: usize,
    },
    /// Everything on one actor, with the evidence for every name taken for it
    Show {
        /// Its id, its name, or a name that articles give it
        name: String,
        #[command(flatten)]
        archive: ArchiveArguments,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// One object a line
    Json,
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    let names = Kind::ALL.map(Kind::word);
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == text.to_ascii_lowercase());
    kind.ok_or_else(|| format!("one of {}", names.join(", ")))
}

#[derive(Debug, Args)]
struct ExportArguments {
    #[command(subcommand)]
    command: ExportCommand,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// Dated events, earliest first
    Timeline {
        #[command(flatten)]
        archive: ArchiveArguments,
        /// How to print
        #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
        format: ExportFormat,
        /// Only events that name this actor: its id or its name
        #[arg(long, value_name = "ACTOR")]
        actor: Option<String>,
        /// No event that is over before this date: 2022-08-01, 2022-08 or 2022
        #[arg(long, value_name = "DATE", value_parser = parse_when)]
        from: Option<When>,
        /// No event that begins after this date
        #[arg(long, value_name = "DATE", value_parser = parse_when)]
        to: Option<When>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A table
    Csv,
    /// A list of objects
    Json,
    /// A calendar of all-day events
    Ics,
}

fn parse_when(text: &str) -> Result<When, String> {
    let dated = |when: &When| when.first().is_some() && when.last().is_some();
    When::parse(text)
        .filter(dated)
        .ok_or_else(|| "no date such as 2022-08-01, 2022-08 or 2022".to_owned())
}

#[derive(Debug, Args)]
struct InitArguments {
    /// The folder to make; it must not hold anything yet
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// The archive's title
    #[arg(long)]
    title: Option<String>,
    /// Where the site will stand
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

#[derive(Debug, Args)]
struct ServeArguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// The port; one of the next where it is taken
    #[arg(long, short, default_value_t = 4321, value_name = "PORT")]
    port: u16,
    /// The address to listen on; anything but loopback shows the preview to the network
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    host: IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Look at the files every second, where the system tells of no changes
    #[arg(long)]
    poll: bool,
}

#[derive(Debug, Args)]
struct NewArguments {
    /// The clipping's title; with --paste it goes into a sidecar
    #[arg(required_unless_present = "paste", value_name = "TITLE")]
    title: Option<String>,
    /// Keep standard input as it is
    #[arg(long)]
    paste: bool,
    /// A folder below content/
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// The archive's folder
    #[arg(long, default_value = ".", value_name = "DIR")]
    archive: PathBuf,
}

#[derive(Debug, Args)]
struct CompletionsArguments {
    /// For which shell
    shell: clap_complete::Shell,
}

/// How a command ended, where it did not end well.
enum Failure {
    /// The archive has errors; they have been said.
    Archive,
    /// Wrong use, in words.
    Use(String),
}

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let volume = match (arguments.quiet, arguments.verbose) {
        (true, _) => Volume::Quiet,
        (_, true) => Volume::Verbose,
        _ => Volume::Normal,
    };
    let terminal = Terminal::new(volume, arguments.color);
    if let Some(jobs) = arguments.jobs {
        // Fails only where a pool exists already, and none does yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let done = match &arguments.command {
        Command::Build(arguments) => build::run(arguments, &terminal),
        Command::Check(arguments) => check::run(arguments, &terminal),
        Command::Publish(arguments) => publish::run(arguments, &terminal),
        Command::Link(arguments) => link::run(arguments, &terminal),
        Command::Clean(arguments) => single::clean(arguments, &terminal),
        Command::Read(arguments) => single::read(arguments, &terminal),
        Command::Actors(arguments) => actors::run(arguments, &terminal),
        Command::Export(arguments) => export::run(arguments, &terminal),
        Command::Init(arguments) => init::run(arguments, &terminal),
        Command::Serve(arguments) => serve::run(arguments, &terminal),
        Command::New(arguments) => new::run(arguments, &terminal),
        Command::Completions(arguments) => {
            manual::completions(arguments.shell, &terminal);
            Ok(())
        }
        Command::Man => manual::page(&terminal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Archive) => ExitCode::from(1),
        Err(Failure::Use(message)) => {
            terminal.error(&message);
            ExitCode::from(2)
        }
    }
}
