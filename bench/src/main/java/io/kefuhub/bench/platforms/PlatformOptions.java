package io.kefuhub.bench.platforms;

import java.util.List;

/**
 * How much of what.
 *
 * @param platform {@code --platform wecom}, or {@code feishu}
 * @param customers {@code --customers 5000}
 * @param each {@code --each 3}: what a customer says at once
 * @param kills {@code --kills 3}: how often the hub is killed meanwhile
 */
public record PlatformOptions(String platform, int customers, int each, int kills) {
    public static final PlatformOptions USUAL = new PlatformOptions("wecom", 5_000, 3, 3);

    static PlatformOptions of(List<String> words) {
        if (words.size() % 2 != 0) throw new IllegalArgumentException(words.getLast() + " needs a value");
        var options = USUAL;
        for (var i = 0; i < words.size(); i += 2) options = options.with(words.get(i), words.get(i + 1));
        return options;
    }

    public PlatformOptions with(String name, String value) {
        return switch (name) {
            case "--platform" -> new PlatformOptions(value, customers, each, kills);
            case "--customers" -> new PlatformOptions(platform, Integer.parseInt(value), each, kills);
            case "--each" -> new PlatformOptions(platform, customers, Integer.parseInt(value), kills);
            case "--kills" -> new PlatformOptions(platform, customers, each, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }

    /** Whether the platform brings each message by itself, again and again after longer and longer, and so in no order. */
    boolean hasLadder() {
        return platform.equals("feishu");
    }

    /** The way of the platform that is proved. */
    String surface() {
        return platform.equals("feishu") ? "webhook" : "kf";
    }

    /** How the hub's channel is called in the file that the simulator proposes. */
    String channel() {
        return "sim_" + platform + "_" + surface().replace('-', '_');
    }

    /** The jar with that channel. */
    String jar() {
        return "channel-" + platform + "-1.0.0.jar";
    }
}
