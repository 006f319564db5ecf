//! Which known words can be read in a run of letters, digits and signs, however they are set apart or replaced?

use super::alike::{is_like_kana, look_alikes, pair, regional, stand_ins};
use super::chars::never_breaks;
use super::known::{Beginning, DISGUISED_CHARS_MIN, IDEOGRAPHS_MIN, KnownWords, SPACED_LETTERS_MIN, is_dense, is_letter};
use super::{Trick, chars::is_word_char};
use std::ops::Range;

/// Longest separator between letters, in bytes: a space, an emoji with its selector, a space.
pub(super) const GAP_BYTES_MAX: usize = 10;
/// Most steps that one word may take: a brand name with three readings of each letter takes under 200.
const STEPS_MAX: u32 = 600;

/// One character of the folded text. Three or more of the same letter are one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    c: char,
    start: usize,
    end: usize,
    run: usize,
    /// A line break in the original.
    breaks: bool,
}

impl Item {
    /// Notes that the space at this place was a line break.
    pub(super) fn note_break(&mut self, at: usize) {
        self.breaks |= self.start == at;
    }
}

/// A known word that was read.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) word: usize,
    pub(super) range: Range<usize>,
    pub(super) trick: Trick,
    /// Items that it took.
    items: usize,
}

/// What stands between two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// What also stands between words.
    Common,
    /// What does not stand between words: a dot, an asterisk, an emoji.
    Odd,
}

/// Where a reading stands.
#[derive(Clone, Copy)]
struct State {
    beginning: Beginning,
    /// The next item.
    at: usize,
    letters: usize,
    /// Digits and signs that were read as letters.
    stand_ins: usize,
    /// Letters that were read as others, `i` for `l`: believed beside another trick, since "Girl" and "Giri" are two words.
    swaps: usize,
    look_alikes: bool,
    repeats: bool,
    /// Whether the last thing was a gap.
    in_gap: bool,
}

/// The characters of a range, as items.
pub(super) fn items(text: &str, range: Range<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(range.len());
    for (at, c) in text[range.clone()].char_indices() {
        let (start, end) = (range.start + at, range.start + at + c.len_utf8());
        items.push(Item { c, start, end, run: 1, breaks: false });
        let count = items.len();
        let is_same = |back: usize| count.checked_sub(back).and_then(|at| items.get(at)).is_some_and(|item| item.c == c);
        let in_run = is_same(2) && items[count - 2].run > 1;
        if (in_run || is_same(2) && is_same(3)) && is_word_char(c) {
            let dropped = if in_run { 1 } else { 2 };
            items.truncate(count - dropped);
            if let Some(run) = items.last_mut() {
                run.run += dropped;
                run.end = end;
            }
        }
    }
    items
}

/// Every known word in disguise, from left to right, apart from each other.
pub(super) fn find(items: &[Item], known: &KnownWords, mut found: impl FnMut(Found)) {
    let mut walk = Walk::of(items, known);
    let mut at = 0;
    while at < items.len() {
        let Some(word) = walk.word_at(at) else {
            at += 1;
            continue;
        };
        // The fewest letters that make a word may do so by chance: "е R a y B a n" is no "era".
        let is_short = known.written(word.word).chars().filter(|c| is_letter(*c)).count() <= SPACED_LETTERS_MIN;
        let is_longer = |other: Found| other.items > word.items;
        let mut within = if is_short { at + 1..at + word.items } else { 0..0 };
        match within.find(|within| walk.word_at(*within).is_some_and(is_longer)) {
            Some(within) => at = within,
            None => {
                at += word.items;
                found(word);
            }
        }
    }
}

/// Whether a word may begin here: at a letter, or a sign that is put for one, behind something that is none.
fn may_begin(items: &[Item], at: usize) -> bool {
    let c = items[at].c;
    let is_readable = is_letter(c) || !stand_ins(c).is_empty() || regional(c).is_some();
    is_readable && (never_breaks(c) || at == 0 || !is_word_char(items[at - 1].c) || never_breaks(items[at - 1].c))
}

struct Walk<'w> {
    items: &'w [Item],
    first: usize,
    known: &'w KnownWords,
    steps: u32,
    best: Option<Found>,
    /// Where the last known word that was read to its end, disguised or not, ends.
    whole_at: usize,
    /// Whether the chunk holds letters beyond ASCII: then an ASCII letter may stand for one of another alphabet.
    is_mixed: bool,
    /// Up to where that is known.
    looked: Option<usize>,
    /// The letters that were read on the way here.
    read: String,
    /// After how many letters there was a gap, and which.
    gaps: Vec<(usize, Gap)>,
}

impl<'w> Walk<'w> {
    fn of(items: &'w [Item], known: &'w KnownWords) -> Self {
        let (read, gaps) = (String::new(), Vec::new());
        Self { items, first: 0, known, steps: 0, best: None, whole_at: 0, is_mixed: false, looked: None, read, gaps }
    }

