package io.kefuhub.api.kit;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What every factory is asked, whatever it makes. Immutable. */
public final class FactoryQuestions {
    private static final Set<SettingSpec.Type> NOT_EVERY_TEXT_WILL_DO = EnumSet.of(
            SettingSpec.Type.NUMBER,
            SettingSpec.Type.DURATION,
            SettingSpec.Type.CHOICE,
            SettingSpec.Type.FLAG,
            SettingSpec.Type.ADDRESS);
    private static final String NONSENSE = "¿que?";

    private final Supplier<Description> description;
    private final Map<String, String> values;
    private final Making making;

    /** Makes an instance. */
    public interface Making {
        AutoCloseable create(Settings settings);
    }

    /**
     * @param description asks the factory for it anew
     * @param values with which an instance works, by key
     */
    public FactoryQuestions(Supplier<Description> description, Map<String, String> values, Making making) {
        this.description = description;
        this.values = Map.copyOf(values);
        this.making = making;
    }

    public List<Question> all() {
        return List.of(
                new Question("describes itself the same every time", "每次的自我描述都相同", this::describesItself),
                new Question(
                        "makes an instance from good settings and closes it", "能用正确的设置创建实例并将其关闭", this::makesAndCloses),
                new Question("makes two instances that know nothing of each other", "能创建两个互不相干的实例", this::makesTwo),
                new Question("names the key of a required setting that is missing", "缺少必填设置时指出其键名", this::namesMissing),
                new Question("names the key of a setting that cannot be read", "设置无法读取时指出其键名", this::namesUnreadable));
    }

    void describesItself() {
        var first = description.get();
        var second = description.get();
        Broken.unless(first.equals(second), "first %s, then %s", "先是 %s，后是 %s", first, second);
        Broken.unless(!first.title(Language.EN).isBlank(), "its title is blank", "标题为空白");
    }

    void makesAndCloses() throws Exception {
        making.create(Settings.of(values)).close();
    }

    void makesTwo() throws Exception {
        try (var first = making.create(Settings.of(values));
                var second = making.create(Settings.of(values))) {
            Broken.unless(first != second, "both are the same object", "两个实例是同一个对象");
        }
    }

    void namesMissing() {
        var described = description.get();
        for (var setting : described.settings()) {
            if (!setting.required() || setting.defaultValue().isPresent() || !isAsked(setting, described, values))
                continue;
            var without = new HashMap<>(values);
            without.remove(setting.key());
            mustName(setting.key(), without, "without a value", "没有填写时");
        }
    }

    void namesUnreadable() {
        var described = description.get();
        for (var setting : described.settings()) {
            if (!NOT_EVERY_TEXT_WILL_DO.contains(setting.type()) || !isAsked(setting, described, values)) continue;
            var wrong = new HashMap<>(values);
            wrong.put(setting.key(), NONSENSE);
            mustName(setting.key(), wrong, "with the value " + NONSENSE, "填写 " + NONSENSE + " 时");
        }
    }

    /** Whether a setting is read where these values are given. */
    public static boolean isAsked(SettingSpec setting, Description description, Map<String, String> values) {
        if (setting.onlyWhen().isEmpty()) return true;
        var when = setting.onlyWhen().get();
        var usual = description.settings().stream()
                .filter(other -> other.key().equals(when.key()))
                .findFirst()
                .flatMap(SettingSpec::defaultValue)
                .orElse("");
        return when.value().equals(values.getOrDefault(when.key(), usual));
    }

    private void mustName(String key, Map<String, String> wrong, String en, String zh) {
        try {
            making.create(Settings.of(wrong)).close();
        } catch (SettingsException e) {
            Broken.unless(
                    e.key().equals(key),
                    "%s " + en + ": the SettingsException names %s",
                    "%s " + zh + "：SettingsException 指出的是 %s",
                    key,
                    e.key());
            return;
        } catch (Exception e) {
            throw Broken.by(e, key);
        }
        throw new Broken(
                "%s " + en + ": an instance was made; read every setting in create",
                "%s " + zh + "：仍创建了实例；请在 create 中读取所有设置",
                key);
    }
}
