package io.kefuhub.core.answering.passages;

import java.util.ArrayList;
import java.util.List;

/** Takes passages while there is room for them in a prompt. For one question, used once. */
final class Room {
    private static final int WORTH_CUTTING = 200;

    private final List<Passage> taken = new ArrayList<>();
    private final int most;
    private double left;

    /** @param tokens about so much is left of a prompt for passages */
    Room(int most, int tokens) {
        this.most = most;
        this.left = tokens;
    }

    boolean isFull() {
        return taken.size() >= most;
    }

    void take(Fusion.Ranked ranked) {
        var item = ranked.item();
        double title = tokens(item.title());
        double needed = title + tokens(item.text());
        if (isFull() || needed > left && left - title < WORTH_CUTTING) return;
        var text = needed <= left ? item.text() : cut(item.text(), left - title);
        taken.add(new Passage(
                item.id(),
                item.kind(),
                item.title(),
                text,
                ranked.score(),
                ranked.how(),
                ranked.cosine(),
                item.source()));
        left -= Math.min(left, needed);
    }

    List<Passage> taken() {
        return List.copyOf(taken);
    }

    /** An upper estimate: one for each Han sign, one for three letters. */
    static double tokens(String text) {
        double sum = 0;
        for (int at = 0; at < text.length(); at++) sum += text.charAt(at) < 0x2E80 ? 1 / 3.0 : 1;
        return sum;
    }

    private static String cut(String text, double room) {
        double sum = 0;
        int end = 0;
        for (int at = 0; at < text.length(); at++) {
            sum += text.charAt(at) < 0x2E80 ? 1 / 3.0 : 1;
            if (sum > room) break;
            if ("。！？!?\n".indexOf(text.charAt(at)) >= 0 || text.startsWith(". ", at)) end = at + 1;
        }
        return end > 0
                ? text.substring(0, end).strip() + "…"
                : text.substring(0, (int) Math.min(text.length(), room)) + "…";
    }
}
