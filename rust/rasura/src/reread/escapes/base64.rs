//! Base64, of either alphabet.

/// Decodes up to the first character that is none of base64.
pub(super) fn decode(text: &[u8], mut byte: impl FnMut(u8)) {
    let (mut bits, mut held) = (0_u32, 0);
    for value in text.iter().map_while(|&byte| value(byte)) {
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            byte((bits >> held) as u8);
        }
    }
}

fn value(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}
