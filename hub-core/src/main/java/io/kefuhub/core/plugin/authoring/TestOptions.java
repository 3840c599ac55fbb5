package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.web.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code kefuhub plugin test} is told. Immutable.
 *
 * @param given values of settings by key, or by contribution and key with a dot between
 */
record TestOptions(Path jar, Map<String, String> given, Language language) {
    private static final Words USAGE = new Words("""
            Usage: kefuhub plugin test FILE.jar [--set KEY=VALUE]... [--lang en|zh] [--trace]

              --set KEY=VALUE   a setting to make instances with, as often as needed; CONTRIBUTION.KEY where
                                several contributions of the jar have the key
              --lang en|zh      the report's language; otherwise that of your terminal
              --trace           log what the plugin throws, with stack traces

            Exit code: 0 all is well, 1 something fails, 2 it could not be tried.""", """
            用法：kefuhub plugin test 文件.jar [--set 键=值]... [--lang en|zh] [--trace]

              --set 键=值       创建实例所用的设置，可多次使用；若 jar 中有多个同名键，请写 组件.键
              --lang en|zh      报告的语言；默认随终端
              --trace           把插件抛出的异常连同堆栈写入日志

            退出码：0 全部通过，1 有未通过的项目，2 无法测试。""");

    TestOptions {
        given = Map.copyOf(given);
    }

    /** Says what is wrong with what was typed. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Words words;

        UsageException(String en, String zh) {
            super(en, null, false, false);
            words = new Words(en, zh);
        }

        String in(Language language) {
            return words.in(language);
        }
    }

    static String usage(Language language) {
        return USAGE.in(language);
    }

    /** The language of a terminal, as POSIX has it. */
    static Language language(Map<String, String> environment) {
        for (var name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) return value.startsWith("zh") ? Language.ZH_CN : Language.EN;
        }
        return Language.EN;
    }

    static TestOptions read(List<String> words, Map<String, String> environment) throws UsageException {
        var files = new ArrayList<String>();
        var given = new HashMap<String, String>();
        var language = language(environment);
        for (var at = 0; at < words.size(); at++) {
            var word = words.get(at);
            var value = at + 1 < words.size() ? words.get(at + 1) : "";
            switch (word) {
                case "--set" -> {
                    var middle = value.indexOf('=');
                    if (middle < 1) throw new UsageException("--set wants KEY=VALUE", "--set 后应为 键=值");
                    given.put(value.substring(0, middle), value.substring(middle + 1));
                    at++;
                }
                case "--lang" -> {
                    if (!value.equals("en") && !value.equals("zh")) {
                        throw new UsageException("--lang wants en or zh", "--lang 后应为 en 或 zh");
                    }
                    language = value.equals("zh") ? Language.ZH_CN : Language.EN;
                    at++;
                }
                // Read before anything was logged.
                case "--trace" -> {}
                default -> {
                    if (word.startsWith("-")) {
                        throw new UsageException("No such option: " + word, "没有这个选项：" + word);
                    }
                    files.add(word);
                }
            }
        }
        if (files.size() != 1) throw new UsageException("Name one jar file", "请给出一个 jar 文件");
        return new TestOptions(path(files.getFirst()), given, language);
    }

    private static Path path(String file) throws UsageException {
        try {
            return Path.of(file);
        } catch (InvalidPathException _) {
            throw new UsageException("Not the name of a file: " + file, "不是文件名：" + file);
        }
    }

    /** What is given for the settings of one contribution, by key. */
    Map<String, String> givenTo(Offer<?> offer) {
        var values = new HashMap<String, String>();
        for (var setting : offer.description().settings()) {
            for (var name : List.of(setting.key(), offer.description().id() + "." + setting.key())) {
                if (given.containsKey(name)) values.put(setting.key(), given.getOrDefault(name, ""));
            }
        }
        return values;
    }

    /** Refuses a value for a setting that nothing in the jar has. */
    void mustFit(List<Offer<?>> offers) throws UsageException {
        var known = new ArrayList<String>();
        for (var offer : offers) {
            for (var setting : offer.description().settings()) {
                known.add(setting.key());
                known.add(offer.description().id() + "." + setting.key());
            }
        }
        for (var name : given.keySet()) {
            if (known.contains(name)) continue;
            var there = known.stream().distinct().sorted().collect(Collectors.joining(", "));
            throw new UsageException(
                    "--set " + name + ": it has no such setting" + (there.isEmpty() ? "" : "; there are: " + there),
                    "--set " + name + "：没有这个设置" + (there.isEmpty() ? "" : "；可用的有：" + there));
        }
    }
}
