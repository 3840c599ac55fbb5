package io.kefuhub.channel.wecom.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names of files, as headers bring them and as they are safe to send. */
final class FileNames {
    private static final Pattern EXTENDED = Pattern.compile("filename\\*\\s*=\\s*(?i:utf-8)''([^;\\s]+)");
    private static final Pattern QUOTED = Pattern.compile("filename\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern BARE = Pattern.compile("filename\\s*=\\s*([^;\"\\s]+)");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");

    private FileNames() {}

    /** Reads the name out of a {@code Content-Disposition}; empty when it has none. */
    static String in(String disposition) {
        var extended = EXTENDED.matcher(disposition);
        if (extended.find()) return decoded(extended.group(1));
        var quoted = QUOTED.matcher(disposition);
        if (quoted.find()) return decoded(quoted.group(1));
        var bare = BARE.matcher(disposition);
        return bare.find() ? decoded(bare.group(1)) : "";
    }

    private static String decoded(String name) {
        try {
            return name.contains("%") ? URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8) : name;
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    /** A name in plain letters with the ending kept, for a platform that stumbles over others. */
    static String plain(String name) {
        var plain = UNSAFE.matcher(name).replaceAll("_");
        return plain.chars().anyMatch(Character::isLetterOrDigit) ? plain : "file" + plain;
    }
}
