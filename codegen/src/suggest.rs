//! "Did you mean": the nearest of some known names.

/// The known name that is at most a third of its length away; the first of equals.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (distance(&fold(word), &fold(name)), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The help line for a misspelt name, when there is a near one.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, known).map(|name| format!("did you mean `{name}`?"))
}

/// Letter case and separators are what people mix up most.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .take(64)
        .filter(|c| !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Edits from one word to the other; two neighbours exchanged are one edit.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let cell = |row: Option<&Vec<usize>>, n: usize| row.and_then(|row| row.get(n)).copied();
    for (i, x) in a.iter().enumerate() {
        let above = rows.last();
        let before = i.checked_sub(1).and_then(|n| rows.get(n));
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let up = cell(above, j + 1).unwrap_or_default() + 1;
            let diagonal = cell(above, j).unwrap_or_default() + usize::from(x != y);
            let left = row.last().copied().unwrap_or_default() + 1;
            let mut best = up.min(diagonal).min(left);
            let (last_x, last_y) = (i.checked_sub(1), j.checked_sub(1));
            if let (Some(last_x), Some(last_y)) = (last_x, last_y)
                && a.get(last_x) == Some(y)
                && b.get(last_y) == Some(x)
            {
                best = best.min(cell(before, last_y).unwrap_or_default() + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last()
        .and_then(|row| row.last())
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let names = ["minLength", "maxLength", "$ref", "sign", "x-row"];
        for (word, name) in [
            ("maxLenght", Some("maxLength")),
            ("max_length", Some("maxLength")),
            ("sing", Some("sign")),
            ("xrow", Some("x-row")),
            ("warehouse", None),
        ] {
            assert_eq!(nearest(word, names), name);
        }
    }
}
