//! Which address of a picture is the same picture? Sizes, formats and signatures are stripped, which delivery networks put into addresses.

use super::hash::Hash;

/// Endings of files that are pictures. One picture is delivered in several formats, so the ending says nothing.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "avif", "bmp", "heic", "jfif"];

/// Parameters that choose a size or a format, sign an address or follow a visitor, and so name no picture.
const PARAMETERS_WITHOUT_MEANING: &[&str] = &[
    "w",
    "h",
    "width",
    "height",
    "size",
    "sz",
    "s",
    "q",
    "quality",
    "format",
    "fmt",
    "fit",
    "crop",
    "auto",
    "dpr",
    "v",
    "ver",
    "t",
    "ts",
    "token",
    "sign",
    "signature",
    "expires",
    "e",
    "key-pair-id",
    "policy",
];

/// The number of the picture behind an address: the same for every size, format and signature. `None` for what names no picture, such as
/// an address of nothing but a host, or the picture itself instead of its address.
pub(super) fn picture(address: &str, plain: &mut String) -> Option<u64> {
    normalise(address, plain).then(|| Hash::new(b'P').with_all(plain.as_bytes()).finish())
}

fn normalise(address: &str, plain: &mut String) -> bool {
    plain.clear();
    let address = address.trim();
    let rest = match address.find("://") {
        Some(at) => &address[at + 3..],
        None => address.strip_prefix("//").unwrap_or(address),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let Some((host, path)) = path.split_once('/') else { return false };
    if host.is_empty() || host.contains(':') && !host.contains('.') {
        return false;
    }
    plain.push_str(host);
    plain.make_ascii_lowercase();
    if plain.starts_with("www.") {
        plain.drain(..4);
    }
    let start = plain.len();
    for segment in path.split('/').filter(|segment| !segment.is_empty() && !is_size_segment(segment)) {
        plain.push('/');
        plain.push_str(segment);
    }
    let is_file = strip_ending(plain, start);
    if plain.len() > start + 1 {
        strip_sizes(plain, start);
    }
    if !is_file {
        push_parameters(query, plain);
    }
    plain.len() > start + 1
}

/// Takes `.jpg`, `.jpg_640x640.jpg`, `.jpg_.webp` off the end. Whether there was one.
fn strip_ending(plain: &mut String, start: usize) -> bool {
    let mut is_file = false;
    while let Some(dot) = plain[start..].rfind('.').map(|at| start + at) {
        if !ENDINGS.iter().any(|ending| plain[dot + 1..].eq_ignore_ascii_case(ending)) {
            break;
        }
        plain.truncate(dot);
        is_file = true;
        // What a delivery network appended to the whole name stands behind an ending of its own: "a.jpg_640x640".
        let appended = plain[start..].rfind('_').map(|at| start + at).filter(|at| {
            let before = &plain[start..*at];
            ENDINGS.iter().any(|ending| before.to_ascii_lowercase().ends_with(&format!(".{ending}")))
        });
        if let Some(at) = appended {
            plain.truncate(at);
        }
    }
    is_file
}

/// Takes marks of size off the end of the name: `-300x300`, `_1024x1024`, `_600x`, `@2x`, `._AC_SL1500_`, `/s-l1600`.
fn strip_sizes(plain: &mut String, start: usize) {
    if let Some(at) = plain[start..].rfind("._").map(|at| start + at).filter(|_| plain.ends_with('_')) {
        plain.truncate(at);
    }
    let name = plain[start..].rfind('/').map_or(start, |at| start + at + 1);
    if let Some(size) = plain[name..].strip_prefix("s-l")
        && !size.is_empty()
        && size.bytes().all(|byte| byte.is_ascii_digit())
    {
        plain.truncate(name - 1);
        return;
    }
    while let Some(at) = plain[name..].rfind(['-', '_', '@']).map(|at| name + at).filter(|at| *at > name) {
        if !is_size(&plain[at + 1..]) {
            break;
        }
        plain.truncate(at);
    }
}

/// Whether a part of a path is a size: `300x300`, `w_300,h_300`, `il_794xN` is none because the picture follows in the same part.
fn is_size_segment(segment: &str) -> bool {
    let is_setting = |part: &str| {
        part.split_once('_').is_some_and(|(name, value)| {
            matches!(name, "w" | "h" | "q" | "f" | "c" | "dpr") && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    is_size(segment) || segment.split(',').all(is_setting)
}

/// `300x300`, `600x`, `x600`, `2x`.
fn is_size(text: &str) -> bool {
    let Some((width, height)) = text.split_once(['x', 'X']) else { return false };
    let is_number = |part: &str| part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number(width) && is_number(height) && !(width.is_empty() && height.is_empty())
}

fn push_parameters(query: &str, plain: &mut String) {
    let names_something = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
        !name.is_empty() && !name.starts_with("x-amz-") && !name.starts_with("utm_") && {
            !PARAMETERS_WITHOUT_MEANING.contains(&name.as_str())
        }
    };
    let mut parameters: Vec<&str> = query.split('&').filter(names_something).collect();
    parameters.sort_unstable();
    for parameter in parameters {
        plain.push('?');
        plain.push_str(parameter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_reduced_to_the_picture_that_it_names() {
        let check = |address: &str, expected: &str| {
            let mut plain = String::new();
            let is_picture = normalise(address, &mut plain);
            assert_eq!(is_picture.then_some(plain.as_str()), Some(expected).filter(|plain| !plain.is_empty()), "{address}");
        };
        let shop = "img.example/a/b";
        for same in [
            "https://img.example/a/b.jpg",
            "http://www.IMG.example/a/b.jpg?w=300&h=300",
            "//img.example/a//b.webp#top",
            "img.example/a/b_1024x1024.jpg",
            "https://img.example/a/b-300x300.JPG",
            "https://img.example/a/b@2x.png",
            "https://img.example/a/b_600x.jpg?v=16",
            "https://img.example/a/b.jpg_640x640.jpg",
            "https://img.example/a/b.jpg_640x640Q90.jpg_.webp",
            "https://img.example/w_300,h_300/a/b.jpg",
            "https://img.example/300x300/a/b.jpg",
            "https://img.example/a/b._AC_SL1500_.jpg",
            "https://img.example/a/b/s-l1600.webp",
            "https://img.example/a/b/s-l64.jpg",
            "https://img.example/a/b?X-Amz-Signature=1&token=2",
        ] {
            check(same, shop);
        }
        // What tells pictures apart stays: case and numbers of a name, and parameters where the path names no file.
        check("https://img.example/a/B.jpg", "img.example/a/B");
        check("https://img.example/a/b-2.jpg", "img.example/a/b-2");
        check("https://img.example/show.php?id=7&w=100", "img.example/show.php?id=7");
        check("https://img.example/show.php?w=100&id=8", "img.example/show.php?id=8");
        // No picture.
        for none in
            ["", "https://img.example", "https://img.example/", "data:image/png;base64,iVBORw0KGgo=", "?", "///", "https:///x"]
        {
            check(none, "");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_an_address_or_none(address in "\\PC{0,40}|(https://)?[a-z./_?&=xX0-9@-]{0,40}") {
            let mut plain = String::new();
            let first = picture(&address, &mut plain);
            proptest::prop_assert_eq!(picture(&address, &mut plain), first);
        }
    }
}
