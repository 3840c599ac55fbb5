package io.kefuhub.channel.wecom.kf;

import java.util.regex.Pattern;

/**
 * Where fetching goes on; the hub keeps it as text. Immutable.
 *
 * @param draining whether what lies further back than the channel is still to be passed over
 * @param after the last item of the page that was brought; empty at its beginning
 * @param platform the platform's own cursor, where the page begins
 */
record Cursor(boolean draining, String after, String platform) {
    private static final Pattern FORM = Pattern.compile("([dn])\\|([^|]*)\\|(.*)", Pattern.DOTALL);

    static Cursor parse(String text) {
        if (text.isEmpty()) return new Cursor(true, "", "");
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? new Cursor(matcher.group(1).equals("d"), matcher.group(2), matcher.group(3))
                : new Cursor(false, "", text);
    }

    Cursor within(String item) {
        return new Cursor(draining, item, platform);
    }

    @Override
    public String toString() {
        return (draining ? "d|" : "n|") + after + "|" + platform;
    }
}
