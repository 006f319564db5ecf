//! How are Chinese words written around a filter?

use super::{Random, each_letter, letters};

/// The characters of our listings' words: reading, traditional form, parts, one that sounds the same. Unihan and general knowledge.
const CHARACTERS: &[(char, &str, &str, &str, &str)] = &[
    ('劳', "lao", "勞", "", "牢"),
    ('力', "li", "", "", "利"),
    ('士', "shi", "", "", "仕"),
    ('爱', "ai", "愛", "", "艾"),
    ('马', "ma", "馬", "", "玛"),
    ('仕', "shi", "", "亻士", "士"),
    ('香', "xiang", "", "禾日", "湘"),
    ('奈', "nai", "", "大示", "耐"),
    ('儿', "er", "兒", "", "尔"),
    ('路', "lu", "", "", "露"),
    ('易', "yi", "", "", "亿"),
    ('威', "wei", "", "", "薇"),
    ('登', "deng", "", "", "灯"),
    ('古', "gu", "", "十口", "谷"),
    ('驰', "chi", "馳", "马也", "池"),
    ('耐', "nai", "", "", "奈"),
    ('克', "ke", "", "十兄", "刻"),
    ('盟', "meng", "", "明皿", "萌"),
    ('可', "ke", "", "", "克"),
    ('睐', "lai", "睞", "目来", "莱"),
    ('雷', "lei", "", "", "蕾"),
    ('朋', "peng", "", "月月", "鹏"),
    ('卡', "ka", "", "", "咖"),
    ('地', "di", "", "土也", "帝"),
    ('亚', "ya", "亞", "", "雅"),
    ('阿', "a", "", "", "啊"),
    ('迪', "di", "", "", "蒂"),
    ('达', "da", "達", "", "大"),
    ('斯', "si", "", "其斤", "思"),
    ('欧', "ou", "歐", "区欠", "鸥"),
    ('米', "mi", "", "", "蜜"),
    ('茄', "jia", "", "艹加", "伽"),
    ('博', "bo", "", "", "伯"),
    ('柏', "bo", "", "木白", "博"),
    ('利', "li", "", "禾刂", "丽"),
    ('奥', "ao", "奧", "", "澳"),
    ('普', "pu", "", "", "浦"),
    ('拉', "la", "", "扌立", "啦"),
    ('巴', "ba", "", "", "芭"),
    ('黎', "li", "", "", "莉"),
    ('世', "shi", "", "", "士"),
    ('家', "jia", "", "", "佳"),
    ('范', "fan", "範", "", "凡"),
    ('哲', "zhe", "", "折口", "者"),
    ('芬', "fen", "", "艹分", "芳"),
    ('蒂', "di", "", "艹帝", "帝"),
    ('芙', "fu", "", "艹夫", "扶"),
    ('尼', "ni", "", "", "妮"),
    ('百', "bai", "", "", "佰"),
    ('翡', "fei", "", "非羽", "菲"),
    ('丽', "li", "麗", "", "莉"),
    ('驴', "lv", "驢", "马户", "吕"),
    ('牌', "pai", "", "", "派"),
    ('华', "hua", "華", "化十", "花"),
    ('伦', "lun", "倫", "亻仑", "轮"),
    ('天', "tian", "", "", "添"),
    ('奴', "nu", "", "女又", "努"),
    ('苹', "ping", "蘋", "艹平", "平"),
    ('果', "guo", "", "", "菓"),
    ('葆', "bao", "", "艹保", "宝"),
    ('蝶', "die", "", "", "碟"),
    ('高', "gao", "", "", "搞"),
    ('仿', "fang", "", "亻方", "房"),
    ('精', "jing", "", "米青", "晶"),
    ('货', "huo", "貨", "化贝", "伙"),
    ('复', "fu", "復", "", "付"),
    ('刻', "ke", "", "亥刂", "克"),
    ('纯', "chun", "純", "", "淳"),
    ('原', "yuan", "", "", "源"),
    ('厂', "chang", "廠", "", "场"),
    ('皮', "pi", "", "", "批"),
    ('莆', "pu", "", "艹甫", "浦"),
    ('田', "tian", "", "", "甜"),
    ('微', "wei", "", "", "薇"),
    ('信', "xin", "", "亻言", "芯"),
    ('薇', "wei", "", "艹微", "微"),
    ('加', "jia", "", "力口", "佳"),
    ('强', "qiang", "強", "弓虽", "墙"),
    ('北', "bei", "", "", "贝"),
    ('顶', "ding", "頂", "丁页", "鼎"),
    ('级', "ji", "級", "", "集"),
    ('一', "yi", "", "", "壹"),
    ('比', "bi", "", "", "笔"),
    ('潜', "qian", "潛", "", "钱"),
    ('航', "hang", "", "舟亢", "杭"),
    ('者', "zhe", "", "", "哲"),
    ('绿', "lv", "綠", "", "率"),
    ('水', "shui", "", "", "税"),
    ('鬼', "gui", "", "", "贵"),
    ('酒', "jiu", "", "氵酉", "九"),
    ('神', "shen", "", "礻申", "深"),
    ('包', "bao", "", "", "苞"),
    ('海', "hai", "", "氵每", "嗨"),
    ('铂', "bo", "鉑", "钅白", "箔"),
    ('金', "jin", "", "", "今"),
    ('鹦', "ying", "鸚", "婴鸟", "英"),
    ('鹉', "wu", "鵡", "武鸟", "武"),
    ('螺', "luo", "", "虫累", "罗"),
    ('老', "lao", "", "", "佬"),
    ('花', "hua", "", "艹化", "华"),
    ('椰', "ye", "", "", "耶"),
    ('子', "zi", "", "", "籽"),
    ('真', "zhen", "", "", "珍"),
    ('我', "wo", "", "", "沃"),
    ('马', "ma", "馬", "", "玛"),
    ('鞍', "an", "", "革安", "安"),
    ('法', "fa", "", "氵去", "发"),
    ('棍', "gun", "", "木昆", "滚"),
    ('看', "kan", "", "", "砍"),
    ('图', "tu", "圖", "", "途"),
];