    /// The longest word that begins here, if one may. Places are asked for from left to right.
    fn word_at(&mut self, at: usize) -> Option<Found> {
        // Most Chinese characters begin no word, and look like nothing else.
        let c = self.items[at].c;
        let is_itself = matches!(c, '\u{4e00}'..='\u{9fff}') && !is_like_kana(c);
        if is_itself && self.known.with(KnownWords::beginning(), c).is_none() || !may_begin(self.items, at) {
            return None;
        }
        if self.looked.is_none_or(|looked| looked < at) {
            let next = self.items[at..].iter().position(|item| item.c == ' ' || !item.c.is_ascii());
            let next = next.map_or(self.items.len(), |next| at + next);
            self.looked = Some(next);
            self.is_mixed = self.items.get(next).is_some_and(|item| !item.c.is_ascii());
        }
        self.goes_on(at).then(|| self.longest(at))?
    }

    /// Whether a word may go on behind its first letter: most do not.
    fn goes_on(&self, at: usize) -> bool {
        let Some([first, second]) = self.items.get(at..at + 2) else { return true };
        let is_pair = |at: usize| self.items.get(at..at + 2).is_some_and(|two| pair(two[0].c, two[1].c).is_some());
        if first.run > 1 || second.run > 1 || is_pair(at) || is_pair(at + 1) {
            return true;
        }
        let goes_on = |beginning| self.is_read(second.c, |letter| self.known.with(beginning, letter).is_some());
        self.is_read(first.c, |letter| {
            let beginning = self.known.with(KnownWords::beginning(), letter);
            beginning.is_some_and(|beginning| !is_letter(second.c) || goes_on(beginning))
        })
    }

    /// Whether a character may be read as one of some letters.
    fn is_read(&self, c: char, is_one: impl Fn(char) -> bool) -> bool {
        let has_look_alikes = self.is_mixed || !c.is_ascii();
        is_one(c)
            || stand_ins(c).iter().any(|letter| is_one(*letter))
            || (has_look_alikes && look_alikes(c).iter().any(|letter| is_one(*letter)))
            || regional(c).is_some_and(is_one)
    }

    /// The longest word that begins here.
    fn longest(&mut self, at: usize) -> Option<Found> {
        (self.first, self.steps, self.best, self.whole_at) = (at, 0, None, 0);
        self.go(State {
            beginning: KnownWords::beginning(),
            at,
            letters: 0,
            stand_ins: 0,
            swaps: 0,
            look_alikes: false,
            repeats: false,
            in_gap: false,
        });
        self.best.take()
    }

    fn go(&mut self, state: State) {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return;
        }
        if let Some(word) = self.known.complete(state.beginning, &self.read) {
            self.consider(word, state);
        }
        let Some(&item) = self.items.get(state.at) else { return };
        self.read(state, item.c, item, |_| {});
        // Plain letters are swapped in other spellings; here they cost every number a look.
        let readings = if item.c.is_ascii_alphabetic() && !self.is_mixed { &[] } else { stand_ins(item.c) };
        for &letter in readings {
            // An emoji between letters is no part of a model's number.
            self.read(state, letter, item, |next| match item.c {
                'a'..='z' => next.swaps += 1,
                '\0'..='\u{ff}' => next.stand_ins += 1,
                _ => next.look_alikes = true,
            });
        }
        if let Some(letter) = regional(item.c) {
            self.read(state, letter, item, |next| next.look_alikes = true);
        }
        if self.is_mixed || !item.c.is_ascii() {
            for &letter in look_alikes(item.c) {
                self.read(state, letter, item, |next| next.look_alikes = true);
            }
        }
        if let Some(second) = self.items.get(state.at + 1)
            && let Some(letter) = pair(item.c, second.c)
        {
            self.step(state, letter, |next| {
                next.at += 1;
                next.look_alikes = true;
            });
        }
        if state.letters > 0 && !is_letter(item.c) {
            self.cross(state);
        }
    }

    /// Goes on with a letter, when a known word does.
    fn read(&mut self, state: State, letter: char, item: Item, note: impl FnOnce(&mut State)) {
        if self.known.with(state.beginning, letter).is_none() || !is_letter(letter) {
            return;
        }
        let mut state = state;
        note(&mut state);
        state.repeats |= item.run > 1;
        self.step(state, letter, |_| {});
        // Of many, two may be meant.
        if item.run > 1
            && let Some(beginning) = self.known.with(state.beginning, letter)
        {
            self.read.push(letter);
            self.step(State { beginning, letters: state.letters + letter_count(letter), ..state }, letter, |_| {});
            self.read.pop();
        }
    }

    /// Takes one letter.
    fn step(&mut self, state: State, letter: char, note: impl FnOnce(&mut State)) {
        let Some(beginning) = self.known.with(state.beginning, letter) else { return };
        let mut next =
            State { beginning, at: state.at + 1, letters: state.letters + letter_count(letter), in_gap: false, ..state };
        note(&mut next);
        self.read.push(letter);
        self.go(next);
        self.read.pop();
    }

    /// Goes on behind what separates letters.
    fn cross(&mut self, state: State) {
        let rest = &self.items[state.at..];
        let count = rest.iter().take_while(|item| !is_letter(item.c) && regional(item.c).is_none()).count();
        let Some(last) = rest.get(count).and_then(|_| rest.get(count.checked_sub(1)?)) else { return };
        if last.end - rest[0].start > GAP_BYTES_MAX {
            return;
        }
        let is_common = |item: &Item| {
            matches!(item.c, ' ' | '-' | '/' | ',' | '&' | '+' | ':' | ';' | '|' | '(' | ')' | '"' | '\'') && !item.breaks
        };
        let gap = if rest[..count].iter().all(is_common) { Gap::Common } else { Gap::Odd };
        self.gaps.push((state.letters, gap));
        self.go(State { at: state.at + count, in_gap: true, ..state });
        self.gaps.pop();
    }

    /// Keeps a word that was read to its end, when it is disguised and believable.
    fn consider(&mut self, word: usize, state: State) {
        let Some(&last) = self.items.get(state.at.wrapping_sub(1)) else { return };
        // A gap is not the end of a word, and a sign behind a whole word is punctuation: "Gucci!" is no "Guccii".
        let is_punctuated = !is_word_char(last.c) && self.whole_at + 1 == state.at;
        if !is_punctuated && !state.in_gap {
            self.whole_at = state.at;
        }
        if is_punctuated || state.in_gap || !self.ends(last.c, state.at) {
            return;
        }
        let items = &self.items[self.first..state.at];
        let Some(trick) = trick(self.known.written(word), state, &self.gaps, items, self.around(state.at)) else { return };
        let items = state.at - self.first;
        if self.best.as_ref().is_none_or(|best| items > best.items) {
            self.best = Some(Found { word, range: self.items[self.first].start..last.end, trick, items });
        }
    }

    fn ends(&self, last: char, at: usize) -> bool {
        let goes_on = |next: &Item| is_word_char(next.c) && !never_breaks(next.c);
        is_dense(last) || !self.items.get(at).is_some_and(goes_on)
    }

    /// Whether something separates the word from what stands around it.
    fn around(&self, at: usize) -> bool {
        let is_apart = |item: Option<&Item>| !item.is_some_and(|item| is_letter(item.c));
        is_apart(self.first.checked_sub(1).and_then(|before| self.items.get(before))) && is_apart(self.items.get(at))
    }
}

