package io.kefuhub.channel.feishu.message;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names where the platform has keys; whoever asked the bot did not mean its name. Immutable.
 *
 * @param bot the bot's own open id; empty when it is not known
 */
record Mentions(List<CustomerMessage.Mention> all, String bot) {
    private static final Pattern KEY = Pattern.compile("(@_user_\\d+|@_all)([ \\u00A0]?)");

    String in(String text) {
        var found = KEY.matcher(text);
        var out = new StringBuilder();
        while (found.find()) {
            var name = named(found.group(1));
            found.appendReplacement(out, Matcher.quoteReplacement(name.isEmpty() ? "" : name + found.group(2)));
        }
        found.appendTail(out);
        return out.toString().strip();
    }

    /** Returns what is shown for a key; empty for the bot itself. */
    String named(String key) {
        if (key.equals("@_all")) return "@all";
        for (var one : all) {
            if (!one.key().equals(key)) continue;
            return isBot(one) ? "" : "@" + one.name();
        }
        return key;
    }

    boolean isBot(CustomerMessage.Mention mention) {
        return !bot.isEmpty() && mention.openId().equals(bot);
    }

    /** What is left of a message that only calls the bot. */
    String call() {
        return all.stream()
                .filter(this::isBot)
                .map(one -> "@" + one.name())
                .findFirst()
                .orElse("");
    }
}
