package com.example.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.kit.FactoryContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract kit asks what every filter and every factory must do; the rest is what this one is for. */
class ShippingFilterTest implements FilterContract, FactoryContract {
    @Override
    public Contribution factory() {
        return new ShippingFilterFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of("prefix", "KF", "digits", "9");
    }

    @Override
    public Filter create(Settings settings) {
        return new ShippingFilterFactory().create(settings, new FakeContext("shipping-1"));
    }

    @Override
    public Filter filter() {
        return create(Settings.of(values()));
    }

    @Test
    void a_parcel_number_is_tagged() {
        var verdict = filter().apply(Messages.fromCustomer("Where is KF123456789?"), facts(), Stage.CUSTOMER_IN);

        assertThat(verdict.tags()).containsExactly("parcel");
    }
}
