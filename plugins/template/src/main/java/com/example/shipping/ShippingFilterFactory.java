package com.example.shipping;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import java.util.List;
import java.util.Map;

/** Makes filters that tag parcel numbers. Immutable. */
final class ShippingFilterFactory implements FilterFactory {
    static final SettingSpec PREFIX = SettingSpec.text("prefix", "What a parcel number begins with")
            .withLabel(Language.ZH_CN, "快递单号的开头")
            .withDefault("KF");
    static final SettingSpec DIGITS = SettingSpec.number("digits", "How many digits follow")
            .withLabel(Language.ZH_CN, "其后的数字位数")
            .withDefault("9");

    @Override
    public Description description() {
        return new Description(
                "shipping", Map.of(Language.EN, "Tag parcel numbers", Language.ZH_CN, "标记快递单号"), List.of(PREFIX, DIGITS));
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        return new ShippingFilter(settings.text(PREFIX), settings.number(DIGITS, 4, 20));
    }
}
