package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what stands outside of a file: {@code ${env:NAME}} and {@code ${file:/run/secrets/name}}; {@code $${} stays
 * {@code ${}. For one thread.
 */
final class Outside {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\{([^}]*)}");
    private static final long LARGEST = 64 * 1024;

    private final Map<String, String> environment;
    private final Path folder;
    private final Set<Path> files = new HashSet<>();

    /** @param folder where relative paths begin */
    Outside(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /**
     * Fills in all that a text refers to.
     *
     * @throws UnreadableException says what is missing, and never what was found
     */
    String fill(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null ? match.group().substring(1) : value(match.group(2))));
    }

    /** A file that is named by a text. */
    Path path(String name) {
        try {
            var path = folder.resolve(name).normalize();
            files.add(path);
            return path;
        } catch (InvalidPathException e) {
            throw new UnreadableException(new Words("this is not a path", "这不是路径"), e);
        }
    }

    /** The files that were asked for so far, there or not. */
    Set<Path> files() {
        return files;
    }

    private String value(String reference) {
        if (reference.startsWith("env:")) {
            var name = reference.substring(4);
            var value = environment.get(name);
            if (value == null)
                throw new UnreadableException(new Words("the environment has no %s", "环境变量中没有 %s").with(name));
            return value;
        }
        if (reference.startsWith("file:")) return content(reference.substring(5));
        throw new UnreadableException(
                "write ${env:NAME} or ${file:/a/path}; for a plain ${ write $${",
                "请写 ${env:名称} 或 ${file:/路径}；要写 ${ 本身，请写 $${");
    }

    private String content(String name) {
        try {
            var path = path(name);
            if (Files.size(path) > LARGEST)
                throw new UnreadableException(new Words("the file %s is too large", "文件 %s 太大").with(name));
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new UnreadableException(new Words("the file %s cannot be read", "无法读取文件 %s").with(name), e);
        }
    }
}
