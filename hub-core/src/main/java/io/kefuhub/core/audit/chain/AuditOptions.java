package io.kefuhub.core.audit.chain;

import io.kefuhub.api.Language;
import io.kefuhub.core.web.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code kefuhub audit verify} is told. Immutable.
 *
 * @param since the day to begin at; the first of all if empty
 * @param checkpoints a folder with copies of the checkpoints
 * @param key a file with the public half of the key that signed them
 */
record AuditOptions(Optional<LocalDate> since, Optional<Path> checkpoints, Optional<Path> key, Language language) {
    private static final Words USAGE = new Words("""
            Usage: kefuhub audit verify [--since DAY] [--checkpoints FOLDER] [--key FILE] [--lang en|zh]

              --since DAY            begin at a day, such as 2026-11-01, instead of the first
              --checkpoints FOLDER   checkpoints that were copied away, instead of those in data/audit
              --key FILE             the public key that was copied away, instead of data/audit/audit.pub
              --lang en|zh           the report's language; otherwise that of your terminal

            The hub may run meanwhile. Exit code: 0 all is well, 1 something was found, 2 it could not be tried.""", """
            用法：kefuhub audit verify [--since 日期] [--checkpoints 目录] [--key 文件] [--lang en|zh]

              --since 日期           从某天开始核对，例如 2026-11-01；默认从头开始
              --checkpoints 目录     使用另行保存的检查点；默认 data/audit
              --key 文件             使用另行保存的公钥；默认 data/audit/audit.pub
              --lang en|zh           报告的语言；默认随终端

            核对时 hub 可以继续运行。退出码：0 全部一致，1 发现问题，2 无法核对。""");

    /** What was typed cannot be understood. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException() {
            super("usage", null, false, false);
        }
    }

    static String usage(Language language) {
        return USAGE.in(language);
    }

    /** The language of a terminal, as POSIX has it. */
    static Language language(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .filter(value -> value.startsWith("zh"))
                .map(_ -> Language.ZH_CN)
                .orElse(Language.EN);
    }

    static AuditOptions read(List<String> words, Map<String, String> environment) throws UsageException {
        if (words.isEmpty() || !words.getFirst().equals("verify") || words.size() % 2 == 0) throw new UsageException();
        var options = new AuditOptions(Optional.empty(), Optional.empty(), Optional.empty(), language(environment));
        try {
            for (var at = 1; at < words.size(); at += 2) options = options.with(words.get(at), words.get(at + 1));
            return options;
        } catch (DateTimeParseException | InvalidPathException e) {
            throw new UsageException();
        }
    }

    private AuditOptions with(String name, String value) throws UsageException {
        return switch (name) {
            case "--since" -> new AuditOptions(Optional.of(LocalDate.parse(value)), checkpoints, key, language);
            case "--checkpoints" -> new AuditOptions(since, Optional.of(Path.of(value)), key, language);
            case "--key" -> new AuditOptions(since, checkpoints, Optional.of(Path.of(value)), language);
            case "--lang" -> new AuditOptions(since, checkpoints, key, spoken(value));
            default -> throw new UsageException();
        };
    }

    private static Language spoken(String value) throws UsageException {
        return switch (value) {
            case "en" -> Language.EN;
            case "zh" -> Language.ZH_CN;
            default -> throw new UsageException();
        };
    }
}
