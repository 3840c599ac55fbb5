package com.example.shipping;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets every message pass and tags those that name a parcel. Immutable. */
final class ShippingFilter implements Filter {
    private final Pattern number;

    ShippingFilter(String prefix, int digits) {
        number = Pattern.compile("\\b" + Pattern.quote(prefix) + "\\d{" + digits + "}\\b");
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.CUSTOMER_IN);
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        return number.matcher(message.text()).find() ? new Verdict.Pass(Set.of("parcel")) : Verdict.pass();
    }
}
