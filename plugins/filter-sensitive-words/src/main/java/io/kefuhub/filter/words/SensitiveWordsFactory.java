package io.kefuhub.filter.words;

import com.google.re2j.PatternSyntaxException;
import io.kefuhub.api.Description;
import io.kefuhub.api.Files;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.filter.words.list.Action;
import io.kefuhub.filter.words.list.Entry;
import io.kefuhub.filter.words.list.WordList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a filter for each list; an admin keeps as many as there are desks and audiences. */
final class SensitiveWordsFactory implements FilterFactory {
    private static final int USUAL_LEVEL = 3;

    @Override
    public Description description() {
        return new Description(
                "sensitive-words", Map.of(Language.EN, "Sensitive words", Language.ZH_CN, "敏感词"), ListSettings.ALL);
    }

    @Override
    public boolean safety() {
        return true;
    }

    @Override
    public Optional<SettingSpec> allowed() {
        return Optional.of(ListSettings.ALLOWED);
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        var stages = stages(settings);
        var usual = new Entry(
                "",
                settings.text(ListSettings.CATEGORY).strip(),
                USUAL_LEVEL,
                Action.valueOf(settings.text(ListSettings.ACTION).toUpperCase(Locale.ROOT)),
                stages,
                Optional.empty());
        var list = new WordList(usual);
        add(
                list,
                ListSettings.WORDS,
                settings.find(ListSettings.WORDS).orElse("").lines().toList());
        add(list, ListSettings.STARTER, Starter.lines(settings.text(ListSettings.STARTER)));
        settings.find(ListSettings.FILE).ifPresent(id -> add(list, ListSettings.FILE, lines(context.files(), id)));
        if (list.entries().isEmpty()) {
            throw new SettingsException(ListSettings.WORDS.key(), Localized.of("a word is required", "请至少填写一个词"));
        }
        var allowed = settings.list(ListSettings.ALLOWED);
        var conduct = new SensitiveWords.Conduct(
                cover(settings),
                settings.find(ListSettings.REPLY).orElse("").strip(),
                settings.flag(ListSettings.BURSTS));
        return new SensitiveWords(compiled(list.entries(), allowed, settings, context), stages, conduct);
    }

    private static Compiled compiled(
            List<Entry> entries, List<String> allowed, Settings settings, FilterContext context) {
        try {
            return Compiled.of(
                    entries, allowed, ListSettings.evasions(settings), context.clock(), ZoneId.systemDefault());
        } catch (PatternSyntaxException e) {
            throw new SettingsException(
                    ListSettings.WORDS.key(),
                    Localized.of("not a regular expression: " + e.getMessage(), "不是有效的正则表达式：" + e.getMessage()),
                    e);
        }
    }

    private static EnumSet<Stage> stages(Settings settings) {
        var stages = EnumSet.noneOf(Stage.class);
        if (settings.flag(ListSettings.CUSTOMERS)) stages.add(Stage.CUSTOMER_IN);
        if (settings.flag(ListSettings.BOT)) stages.add(Stage.BOT_OUT);
        if (settings.flag(ListSettings.AGENTS)) stages.add(Stage.AGENT_OUT);
        if (stages.isEmpty()) {
            throw new SettingsException(
                    ListSettings.CUSTOMERS.key(),
                    Localized.of("look at something: customers, answers or agents", "请至少检查一项：客户、机器人或客服的消息"));
        }
        return stages;
    }

    private static char cover(Settings settings) {
        var cover = settings.text(ListSettings.COVER).strip();
        if (cover.length() != 1) {
            throw new SettingsException(ListSettings.COVER.key(), Localized.of("one sign is expected", "应填写一个字符"));
        }
        return cover.charAt(0);
    }

    private static void add(WordList list, SettingSpec setting, List<String> lines) {
        try {
            list.add(lines);
        } catch (WordList.BadLine e) {
            throw new SettingsException(setting.key(), e.words(), e);
        }
    }

    private static List<String> lines(Files files, String id) {
        var content = files.open(id);
        if (content.isEmpty()) {
            throw new SettingsException(
                    ListSettings.FILE.key(), Localized.of("the file is gone; choose it again", "文件已不存在，请重新选择"));
        }
        try (var in = content.get()) {
            return decoded(in.readAllBytes()).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Older lists are written in the national encoding. */
    static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("GB18030"));
        }
    }
}
