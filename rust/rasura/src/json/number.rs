//! How a number is shown to the search: the digits that it is worth, without exponent and without decimals that are zero.

/// A number that is longer holds no identifier, and is shown as nothing.
const LONGEST: usize = 64;

/// Appends a number, given as JSON writes it.
pub(super) fn show(written: &[u8], out: &mut Vec<u8>) {
    if written.len() <= LONGEST && written.iter().all(u8::is_ascii_digit) {
        out.extend_from_slice(written);
        return;
    }
    // `12.5` is written as it is shown.
    if written.len() <= LONGEST
        && written.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        && written.last().is_some_and(|last| matches!(last, b'1'..=b'9'))
    {
        out.extend_from_slice(written);
        return;
    }
    let (sign, rest) = if written.first() == Some(&b'-') { written.split_at(1) } else { written.split_at(0) };
    let exponent = rest.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = exponent.map_or((rest, Some(0)), |at| (&rest[..at], power(&rest[at + 1..])));
    let point = mantissa.iter().position(|&byte| byte == b'.').unwrap_or(mantissa.len());
    let Some(exponent) = exponent else { return };
    if mantissa.len() > 2 * LONGEST {
        return;
    }
    let digits: Vec<u8> = mantissa.iter().copied().filter(u8::is_ascii_digit).collect();
    let shown = placed(&digits, point as i64 + exponent);
    if sign.len() + shown.len() <= LONGEST && !shown.is_empty() {
        out.extend_from_slice(sign);
        out.extend_from_slice(&shown);
    }
}

/// What an exponent says; nothing where it is out of all reason.
fn power(written: &[u8]) -> Option<i64> {
    let power: i64 = std::str::from_utf8(written).ok()?.trim_start_matches('+').parse().ok()?;
    (-1_000..=1_000).contains(&power).then_some(power)
}

/// The digits with their point behind the first `point` ones.
fn placed(digits: &[u8], point: i64) -> Vec<u8> {
    let before = usize::try_from(point).unwrap_or(0);
    let mut whole: Vec<u8> = digits.iter().copied().take(before).collect();
    whole.resize(before, b'0');
    let mut part = vec![b'0'; usize::try_from(-point).unwrap_or(0)];
    part.extend(digits.iter().skip(before));
    while part.last() == Some(&b'0') {
        part.pop();
    }
    let leading = whole.iter().take_while(|&&byte| byte == b'0').count();
    whole.drain(..leading);
    if whole.is_empty() {
        whole.push(b'0');
    }
    if !part.is_empty() {
        whole.push(b'.');
        whole.extend(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::show;

    fn shown(written: &str) -> String {
        let mut out = Vec::new();
        show(written.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_whole_number_is_its_digits_however_it_is_written() {
        for written in ["52998224725", "52998224725.0", "5.2998224725E10", "5.2998224725e+10", "529982247250e-1"] {
            assert_eq!(shown(written), "52998224725", "{written}");
        }
        assert_eq!(shown("-12.50"), "-12.5");
        assert_eq!(shown("1.5e-07"), "0.00000015");
        assert_eq!(shown("-0"), "-0");
        assert_eq!(shown("0.0"), "0");
        assert_eq!(shown("1e22"), format!("1{}", "0".repeat(22)));
    }

    #[test]
    fn a_number_without_measure_is_shown_as_nothing() {
        for written in ["1e400", "1e-400", "1e999999999999999999999", "-1e99999"] {
            assert_eq!(shown(written), "", "{written}");
        }
        assert_eq!(shown(&"9".repeat(64)).len(), 64);
        assert_eq!(shown(&"9".repeat(65)), "");
        assert_eq!(shown(&format!("0.{}", "1".repeat(5_000))), "");
    }

    #[test]
    fn floats_are_shown_as_rust_writes_them() {
        for value in [0.1, 1e16, 123_456_789_012_345_680.0, 1e22, 5e-7, 1.0 / 3.0, 2.5e-10, 7e20] {
            assert_eq!(shown(&format!("{value:e}")), format!("{value}"));
        }
    }
}
