//! HTML into the tree that browsers make of it, in few bytes: a page of one-letter paragraphs has a node for every other
//! byte.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, local_name, ns, parse_document};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::ops::Range;

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Nodes,
    /// The texts of the page and the values of its attributes, in the order in which they were seen.
    text: String,
    /// By their elements, and only those of [`READ`].
    attributes: Vec<Kept>,
}

/// The attributes that somebody reads.
const READ: [&str; 10] = [
    "aria-hidden",
    "content",
    "datetime",
    "epub:type",
    "hidden",
    "itemprop",
    "name",
    "property",
    "role",
    "style",
];

/// Bytes of a tree for each byte of its page. What is written takes twelve at most; more is written nowhere, but repeated:
/// what is left open of `<b><i><u>` is opened anew in each paragraph.
const MOST: usize = 16;
/// Bytes that the tree of any page may have.
const FLOOR: usize = 1 << 17;
/// Bytes that are read at once.
const PIECE: usize = 1 << 12;

impl Tree {
    /// Where more is repeated than was written, the byte up to which the page was read is the error.
    pub fn of(html: &str) -> Result<Tree, usize> {
        let mut parser = parse_document(Sink(RefCell::new(Tree::empty())), ParseOpts::default());
        let mut from = 0;
        while from < html.len() {
            let ends = from + PIECE..;
            let to = ends
                .take_while(|end| *end < html.len())
                .find(|end| html.is_char_boundary(*end));
            let to = to.unwrap_or(html.len());
            parser.process(StrTendril::from_slice(&html[from..to]));
            from = to;
            if parser.tokenizer.sink.sink.0.borrow().bytes() > html.len() * MOST + FLOOR {
                return Err(from);
            }
        }
        Ok(parser.finish())
    }

    /// All of the page, an element without a name.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, at: ROOT }
    }

    fn empty() -> Tree {
        let mut nodes = Nodes(Vec::new());
        nodes.push(Content::element(ns!(), local_name!("")));
        Tree {
            nodes,
            text: String::new(),
            attributes: Vec::new(),
        }
    }

    fn bytes(&self) -> usize {
        self.nodes.len() * size_of::<Node>() + self.attributes.len() * size_of::<Kept>() + self.text.len()
    }
}

/// An element of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    at: u32,
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<'a> Element<'a> {
    pub fn name(self) -> &'a str {
        match &self.tree.nodes.at(self.at).content {
            Content::Element { name, .. } => name,
            Content::Text { .. } => "",
        }
    }

    /// The value of an attribute that is among those that are [`READ`].
    pub fn attr(self, name: &str) -> Option<&'a str> {
        let own = self.tree.kept(self.at);
        let kept = self.tree.attributes[own]
            .iter()
            .find(|kept| READ[usize::from(kept.name)] == name)?;
        Some(&self.tree.text[kept.start as usize..kept.end as usize])
    }

    /// The elements around it, the innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'a>> {
        std::iter::successors(Some(self), |element| {
            let parent = element.tree.nodes.at(element.at).parent;
            (parent != NONE).then_some(Element {
                at: parent,
                ..*element
            })
        })
        .skip(1)
    }

    /// It and all in it, in the order of the page.
    pub fn walk(self) -> Walk<'a> {
        Walk {
            root: self,
            next: Some(Place::Enter(self.at)),
        }
    }

    /// The elements within it, in the order of the page.
    pub fn elements(self) -> impl Iterator<Item = Element<'a>> {
        self.walk().filter_map(move |step| match step {
            Step::Enter(element) if element != self => Some(element),
            _ => None,
        })
    }
}

