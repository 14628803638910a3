//! Counts of what stands together into a number: how far it is from chance.

/// Dunning's log-likelihood ratio (1993; twice nats) of two things of which one stands in `a` rows, the other in `b`, and
/// both in `together`, of `all`; 0 where they stand together less often than chance would have it.
pub(crate) fn log_likelihood(together: usize, a: usize, b: usize, all: usize) -> f64 {
    let (both, a, b, all) = (together as f64, a as f64, b as f64, all.max(a.max(b)) as f64);
    if both * all <= a * b {
        return 0.0;
    }
    let cell = |seen: f64, row: f64, column: f64| {
        if seen > 0.0 {
            seen * (seen * all / (row * column)).ln()
        } else {
            0.0
        }
    };
    let neither = (all - a - b + both).max(0.0);
    2.0 * (cell(both, a, b)
        + cell(a - both, a, all - b)
        + cell(b - both, all - a, b)
        + cell(neither, all - a, all - b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_stands_together_is_sure_and_what_does_by_chance_is_nothing() {
        assert!(log_likelihood(3, 3, 3, 40) > 10.0);
        assert_eq!(log_likelihood(1, 10, 10, 100), 0.0);
        assert!(log_likelihood(20, 25, 30, 1000) > log_likelihood(5, 25, 30, 1000));
        assert!(log_likelihood(4, 4, 4, 4).is_finite());
    }
}
