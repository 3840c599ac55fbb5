package io.kefuhub.filter.privacy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.filter.privacy.finding.Finder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes filters of personal data; most hubs need one. */
final class PrivacyFactory implements FilterFactory {
    @Override
    public Description description() {
        return new Description(
                "privacy", Map.of(Language.EN, "Privacy", Language.ZH_CN, "隐私保护"), PrivacySettings.all());
    }

    @Override
    public boolean safety() {
        return true;
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        return new Privacy(
                new Finder(orders(settings)),
                stages(settings),
                PrivacySettings.hidden(settings, PrivacySettings.MODELS_ONLY),
                PrivacySettings.hidden(settings, PrivacySettings.PEOPLE_ONLY),
                new Cover(cover(settings), settings.flag(PrivacySettings.ENDS)));
    }

    private static List<Pattern> orders(Settings settings) {
        try {
            return settings.list(PrivacySettings.PATTERNS).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Pattern::compile)
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new SettingsException(
                    PrivacySettings.PATTERNS.key(),
                    Localized.of("not a regular expression: " + e.getMessage(), "不是有效的正则表达式：" + e.getMessage()),
                    e);
        }
    }

    private static Set<Stage> stages(Settings settings) {
        var stages = EnumSet.noneOf(Stage.class);
        if (settings.flag(PrivacySettings.MODELS)) stages.add(Stage.TO_MODEL);
        if (settings.flag(PrivacySettings.DESK)) stages.add(Stage.TO_AGENT);
        if (settings.flag(PrivacySettings.CUSTOMERS)) stages.add(Stage.CUSTOMER_IN);
        if (settings.flag(PrivacySettings.BOT)) stages.add(Stage.BOT_OUT);
        if (settings.flag(PrivacySettings.AGENTS)) stages.add(Stage.AGENT_OUT);
        if (stages.isEmpty()) {
            throw new SettingsException(
                    PrivacySettings.MODELS.key(),
                    Localized.of("keep it from somebody: models or people", "请至少选择一方不可见：模型或人"));
        }
        return stages;
    }

    private static char cover(Settings settings) {
        var cover = settings.text(PrivacySettings.COVER).strip();
        if (cover.length() != 1) {
            throw new SettingsException(PrivacySettings.COVER.key(), Localized.of("one sign is expected", "应填写一个字符"));
        }
        return cover.charAt(0);
    }
}
