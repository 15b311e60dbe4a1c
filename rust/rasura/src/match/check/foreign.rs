//! Check digits of single countries that no table of weights says.

/// Verhoeff's rule: a product in the group of the symmetries of a pentagon.
pub(super) fn verhoeff(symbols: &[u8]) -> bool {
    const SHIFT: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let times = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - b) % 5,
        (false, false) => (5 + a - b) % 5,
    };
    let mut sum = 0;
    for (place, &digit) in symbols.iter().rev().enumerate() {
        if digit > 9 {
            return false;
        }
        let shifted = (0..place % 8).fold(digit, |digit, _| SHIFT[usize::from(digit)]);
        sum = times(sum, shifted);
    }
    sum == 0
}

/// ISO 7064 mod 11,10; of the first ten digits one stands twice or three times, but not three in a row, the others once.
pub(super) fn idnr(symbols: &[u8]) -> bool {
    let Some((&check, body)) = symbols.split_last() else { return false };
    if body.len() != 10 || symbols.iter().any(|&digit| digit > 9) {
        return false;
    }
    let mut counts = [0; 10];
    for &digit in body {
        counts[usize::from(digit)] += 1;
    }
    let often = counts.iter().filter(|&&count| count > 1).count();
    let in_a_row = body.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    let repeated = often == 1 && counts.iter().all(|&count| count <= 3) && !in_a_row;
    let product = body.iter().fold(10, |product, &digit| {
        let sum = (u32::from(digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    repeated && u32::from(check) == (11 - product) % 10
}

/// The key is what the other thirteen lack to a multiple of 97; the departments 2A and 2B of Corsica count as 19 and 18.
pub(super) fn nir(symbols: &[u8]) -> bool {
    const A: u8 = 10;
    const B: u8 = 11;
    if symbols.len() != 15 {
        return false;
    }
    let mut digits = symbols.to_vec();
    match (digits[5], digits[6]) {
        (2, A) => (digits[5], digits[6]) = (1, 9),
        (2, B) => (digits[5], digits[6]) = (1, 8),
        _ => {}
    }
    let number =
        |digits: &[u8]| digits.iter().try_fold(0, |n: u64, &digit| (digit < 10).then(|| n * 10 + u64::from(digit)));
    let (Some(body), Some(key)) = (number(&digits[..13]), number(&digits[13..])) else { return false };
    (1..=97).contains(&key) && (body + key) % 97 == 0
}

/// Characters in odd places have values of their own; letters may stand for digits.
pub(super) fn codice_fiscale(symbols: &[u8]) -> bool {
    const ODD: [u8; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let Some((&check, body)) = symbols.split_last() else { return false };
    // A digit counts as the letter of its number does.
    let place = |symbol: u8| usize::from(if symbol < 10 { symbol } else { symbol - 10 });
    if body.len() != 15 || symbols.iter().any(|&symbol| place(symbol) >= ODD.len()) {
        return false;
    }
    let value = |(n, &symbol): (usize, &u8)| if n % 2 == 0 { usize::from(ODD[place(symbol)]) } else { place(symbol) };
    let sum: usize = body.iter().enumerate().map(value).sum();
    usize::from(check) == 10 + sum % 26
}

#[cfg(test)]
mod tests {
    use super::*;
    use rasura_pack::shape::SYMBOL;

    fn symbols(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| SYMBOL[usize::from(byte)]).collect()
    }

    /// How many of the numbers that differ from a right one in one digit, or by two neighbours that change places, pass.
    fn passing_slips(passes: fn(&[u8]) -> bool, number: &str) -> usize {
        let right = symbols(number);
        assert!(passes(&right), "{number}");
        let mut wrong = Vec::new();
        for at in (0..right.len()).filter(|&at| right[at] < 10) {
            for digit in (0..10).filter(|&digit| digit != right[at]) {
                wrong.push(right.clone());
                wrong.last_mut().expect("one was put there")[at] = digit;
            }
            if at > 0 && right[at - 1] < 10 && right[at - 1] != right[at] {
                wrong.push(right.clone());
                wrong.last_mut().expect("one was put there").swap(at - 1, at);
            }
        }
        wrong.iter().filter(|other| passes(other)).count()
    }

    #[test]
    fn published_examples_pass_and_no_slip_of_theirs_does() {
        assert_eq!(passing_slips(verhoeff, "234123412346"), 0);
        assert_eq!(passing_slips(verhoeff, "2363"), 0);
        assert_eq!(passing_slips(nir, "185057800608491"), 0);
        assert_eq!(passing_slips(idnr, "86095742719"), 0);
        for code in ["RSSMRA85T10A562S", "MRTMTT25D09F205Z", "RSSMRAURTMLARSNL"] {
            assert!(codice_fiscale(&symbols(code)), "{code}");
        }
        assert!(!codice_fiscale(&symbols("RSSMRA85T10A562T")));
        assert!(!codice_fiscale(&symbols("RSSMRA85T10A562")));
    }

    #[test]
    fn departments_of_corsica_count_as_numbers() {
        for (code, number) in [("2A", 19), ("2B", 18)] {
            let body = 1_850_500_006_084_u64 + number * 1_000_000;
            let key = 97 - body % 97;
            let written = format!("18505{code}006084{key:02}");
            assert!(nir(&symbols(&written)), "{written}");
        }
        assert!(!nir(&symbols("185052C00608491")));
    }

    #[test]
    fn a_german_number_has_one_digit_twice_or_thrice() {
        assert!(idnr(&symbols("47036892816")) && idnr(&symbols("65929970489")));
        // Right by its check digit alone.
        assert!(!idnr(&symbols("12345678903")));
        assert!(!idnr(&symbols("1234567890")));
    }
}
