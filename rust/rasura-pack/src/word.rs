//! Words of labels: how they are folded and hashed. The engine hashes the words that it reads in the same way.

/// A word packed for comparison: its first eight folded bytes, little-endian, and its length, hashed.
#[inline]
#[must_use]
pub const fn key(first_eight: u64, length: usize) -> u64 {
    let mixed = (first_eight ^ (length as u64).wrapping_mul(0x9FB2_1C65_1E98_DF25)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// The key of words that another one follows.
#[inline]
#[must_use]
pub const fn extend(words: u64, next: u64) -> u64 {
    let mixed = (words.rotate_left(23) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

/// The key of a folded word.
#[must_use]
pub fn key_of(word: &[u8]) -> u64 {
    key(pack(word), word.len())
}

/// The first eight bytes of a folded word, little-endian.
#[must_use]
pub fn pack(word: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = word.len().min(8);
    first[..length].copy_from_slice(&word[..length]);
    u64::from_le_bytes(first)
}

/// The words of a label, lower case and without accents. `None` where a letter is outside Latin-1.
#[must_use]
pub fn words(label: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    for c in label.chars() {
        if c.is_alphabetic() {
            let folded = fold(c)?;
            words.last_mut()?.push(folded);
        } else if words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    (!words.is_empty()).then_some(words)
}

/// A letter in lower case without its accent.
fn fold(c: char) -> Option<char> {
    Some(match c.to_lowercase().next()? {
        plain @ 'a'..='z' => plain,
        'à'..='å' | 'æ' | 'ª' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' | 'º' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ß' => 's',
        'ð' => 'd',
        'þ' => 't',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_split_into_folded_words() {
        assert_eq!(words("C.P.F.").as_deref(), Some(&["c".to_owned(), "p".into(), "f".into()][..]));
        assert_eq!(
            words("Código de segurança").as_deref(),
            Some(&["codigo".to_owned(), "de".into(), "seguranca".into()][..])
        );
        assert_eq!(words("Nº").as_deref(), Some(&["no".to_owned()][..]));
        assert_eq!(words("주민"), None);
        assert_eq!(words("12"), None);
    }

    #[test]
    fn words_that_differ_after_eight_letters_may_share_a_key_only_with_the_same_length() {
        assert_eq!(key_of(b"identificacao"), key_of(b"identificador"));
        assert_ne!(key_of(b"identifica"), key_of(b"identificador"));
    }
}
