//! What may leave: nothing of a private clipping is in any published file.

use annals::pipeline::Build;

use crate::support::{Shelf, page, pages};

/// A clipping whose sentence, name and file nobody may see. The first paragraph is
/// plain; everything else is a canary.
fn secret(opening: &str) -> String {
    format!(
        "{opening}\n\nThe harbour council met on Monday to settle the matter of the third quay, which has stood empty since the winter storms, and to hear what the dockers had to say about the plan that was drawn up in the spring. It sat until the evening and took no vote, as the chair had asked for another report on the costs of the work.\n\n“The quillwort is in the vault,” Ansgar Quillfeather said on 3 May 2019.\n\n![The quillwort vault](q.jpg)\n\nAnsgar Quillfeather, of the Quillfeather Guild, will speak again in 2031.\n\nRead more: quillwort and other plants\n"
    )
}

const CANARIES: [&str; 3] = ["quillwort", "quillfeather", "secret-file"];

/// Every published file that holds a canary, by address.
fn leaks(build: &Build) -> Vec<String> {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        CANARIES.iter().any(|canary| text.contains(canary))
    };
    pages(build)
        .into_iter()
        .filter(|(address, bytes)| holds(address) || holds(&String::from_utf8_lossy(bytes)))
        .map(|(address, _)| address)
        .collect()
}

/// An archive with one public clipping and one in question.
fn shelf(config: &str, path: &str, text: &str, sidecar: &str) -> Shelf {
    Shelf::default()
        .config(&format!("base_url = \"https://a.example/\"\n{config}"))
        .register("[[actor]]\nid = \"ansgar-quillfeather\"\nname = \"Ansgar Quillfeather\"\nkind = \"person\"\n")
        .clipping("open.txt", "Ferry runs again\n\nThe ferry runs again from Monday, the council said.\n")
        .clipping_with(path, text, sidecar)
}

#[test]
fn nothing_of_a_private_clipping_is_in_any_file() {
    let text = secret("Quillwort found in vault");
    let folder = |terms: &str| format!("[[folder]]\npath = \"content/inner/\"\n{terms}\n");
    let outlet = |terms: &str| format!("[[outlet]]\nname = \"The Quillwort\"\n{terms}\n");
    for (config, sidecar) in [
        ("", "draft = true"),
        ("", "publish = false"),
        ("", "publish_after = 2999-01-01"),
        ("", "publish_after = \"next spring\""),
        ("", "tlp = \"red\""),
        ("", "tlp = \"purple\""),
        ("", "full_text = \"perhaps\""),
        (folder("tlp = \"red\"").as_str(), ""),
        (folder("draft = true").as_str(), ""),
        (folder("publish_after = 2999-01-01").as_str(), ""),
        (folder("publish_after = \"2999-01-01\"").as_str(), "tlp = \"clear\""),
        (outlet("tlp = \"green\"").as_str(), "outlet = \"The Quillwort\""),
        (outlet("draft = true").as_str(), "outlet = \"The Quillwort\""),
    ] {
        let build = shelf(config, "inner/secret-file.txt", &text, sidecar).build();
        assert_eq!(leaks(&build), [""; 0], "{config}{sidecar}");
        assert_eq!(build.n_withheld, 1, "{config}{sidecar}");
        assert!(!build.lock().to_text().contains("quillwort"), "{config}{sidecar}");
    }
    let open = shelf("", "inner/secret-file.txt", &text, "").build();
    assert!(leaks(&open).len() > 5, "the canaries would be seen");
}

#[test]
fn of_a_text_that_may_not_be_printed_only_the_beginning_is_anywhere() {
    let text = secret("Council of the harbour meets again");
    let folder = "[[folder]]\npath = \"inner\"\nfull_text = false\n";
    let outlet = "[[outlet]]\nname = \"The Wall\"\nfull_text = false\n";
    for (config, sidecar) in [
        ("", "full_text = false"),
        ("[publish]\nfull_text = false\n", ""),
        (folder, ""),
        (outlet, "outlet = \"The Wall\""),
    ] {
        let sidecar = format!("{sidecar}\nurl = \"https://wall.example/quay\"\n");
        let build = shelf(config, "inner/secret-file.txt", &text, &sidecar).build();
        assert_eq!(leaks(&build), [""; 0], "{config}{sidecar}");
        let html = page(&build, "/briefings/council-of-the-harbour-meets-again/");
        for expected in
            ["The harbour council met on", "https://wall.example/quay", "Only the beginning"]
        {
            assert!(html.contains(expected), "{expected:?} is not in\n{html}");
        }
    }
    let leave = "full_text = true\noutlet = \"The Wall\"\n";
    let build = shelf(outlet, "inner/secret-file.txt", &text, leave).build();
    assert!(!leaks(&build).is_empty(), "leave was given for this one");
}