/// What comes next on a walk through an element.
pub(super) enum Step<'a> {
    Text(&'a str),
    Enter(Element<'a>),
    Leave(Element<'a>),
}

/// Goes through an element without recursion: pages nest as deeply as they like.
pub(super) struct Walk<'a> {
    root: Element<'a>,
    next: Option<Place>,
}

#[derive(Clone, Copy)]
enum Place {
    Enter(u32),
    Leave(u32),
}

impl Walk<'_> {
    /// Leaves out what is in an element that was just entered, and its end.
    pub fn pass_over(&mut self, element: Element) {
        self.next = self.behind(element.at);
    }

    fn behind(&self, at: u32) -> Option<Place> {
        let node = self.root.tree.nodes.at(at);
        match node.sibling {
            _ if at == self.root.at => None,
            NONE => Some(Place::Leave(node.parent)),
            next => Some(Place::Enter(next)),
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let tree = self.root.tree;
        let element = |at| Element { tree, at };
        match self.next? {
            Place::Leave(at) => {
                self.next = self.behind(at);
                Some(Step::Leave(element(at)))
            }
            Place::Enter(at) => match tree.nodes.at(at).content {
                Content::Text { start, end } => {
                    self.next = self.behind(at);
                    Some(Step::Text(&tree.text[start as usize..end as usize]))
                }
                Content::Element { child, .. } => {
                    self.next = Some(if child == NONE {
                        Place::Leave(at)
                    } else {
                        Place::Enter(child)
                    });
                    Some(Step::Enter(element(at)))
                }
            },
        }
    }
}

// --- how it is held -------------------------------------------------------------------------------------------------

const ROOT: u32 = 0;
/// No node; and what comments and the like are, which nobody reads.
const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Node {
    parent: u32,
    /// While the tree is built the one before, since it grows at its end; then the one behind, as it is read.
    sibling: u32,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Element {
        space: Space,
        /// While the tree is built the last one, then the first.
        child: u32,
        name: LocalName,
    },
    /// Bytes of the tree's text.
    Text { start: u32, end: u32 },
}

impl Content {
    fn element(space: Namespace, name: LocalName) -> Content {
        let space = match space {
            ns!(svg) => Space::Drawing,
            ns!(mathml) => Space::Formula,
            _ => Space::Html,
        };
        Content::Element {
            space,
            child: NONE,
            name,
        }
    }
}

/// Whose an element is.
#[derive(Debug, Clone, Copy)]
enum Space {
    Html,
    Drawing,
    Formula,
}

/// An attribute; its name is a place in [`READ`], its value bytes of the tree's text.
#[derive(Debug)]
struct Kept {
    element: u32,
    name: u8,
    start: u32,
    end: u32,
}

/// Nodes in pieces, since one that grows holds all twice while it moves.
#[derive(Debug)]
struct Nodes(Vec<Vec<Node>>);

const PIECE_OF_NODES: usize = 1 << 10;

impl Nodes {
    fn len(&self) -> usize {
        self.0.last().map_or(0, Vec::len) + self.0.len().saturating_sub(1) * PIECE_OF_NODES
    }

    fn push(&mut self, content: Content) -> u32 {
        let at = self.len();
        if at == self.0.len() * PIECE_OF_NODES {
            self.0.push(Vec::with_capacity(PIECE_OF_NODES));
        }
        let last = self.0.last_mut().expect("one was just made sure of");
        last.push(Node {
            parent: NONE,
            sibling: NONE,
            content,
        });
        u32::try_from(at).expect("a page has at most 1 GiB, and a node two bytes of it")
    }

    fn at(&self, at: u32) -> &Node {
        &self.0[at as usize / PIECE_OF_NODES][at as usize % PIECE_OF_NODES]
    }

    fn at_mut(&mut self, at: u32) -> &mut Node {
        &mut self.0[at as usize / PIECE_OF_NODES][at as usize % PIECE_OF_NODES]
    }

    /// The last child of an element, or once it is built the first.
    fn child(&mut self, of: u32) -> &mut u32 {
        match &mut self.at_mut(of).content {
            Content::Element { child, .. } => child,
            Content::Text { .. } => unreachable!("HTML puts nothing into a text"),
        }
    }
}

// --- how it is built ------------------------------------------------------------------------------------------------

impl Tree {
    /// The places of an element's attributes: elements come in the order of their numbers.
    fn kept(&self, element: u32) -> Range<usize> {
        let from = self.attributes.partition_point(|kept| kept.element < element);
        let own = self.attributes[from..]
            .iter()
            .take_while(|kept| kept.element == element);
        from..from + own.count()
    }

    fn keep(&mut self, element: u32, attributes: Vec<Attribute>) {
        for attribute in attributes {
            let read = READ.iter().position(|name| *name == &*attribute.name.local);
            let Some(name) = read.filter(|_| attribute.name.ns == ns!()) else {
                continue;
            };
            let (name, own) = (name as u8, self.kept(element));
            if self.attributes[own.clone()].iter().any(|kept| kept.name == name) {
                continue;
            }
            let (start, end) = self.write(&attribute.value);
            self.attributes.insert(
                own.end,
                Kept {
                    element,
                    name,
                    start,
                    end,
                },
            );
        }
    }

    fn write(&mut self, text: &str) -> (u32, u32) {
        let start = self.text.len();
        self.text.push_str(text);
        let place =
            |byte| u32::try_from(byte).expect("a page has at most 1 GiB, and is not much more unpacked");
        (place(start), place(self.text.len()))
    }

    /// A text, as part of that in front of it where that is the last one seen.
    fn text_behind(&mut self, before: u32, text: &str) -> Option<u32> {
        let (start, end) = self.write(text);
        if before != NONE
            && let Content::Text { end: last, .. } = &mut self.nodes.at_mut(before).content
            && *last == start
        {
            *last = end;
            return None;
        }
        Some(self.nodes.push(Content::Text { start, end }))
    }

    fn append(&mut self, parent: u32, new: NodeOrText<u32>) {
        let last = *self.nodes.child(parent);
        let new = match new {
            NodeOrText::AppendNode(NONE) => return,
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => match self.text_behind(last, &text) {
                Some(node) => node,
                None => return,
            },
        };
        let last = std::mem::replace(self.nodes.child(parent), new);
        let node = self.nodes.at_mut(new);
        (node.parent, node.sibling) = (parent, last);
    }

    fn insert_before(&mut self, sibling: u32, new: NodeOrText<u32>) {
        let new = match new {
            NodeOrText::AppendNode(NONE) => return,
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let before = self.nodes.at(sibling).sibling;
                match self.text_behind(before, &text) {
                    Some(node) => node,
                    None => return,
                }
            }
        };
        let parent = self.nodes.at(sibling).parent;
        let before = std::mem::replace(&mut self.nodes.at_mut(sibling).sibling, new);
        let node = self.nodes.at_mut(new);
        (node.parent, node.sibling) = (parent, before);
    }

    fn detach(&mut self, node: u32) {
        let Node { parent, sibling, .. } = *self.nodes.at(node);
        if parent == NONE {
            return;
        }
        // What is taken out was open until now, and stands at the end or close to it.
        let mut behind = *self.nodes.child(parent);
        if behind == node {
            *self.nodes.child(parent) = sibling;
        } else {
            while self.nodes.at(behind).sibling != node {
                behind = self.nodes.at(behind).sibling;
            }
            self.nodes.at_mut(behind).sibling = sibling;
        }
        let node = self.nodes.at_mut(node);
        (node.parent, node.sibling) = (NONE, NONE);
    }

    fn move_children(&mut self, from: u32, to: u32) {
        let last = std::mem::replace(self.nodes.child(from), NONE);
        let (mut child, mut first) = (last, NONE);
        while child != NONE {
            let node = self.nodes.at_mut(child);
            node.parent = to;
            (first, child) = (child, node.sibling);
        }
        if first != NONE {
            let before = std::mem::replace(self.nodes.child(to), last);
            self.nodes.at_mut(first).sibling = before;
        }
    }

    /// Turns each list of children round.
    fn turn(&mut self) {
        for at in 0..self.nodes.len() as u32 {
            let Content::Element { child: last, .. } = self.nodes.at(at).content else {
                continue;
            };
            let (mut here, mut behind) = (last, NONE);
            while here != NONE {
                let before = std::mem::replace(&mut self.nodes.at_mut(here).sibling, behind);
                (behind, here) = (here, before);
            }
            *self.nodes.child(at) = behind;
        }
    }
}

