//! How are numbers and ways to get in touch disguised?

use super::Random;

pub(super) fn number_words(word: &str, _: &mut Random) -> Option<String> {
    let table = [
        ("clon 1:1", "clon uno a uno"),
        ("1:1", "one to one"),
        ("1 в 1", "один в один"),
        ("AAA", "triple A"),
        ("aaa", "triple a"),
        ("一比一", "1比1"),
    ];
    table.iter().find(|(plain, _)| word == *plain).map(|(_, new)| (*new).to_owned())
}

pub(super) fn handles(word: &str, random: &mut Random) -> Option<String> {
    let table: &[(&str, &[&str])] = &[
        (
            "whatsapp",
            &[
                "wh@tsapp",
                "w.h.a.t.s.a.p.p",
                "what's app",
                "whats🔥app",
                "whatsap",
                "w/hatsapp",
                "wa.me",
                "Wh4tsApp",
                "w h a t s a p p",
            ],
        ),
        ("telegram", &["t.e.l.e.g.r.a.m", "telegr@m", "te1egram", "t e l e g r a m", "t.me"]),
        ("微信", &["薇❤信", "微.信", "V❤", "薇信", "vx", "微🌟信", "徽信"]),
        ("薇信", &["薇❤信", "V信", "威信号", "薇.信"]),
        ("line", &["L1NE", "L.I.N.E", "ＬＩＮＥ", "LINE ID"]),
        ("카톡", &["카.톡", "ㅋㅏㅌㅗㄱ", "까톡", "카-톡"]),
        ("zalo", &["z@lo", "z.a.l.o", "za1o", "Zaloo"]),
        ("واتساب", &["و ا ت س ا ب", "واتس اب", "و.ا.ت.س.ا.ب"]),
    ];
    let lower = word.to_lowercase();
    let (plain, forms) = table.iter().find(|(plain, _)| lower.contains(plain))?;
    let at = lower.find(plain)?;
    // Lower case may be of another length.
    let (before, behind) = (word.get(..at)?, word.get(at + plain.len()..)?);
    random.pick(forms).map(|new| format!("{before}{new}{behind}"))
}
