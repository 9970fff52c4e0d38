//! What stands where a link to a page is shared.

use annals::pipeline::{Build, Memory};

use crate::support::{Shelf, page, pages};

fn shelf(config: &str) -> Shelf {
    Shelf::default()
        .config(config)
        .clipping_with(
            "talks.txt",
            "Talks on the harbour resume\n\nMara Lindqvist met the dockers on 3 May 2022, and \
             both sides spoke of a good day.\n",
            "published = 2022-05-07\noutlet = \"The Gazette\"\n",
        )
        .clipping_with(
            "port.txt",
            "港口仍然关闭\n\nThe notice at the gate said on 4 May 2022 that the harbour stays \
             closed until the breakwater is safe.\n",
            "published = 2022-05-06\n",
        )
}

const ADDRESS: &str = "title = \"The Port Alder Papers\"\nbase_url = \"https://a.example/repo/\"\n";

/// The address of the picture that `html` names, below the site's own.
fn picture(html: &str) -> Option<String> {
    let (_, rest) =
        html.split_once("<meta property=\"og:image\" content=\"https://a.example/repo")?;
    Some(rest.split('"').next()?.to_owned())
}

fn is_png(build: &Build, address: &str) -> bool {
    let found = pages(build).into_iter().find(|(own, _)| own == address);
    found.is_some_and(|(_, bytes)| bytes.starts_with(b"\x89PNG\r\n\x1a\n"))
}

#[test]
fn every_page_has_the_picture_of_the_site() {
    let build = shelf(ADDRESS).build();
    let of_site = picture(&page(&build, "/")).expect("the home page has one");
    assert!(of_site.starts_with("/assets/preview-") && is_png(&build, &of_site), "{of_site}");
    for address in ["/timeline/", "/briefings/2022-05-07-talks-on-the-harbour-resume/"] {
        let html = page(&build, address);
        assert_eq!(picture(&html).as_ref(), Some(&of_site), "{address}");
        for tag in [
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta property=\"og:image:alt\" content=\"The Port Alder Papers\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ] {
            assert!(html.contains(tag), "{address}: {tag}");
        }
    }
    let other = shelf(&ADDRESS.replace("Papers", "Letters")).build();
    assert_ne!(picture(&page(&other, "/")), Some(of_site), "another title has another name");
}

#[test]
fn an_article_has_its_own_picture_where_that_is_wanted() {
    let build = shelf(&format!("{ADDRESS}[publish]\npreview = \"pages\"\n")).build();
    let address = "/briefings/2022-05-07-talks-on-the-harbour-resume/";
    let html = page(&build, address);
    assert_eq!(picture(&html), Some(format!("{address}preview.png")));
    assert!(is_png(&build, &format!("{address}preview.png")));
    assert!(html.contains("og:image:alt\" content=\"Talks on the harbour resume\""), "{html}");
    // In letters that the program cannot draw: the site's.
    let drawn = pages(&build).into_iter().filter(|(own, _)| own.ends_with("/preview.png")).count();
    assert_eq!(drawn, 1);
}

#[test]
fn a_picture_is_drawn_once_until_its_words_change() {
    let wanted = format!("{ADDRESS}[publish]\npreview = \"pages\"\n");
    let address = "/briefings/2022-05-07-talks-on-the-harbour-resume/preview.png";
    let memory = Memory::default();
    let drawn = picture_at(&shelf(&wanted).build_with(&memory), address);
    let [(key, kept)] = memory.previews().values().try_into().unwrap();
    assert_eq!(*kept, drawn);

    // What is kept is what is published: here something that nobody drew.
    let forged = Memory::default();
    forged.previews().insert(key, b"kept".to_vec());
    assert_eq!(picture_at(&shelf(&wanted).build_with(&forged), address), b"kept");
    let other = shelf(&wanted.replace("Papers", "Letters")).build_with(&forged);
    assert_ne!(picture_at(&other, address), b"kept", "the archive's title stands on it");
    assert!(is_png(&other, address));
}

fn picture_at(build: &Build, address: &str) -> Vec<u8> {
    pages(build).into_iter().find(|(own, _)| own == address).unwrap().1
}

#[test]
fn no_picture_where_none_is_wanted_or_no_address_is_known() {
    for config in [&format!("{ADDRESS}[publish]\npreview = \"off\"\n"), "title = \"Papers\"\n"] {
        let build = shelf(config).build();
        assert!(!page(&build, "/").contains("og:image"), "{config}");
        assert!(!build.addresses().any(|address| address.as_str().contains("preview")));
    }
}

#[test]
fn search_engines_are_asked_to_leave_a_site_out_on_every_page() {
    const WORDS: &str = "<meta name=\"robots\" content=\"noindex\">";
    let before = shelf(ADDRESS).build();
    let build = shelf(&format!("{ADDRESS}[publish]\nnoindex = true\n")).after(&before).build();
    for (found, expected) in [(&before, false), (&build, true)] {
        for (address, bytes) in pages(found) {
            let text = String::from_utf8_lossy(&bytes);
            if text.starts_with("<!doctype html>") {
                assert_eq!(text.contains(WORDS), expected, "{address}");
            }
        }
        assert_eq!(page(found, "/robots.txt").contains("Sitemap:"), !expected);
    }
}

#[test]
fn a_file_of_the_site_begins_with_a_dot_only_for_the_host() {
    let build = shelf(ADDRESS).build();
    let hidden: Vec<String> = pages(&build)
        .into_iter()
        .map(|(address, _)| address)
        .filter(|address| address.split('/').any(|part| part.starts_with('.')))
        .collect();
    assert_eq!(hidden, ["/.nojekyll"]);
    for (address, _) in pages(&build).iter().filter(|(address, _)| address.starts_with("/assets/"))
    {
        let stem = address.rsplit_once('.').map_or("", |(stem, _)| stem);
        let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
        assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{address}");
    }
}
