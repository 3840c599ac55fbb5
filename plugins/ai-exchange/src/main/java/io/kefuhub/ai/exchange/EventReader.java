package io.kefuhub.ai.exchange;

import java.util.function.Consumer;

/**
 * Puts lines of a server-sent event stream together to the data of its events. Comments, which providers send to keep a
 * connection open, and the other fields are of no matter: every provider names the kind of an event in its data too.
 * One thread only.
 */
final class EventReader {
    private static final String DATA = "data";
    private static final int MOST = 4 << 20;

    private final Consumer<String> event;
    private final StringBuilder data = new StringBuilder();
    private boolean open;
    private boolean first = true;

    /** @param event told of the data of each event, without its last line break */
    EventReader(Consumer<String> event) {
        this.event = event;
    }

    /**
     * Takes a line as it came, which may be several: a carriage return alone ends a line too.
     *
     * @return whether it was one of an event stream
     */
    boolean line(String text) {
        var line = first && text.startsWith("\uFEFF") ? text.substring(1) : text;
        first = false;
        var isStream = false;
        var from = 0;
        for (var cr = line.indexOf('\r'); cr >= 0; cr = line.indexOf('\r', from)) {
            isStream |= one(line.substring(from, cr));
            from = cr + 1;
        }
        // What stands behind the last return is a line of its own, unless the return belonged to the line's end.
        return from > 0 && from == line.length() ? isStream : isStream | one(line.substring(from));
    }

    private boolean one(String line) {
        if (line.isEmpty()) {
            end();
            return false;
        }
        var colon = line.indexOf(':');
        if (colon == 0) return true;
        var field = colon < 0 ? line : line.substring(0, colon);
        if (!field.equals(DATA)) return field.equals("event") || field.equals("id") || field.equals("retry");
        var value = colon < 0 ? "" : line.substring(colon + 1);
        if (data.length() + value.length() > MOST) throw new UnreadableException("one event is larger than 4 MiB");
        if (open) data.append('\n');
        data.append(value.startsWith(" ") ? value.substring(1) : value);
        open = true;
        return true;
    }

    /** Ends the event that is open; some providers forget the blank line behind the last one. */
    void end() {
        if (!open) return;
        var whole = data.toString();
        data.setLength(0);
        open = false;
        event.accept(whole);
    }
}
