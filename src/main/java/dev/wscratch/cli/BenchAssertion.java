package dev.wscratch.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code bench --assert} asks for, such as {@code p99<20ms} or {@code rate>=5000}.
 *
 * @param figure {@code rate}, {@code max}, or p and a percentile
 * @param operator one of {@code <}, {@code <=}, {@code >}, {@code >=}
 * @param bound in milliseconds, or messages per second
 */
record BenchAssertion(String figure, String operator, double bound) {
    private static final Pattern SHAPE =
            Pattern.compile("\\s*(?:(rate)\\s*([<>]=?)\\s*(\\d{1,12}(?:\\.\\d{1,6})?)(?:\\s*/s)?"
                    + "|(max|p\\d{1,2}(?:\\.\\d{1,4})?)\\s*([<>]=?)\\s*(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(us|ms|s))\\s*");

    static BenchAssertion parse(Value given) {
        Matcher matcher = SHAPE.matcher(given.text().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw given.wrong("a bound such as p99<20ms, p99.9<0.5s, max<=100ms or rate>=5000");
        }
        if (matcher.group(1) != null) {
            return new BenchAssertion("rate", matcher.group(2), Double.parseDouble(matcher.group(3)));
        }
        double unit =
                switch (matcher.group(7)) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    default -> 1e3;
                };
        return new BenchAssertion(matcher.group(4), matcher.group(5), unit * Double.parseDouble(matcher.group(6)));
    }

    /** A rate that misses its bound by no more than this has not missed it: clocks and rounding are no better. */
    private static final double RATE_TOLERANCE = 0.001;

    boolean holds(BenchResult result) {
        double actual = actual(result);
        if (figure.equals("rate") && Math.abs(actual - bound) <= RATE_TOLERANCE * bound) {
            return operator.endsWith("=");
        }
        return switch (operator) {
            case "<" -> actual < bound;
            case "<=" -> actual <= bound;
            case ">" -> actual > bound;
            default -> actual >= bound;
        };
    }

    /** Such as {@code p99<20ms}. */
    @Override
    public String toString() {
        String number = BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
        return figure + operator + number + (figure.equals("rate") ? "" : "ms");
    }

    /** Such as {@code p99 1.91 ms < 20.00 ms}; with the opposite said where it does not hold. */
    String line(BenchResult result) {
        String unit = figure.equals("rate") ? "/s" : " ms";
        return String.format(
                Locale.ROOT,
                "%s %s %,.2f%s %s %,.2f%s",
                holds(result) ? "ok    " : "FAILED",
                figure,
                actual(result),
                unit,
                holds(result) ? operator : "not " + operator,
                bound,
                unit);
    }

    double actual(BenchResult result) {
        return switch (figure) {
            case "rate" -> result.rate();
            case "max" -> result.millis(100);
            default -> result.millis(Double.parseDouble(figure.substring(1)));
        };
    }
}