/// What a letter adds to the length of a word.
fn letter_count(letter: char) -> usize {
    usize::from(!is_thai_mark(letter))
}

/// Vowels and tones that stand above or below the letters of Thai.
fn is_thai_mark(c: char) -> bool {
    matches!(c, '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}')
}

/// How a reading disguises a word; `None` when it does not, or so that chance may have done it.
fn trick(written: &str, state: State, gaps: &[(usize, Gap)], items: &[Item], is_apart: bool) -> Option<Trick> {
    // Where the policy itself separates letters, anything may.
    let mut letters = 0;
    let mut own: Vec<usize> = Vec::new();
    for c in written.chars() {
        if !is_letter(c) { own.push(letters) } else { letters += letter_count(c) }
    }
    let inner = || gaps.iter().filter(|(at, _)| !own.contains(at));
    let ends = || gaps.iter().map(|(at, _)| *at).chain([letters]);
    let pieces: Vec<usize> = std::iter::once(0).chain(ends()).zip(ends()).map(|(from, to)| to - from).collect();
    let all_lone = pieces.iter().all(|piece| *piece <= 1);
    // Each inner gap stands between two lone letters, or is none that separates words.
    let believable = gaps
        .iter()
        .enumerate()
        .all(|(piece, (at, gap))| own.contains(at) || *gap == Gap::Odd || (pieces[piece] <= 1 && pieces[piece + 1] <= 1));
    let is_dense = written.chars().any(is_dense);
    let is_spaced = inner().next().is_some();
    let only_common = is_spaced && inner().all(|(_, gap)| *gap == Gap::Common);
    let least = match (is_dense, is_spaced && all_lone) {
        // Two ideographs set apart by a space may be two words.
        (true, _) if only_common && !is_apart => SPACED_LETTERS_MIN,
        (true, _) => IDEOGRAPHS_MIN,
        (false, true) => SPACED_LETTERS_MIN,
        (false, false) => DISGUISED_CHARS_MIN,
    };
    if !believable || letters < least || (state.stand_ins + state.swaps) * 2 >= letters {
        return None;
    }
    if is_spaced {
        // A digit may be of a model's number: "m m 6".
        let has_digits = all_lone && written.contains(|c: char| c.is_numeric());
        return (!has_digits).then_some(if all_lone { Trick::Spaced } else { Trick::Censored });
    }
    if state.look_alikes {
        return Some(Trick::LookAlike);
    }
    if state.stand_ins > 0 {
        return Some(Trick::Leet);
    }
    if state.repeats {
        return Some(Trick::Repeated);
    }
    // The letters are there, and what separates them is not what the policy knows.
    let is_usual = |gap: &Item| matches!(gap.c, ' ' | '-');
    let separators = items.iter().filter(|item| !is_letter(item.c));
    (!gaps.is_empty()
        && separators.clone().any(|gap| !is_usual(gap))
        && !written.contains(|c: char| !is_letter(c) && c != ' ' && c != '-'))
    .then_some(Trick::Joined)
}
