package io.kefuhub.core.filtering;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import java.util.List;
import java.util.Map;

/** Makes the filter that every hub begins with. */
public final class PlainTextFactory implements FilterFactory {
    private static final int MOST = 100_000;
    private static final SettingSpec LIMIT = SettingSpec.number("limit", "Longest message, in characters")
            .withLabel(Language.ZH_CN, "单条消息最多字符数")
            .withHelp(Language.EN, "A longer message is turned away.")
            .withHelp(Language.ZH_CN, "超过的消息会被退回。")
            .withDefault("4000");

    @Override
    public Description description() {
        return new Description(
                PlainText.NAME,
                Map.of(Language.EN, "Length and hidden characters", Language.ZH_CN, "长度与不可见字符"),
                List.of(LIMIT));
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        return new PlainText(settings.number(LIMIT, 1, MOST));
    }
}