/// Takes a tree from the parser, which shares it with itself.
struct Sink(RefCell<Tree>);

/// What the parser calls an element by.
#[derive(Debug)]
struct Name<'a> {
    space: Namespace,
    local: Ref<'a, LocalName>,
}

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.space
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        let mut tree = self.0.into_inner();
        tree.turn();
        tree
    }

    fn get_document(&self) -> u32 {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Name<'a> {
        let mut space = ns!(html);
        let local = Ref::map(self.0.borrow(), |tree| match &tree.nodes.at(*target).content {
            Content::Element { space: of, name, .. } => {
                match of {
                    Space::Html => {}
                    Space::Drawing => space = ns!(svg),
                    Space::Formula => space = ns!(mathml),
                }
                name
            }
            Content::Text { .. } => unreachable!("the parser is given no text to ask for"),
        });
        Name { space, local }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        let mut tree = self.0.borrow_mut();
        let element = tree.nodes.push(Content::element(name.ns, name.local));
        tree.keep(element, attributes);
        element
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        NONE
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        NONE
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.0.borrow_mut().append(*parent, child);
    }

    fn append_based_on_parent_node(&self, element: &u32, before: &u32, child: NodeOrText<u32>) {
        let mut tree = self.0.borrow_mut();
        if tree.nodes.at(*element).parent == NONE {
            tree.append(*before, child);
        } else {
            tree.insert_before(*element, child);
        }
    }

    fn append_before_sibling(&self, sibling: &u32, new: NodeOrText<u32>) {
        self.0.borrow_mut().insert_before(*sibling, new);
    }

    /// What is in a template is no text of the page; it stays with it.
    fn get_template_contents(&self, template: &u32) -> u32 {
        *template
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn add_attrs_if_missing(&self, element: &u32, attributes: Vec<Attribute>) {
        self.0.borrow_mut().keep(*element, attributes);
    }

    fn remove_from_parent(&self, node: &u32) {
        if *node != NONE {
            self.0.borrow_mut().detach(*node);
        }
    }

    fn reparent_children(&self, from: &u32, to: &u32) {
        self.0.borrow_mut().move_children(*from, *to);
    }

    // What is wrong with a page, browsers mend.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        let tree = Tree::of(html).unwrap();
        tree.root()
            .walk()
            .map(|step| match step {
                Step::Text(text) => text.to_owned(),
                Step::Enter(element) => format!("<{}>", element.name()),
                Step::Leave(element) => format!("</{}>", element.name()),
            })
            .collect::<String>()
            .replace("<><html><head></head><body>", "")
            .replace("</body></html></>", "")
    }

    #[test]
    fn what_is_written_out_of_order_is_put_where_browsers_put_it() {
        assert_eq!(written("<b>船<p>晚</b>了"), "<b>船</b><p><b>晚</b>了</p>");
        assert_eq!(
            written("<table>渡<tr>轮<td>四<i>班</table>"),
            "渡轮<table><tbody><tr><td>四<i>班</i></td></tr></tbody></table>"
        );
        assert_eq!(
            written("one<!-- two -->three<svg><g/></svg>"),
            "onethree<svg><g></g></svg>"
        );
    }

    #[test]
    fn attributes_that_are_read_are_kept_and_the_first_of_a_name_counts() {
        let tree =
            Tree::of("<body hidden><p role=note class=x style=a>茶<body role=main hidden=no>").unwrap();
        let found = |name, attribute| {
            let mut elements = tree.root().elements();
            elements
                .find(|element| element.name() == name)
                .unwrap()
                .attr(attribute)
        };
        assert_eq!(found("body", "hidden"), Some(""));
        assert_eq!(found("body", "role"), Some("main"));
        assert_eq!(found("p", "style"), Some("a"));
        assert_eq!(found("p", "class"), None);
    }

    #[test]
    fn a_page_that_repeats_more_than_is_written_is_no_tree() {
        let open: String = (0..200).map(|at| format!("<b id=x{at}>")).collect();
        let page = format!("<p>{open}{}", "<p>茶".repeat(20_000));
        assert!(Tree::of(&page).unwrap_err() < page.len());
    }
}
