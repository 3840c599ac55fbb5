package io.kefuhub.core.models.money;

import io.kefuhub.core.web.Problem;
import java.math.BigDecimal;

/** Amounts as people write them, which are decimals, and as the books keep them, in whole 10⁻⁹. */
public final class Money {
    private static final int DIGITS = 9;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private Money() {}

    /** An amount without needless zeros, such as {@code 12.5}. */
    public static String text(long amount) {
        return BigDecimal.valueOf(amount, DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Reads an amount; throws {@link IllegalArgumentException} when it is none, negative, too exact or too large. */
    public static long amount(String text) {
        var amount = new BigDecimal(text.strip());
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("an amount from 0 to a thousand million is expected");
        }
        try {
            return amount.movePointRight(DIGITS).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("at most 9 decimals", e);
        }
    }

    static long amount(String field, String text) {
        try {
            return amount(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    field, "An amount such as 12.50, with at most 9 decimals, is expected.", "应为金额，例如 12.50，小数最多 9 位。");
        }
    }
}
