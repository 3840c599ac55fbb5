package io.kefuhub.responder.example;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises that somebody asks where an order is. Pure. */
final class OrderQuestion {
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]{0,3}-?\\d{4,16}(?!\\d)");
    private static final Pattern ABOUT = Pattern.compile(
            "订单|物流|快递|包裹|发货|到哪|order|parcel|package|shipment|deliver|tracking", Pattern.CASE_INSENSITIVE);

    private OrderQuestion() {}

    /** Whether it is about an order, with or without its number. */
    static boolean is(String text) {
        return ABOUT.matcher(text).find();
    }

    static Optional<String> number(String text) {
        return NUMBER.matcher(text).results().map(found -> plain(found.group())).findFirst();
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    static String plain(String number) {
        return number.toUpperCase(Locale.ROOT).replace("-", "");
    }
}