fn entry(c: char) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    CHARACTERS
        .iter()
        .find(|(character, ..)| *character == c)
        .map(|(_, reading, traditional, parts, sound)| (*reading, *traditional, *parts, *sound))
}

fn is_chinese(word: &str) -> bool {
    word.chars().all(|c| entry(c).is_some())
}

pub(super) fn pinyin(word: &str, _: &mut Random) -> Option<String> {
    // Two syllables are ordinary words of other languages: "dior" would be "diao".
    (is_chinese(word) && letters(word) >= 3).then(|| each_letter(word, |c| entry(c).map(|(reading, ..)| reading.to_owned())))?
}

pub(super) fn initials(word: &str, _: &mut Random) -> Option<String> {
    // Three letters are initials of anything.
    (is_chinese(word) && letters(word) >= 4)
        .then(|| each_letter(word, |c| entry(c).and_then(|(reading, ..)| reading.get(..1)).map(str::to_owned)))?
}

fn one_of(word: &str, random: &mut Random, least: usize, new: impl Fn(char) -> Option<&'static str>) -> Option<String> {
    let places: Vec<_> =
        word.char_indices().filter_map(|(at, c)| new(c).filter(|new| !new.is_empty()).map(|new| (at, c, new))).collect();
    let (at, c, new) = random.pick(&places).filter(|_| word.chars().count() >= least)?;
    Some(format!("{}{new}{}", &word[..at], &word[at + c.len_utf8()..]))
}

pub(super) fn half_pinyin(word: &str, random: &mut Random) -> Option<String> {
    one_of(word, random, 2, |c| entry(c).map(|(reading, ..)| reading))
}

pub(super) fn split(word: &str, random: &mut Random) -> Option<String> {
    one_of(word, random, 2, |c| entry(c).map(|(_, _, parts, _)| parts))
}

pub(super) fn traditional(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| entry(c).map(|(_, traditional, ..)| traditional.to_owned()).filter(|new| !new.is_empty()))
}

pub(super) fn homophones(word: &str, random: &mut Random) -> Option<String> {
    // Of two characters, another word comes out, which the lexicon lists where sellers use it.
    one_of(word, random, 3, |c| entry(c).map(|(.., sound)| sound))
}
