//! What the program knows of its own use, for shells and for `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Failure, Terminal};

/// Prints the completions for `shell`.
pub(super) fn completions(shell: Shell, terminal: &Terminal) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "annals", &mut script);
    terminal.data(&String::from_utf8_lossy(&script));
}

/// Prints the manual page: the program, then each of its commands.
pub(super) fn page(terminal: &Terminal) -> Result<(), Failure> {
    let mut page = Vec::new();
    let command = Arguments::command();
    let mut render = || -> std::io::Result<()> {
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        for part in command.get_subcommands() {
            let name = format!("annals {}", part.get_name());
            let manual =
                clap_mangen::Man::new(part.clone().display_name(name.clone()).bin_name(name));
            manual.render_synopsis_section(&mut page)?;
            manual.render_description_section(&mut page)?;
            manual.render_options_section(&mut page)?;
        }
        Ok(())
    };
    render().map_err(|error| Failure::Use(format!("the manual could not be made: {error}")))?;
    terminal.data(&String::from_utf8_lossy(&page));
    Ok(())
}
