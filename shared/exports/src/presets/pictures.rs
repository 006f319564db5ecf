//! Where are the addresses in Taobao's column of pictures?

/// Keeps the addresses of `hash:1:0:|http://host/a.jpg;hash:1:1:|http://host/b.jpg;`, one a line; local file names are dropped.
pub(crate) fn addresses(text: &str) -> String {
    let parts = text.split([';', '|']).map(str::trim);
    parts.filter(|part| part.starts_with("http://") || part.starts_with("https://")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_kept() {
        assert_eq!(addresses("5a1e:1:0:|http://img/a.jpg;77f0:1:1:|https://img/b.jpg;"), "http://img/a.jpg\nhttps://img/b.jpg");
        assert_eq!(addresses("5a1e:1:0:|;"), "");
    }
}
