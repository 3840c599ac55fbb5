package io.kefuhub.plugin.hello;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import java.util.List;
import java.util.Map;

/** Makes greeting filters. An admin may make several, such as one for each desk. */
final class GreetingFilterFactory implements FilterFactory {
    static final SettingSpec WORDS = SettingSpec.list("words", "Greetings")
            .withLabel(Language.ZH_CN, "问候语")
            .withHelp(Language.EN, "One on each line. A message that begins with one of them is tagged.")
            .withHelp(Language.ZH_CN, "每行一个。以其中之一开头的消息会被打上标签。")
            .withDefault("hello\nhi\ngood morning\n你好\n您好\n早上好");

    static final SettingSpec TAG =
            SettingSpec.text("tag", "Tag").withLabel(Language.ZH_CN, "标签").withDefault("greeting");

    private static final int LONGEST_TAG = 40;

    @Override
    public Description description() {
        return new Description(
                "greeting", Map.of(Language.EN, "Tag greetings", Language.ZH_CN, "标记问候语"), List.of(WORDS, TAG));
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        var tag = settings.text(TAG).strip();
        if (tag.length() > LONGEST_TAG) {
            throw new SettingsException(
                    TAG.key(), Localized.of("at most " + LONGEST_TAG + " characters", "最多 " + LONGEST_TAG + " 个字符"));
        }
        return new GreetingFilter(settings.list(WORDS), tag);
    }
}
