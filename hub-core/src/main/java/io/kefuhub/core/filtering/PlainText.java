package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.Reason;
import java.util.ArrayList;
import java.util.Set;

/**
 * The filter that is always there: takes out characters that cannot be seen but change how others are (controls and
 * directional overrides), and turns away what is too long to read. Immutable.
 */
public final class PlainText implements Filter {
    public static final String NAME = "plain-text";

    private final int limit;

    /**
     * @param limit characters of one message
     */
    public PlainText(int limit) {
        this.limit = limit;
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT, Stage.AGENT_OUT);
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        var text = message.text();
        if (text.length() > limit) {
            return Verdict.block(Reason.Code.TOO_LONG.with(limit));
        }
        if (isPlain(text)) return Verdict.pass();
        var parts = new ArrayList<Part>();
        for (var part : message.parts()) {
            if (part instanceof Part.Text(var value)) {
                var plain = plain(value);
                if (!plain.isBlank()) parts.add(new Part.Text(plain));
            } else {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Verdict.block(Reason.Code.NOTHING_VISIBLE.key()) : Verdict.rewrite(parts);
    }

    @Override
    public int safeUntil(String soFar, Facts facts) {
        var most = Math.min(limit, soFar.length());
        for (var i = 0; i < most; i++) {
            if (isHidden(soFar.charAt(i))) return i;
        }
        return most;
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (isHidden(text.charAt(i))) return false;
        }
        return true;
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isHidden(c)) plain.append(c);
        }
        return plain.toString();
    }

    private static boolean isHidden(char c) {
        if (c < ' ') return c != '\n' && c != '\r' && c != '\t';
        // DEL and C1 controls; directional embeddings, overrides and isolates; the byte order mark.
        return (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
    }
}
