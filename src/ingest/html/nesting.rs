//! HTML into how much work its nesting is, before a tree is built of it: each tag is looked for among all open elements.

use std::ops::Range;

/// Elements around a tag that cost nothing to speak of; pages have a few dozen.
const SHALLOW: usize = 100;
/// Elements that may be looked at for all tags together, without those: about a second.
const MOST_LOOKS: usize = 1 << 28;

/// Where the tag begins at which the work is too much, and how many elements are open there.
pub(super) fn too_deep(html: &str) -> Option<(usize, usize)> {
    let mut open: Vec<Open> = Vec::new();
    let (mut looks, mut from) = (0_usize, 0);
    while let Some(tag) = next_tag(html, from) {
        looks += open.len().saturating_sub(SHALLOW);
        if looks > MOST_LOOKS {
            return Some((tag.start, open.len()));
        }
        let inside = &html[tag.start + 1..tag.end];
        let name = name(inside.trim_start_matches('/'));
        from = tag.end;
        if inside.starts_with('/') {
            close(&mut open, name);
            continue;
        }
        if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            from = end_of_raw(html, tag.end, name);
            continue;
        }
        let in_drawing = open.last().is_some_and(|around| around.in_drawing) || is(" svg math ", name);
        if !(is(UNCOUNTED, name) || in_drawing && inside.ends_with('/')) {
            open.push(Open {
                name,
                is_wall: is(WALLS, name),
                in_drawing,
            });
        }
    }
    None
}

/// An element that is not closed yet.
struct Open<'a> {
    name: &'a str,
    is_wall: bool,
    /// Within a drawing or a formula `/>` ends an element; in HTML it does nothing.
    in_drawing: bool,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];
/// Elements without an end, or that the next one of their kind ends: they are never deep.
const UNCOUNTED: &str = " area base br col embed hr img input link meta param source track wbr html head body p li dd dt \
    tr td th tbody thead tfoot colgroup caption option optgroup rt rp rb rtc ";
/// Elements whose end closes all that is open in them.
const BLOCKS: &str = " address article aside blockquote button center details dialog dir div dl fieldset figcaption figure \
    footer form h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol pre search section summary table ul ";
/// Elements that no end of an element around them reaches through.
const WALLS: &str = " applet marquee math object svg table template ";
/// Elements that come back where they are closed out of order.
const FORMATTING: &str = " a b big code em font i nobr s small strike strong tt u ";
/// Elements that close with one around them that is no block.
const INLINE: &str = " abbr bdi bdo cite del dfn ins kbd label mark q ruby samp span sub sup time var ";

fn is(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// What an end tag closes, by the rules of HTML, and in doubt less.
fn close(open: &mut Vec<Open>, name: &str) {
    let (is_block, is_formatting) = (is(BLOCKS, name), is(FORMATTING, name));
    let stops = |around: &Open| {
        around.name.eq_ignore_ascii_case(name)
            || match is_block {
                true => around.is_wall,
                false => is_formatting || !is(INLINE, around.name),
            }
    };
    if let Some(at) = open.iter().rposition(stops)
        && open[at].name.eq_ignore_ascii_case(name)
    {
        open.truncate(at);
    }
}

fn name(inside: &str) -> &str {
    let end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
    &inside[..end.unwrap_or(inside.len())]
}

/// The next tag from its `<` up to its `>`; comments are passed over.
fn next_tag(html: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = from + html[from..].find('<')?;
        let rest = &html[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            from = html.len() - comment.len() + comment.find("-->")?;
        } else if rest
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return Some(start..start + 1 + end_of_tag(rest.as_bytes()));
        } else {
            from = start + 1;
        }
    }
}

/// Where a tag's `>` stands, outside its attributes' quotes; the end where there is none.
fn end_of_tag(tag: &[u8]) -> usize {
    let (mut quote, mut before) = (None, b' ');
    for (at, &byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    tag.len()
}

/// Where the end tag of an element of raw text begins.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        at += found;
        let tag = &html.as_bytes()[at + 2..];
        if tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        at += 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_nest_by_the_ten_thousands_are_too_deep_and_their_place_is_told() {
        for tag in [
            "<div>",
            "<x-a>",
            "<b><i></b>",
            "<span><div></span>",
            "<div></p>",
            "<table><tr><td></div>",
        ] {
            let (at, open) = too_deep(&tag.repeat(60_000)).expect(tag);
            assert!(at > 90_000 && open > 10_000, "{tag}: {open} at {at}");
        }
    }

    #[test]
    fn pages_of_many_tags_are_not_deep_however_they_are_written() {
        for part in [
            "<div class='a>b'><p>茶<br><img src=x><b>tea</b></div>",
            "<ul><li>one<li>two</ul>",
            "<DIV><span></div>",
            "<div><section></div>",
            "<table><tr><td><div></table>",
            "<svg><path d='M0'/><g/></svg>",
            "<script>document.write('<div>')</script>",
            "<!-- <div> -->",
            "<p title=it's>a < b",
        ] {
            assert_eq!(too_deep(&part.repeat(60_000)), None, "{part}");
        }
    }
}
