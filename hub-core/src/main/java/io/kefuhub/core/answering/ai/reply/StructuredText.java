package io.kefuhub.core.answering.ai.reply;

/**
 * Reads the text of an answer out of a JSON object while the object is being made. One thread only.
 *
 * <p>What does not begin like an object is the text itself: some models answer so whatever they are asked for.
 */
public final class StructuredText {
    private static final String FIELD = "answer";

    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder escape = new StringBuilder();
    private State state = State.BEFORE;
    private int depth;
    private boolean naming;
    private boolean isField;
    private int read;

    private enum State {
        /** Nothing has come that says what it is. */
        BEFORE,
        PLAIN,
        /** In the object, between strings. */
        BETWEEN,
        STRING,
        ESCAPE,
        /** The answer is complete; what comes is for {@link Structured}. */
        DONE
    }

    /** Takes a further piece; says whether the text has grown. */
    public boolean add(String piece) {
        whole.append(piece);
        var before = answer.length();
        while (read < whole.length() && state != State.DONE) step(whole.charAt(read++));
        return answer.length() > before;
    }

    /** The text so far; never ends in the middle of a sign. */
    public String text() {
        var end = answer.length();
        if (end > 0 && Character.isHighSurrogate(answer.charAt(end - 1))) end--;
        return answer.substring(0, end);
    }

    /** Everything that came. */
    public String whole() {
        return whole.toString();
    }

    private void step(char c) {
        switch (state) {
            case BEFORE -> begin(c);
            case PLAIN -> answer.append(c);
            case BETWEEN -> between(c);
            case STRING -> string(c);
            case ESCAPE -> escape(c);
            case DONE -> {}
        }
    }

    private void begin(char c) {
        if (c == '{') {
            state = State.BETWEEN;
            depth = 1;
            naming = true;
            return;
        }
        // The fence that some put around their JSON: ```json
        var soFar = whole.substring(0, read).strip();
        if (soFar.isEmpty() || "```json".startsWith(soFar)) return;
        state = State.PLAIN;
        answer.append(soFar);
    }

    private void between(char c) {
        switch (c) {
            case '"' -> {
                state = State.STRING;
                if (naming) name.setLength(0);
                else isField = depth == 1 && FIELD.contentEquals(name);
            }
            case '{', '[' -> {
                depth++;
                naming = c == '{';
            }
            case '}', ']' -> depth--;
            case ':' -> naming = false;
            // In a list of the outer object, commas part values, but none of them is a string of the outer object.
            case ',' -> naming = true;
            default -> {}
        }
    }

    private void string(char c) {
        if (c == '"') {
            if (isField) state = State.DONE;
            else state = State.BETWEEN;
        } else if (c == '\\') {
            state = State.ESCAPE;
            escape.setLength(0);
        } else {
            put(c);
        }
    }

    private void escape(char c) {
        if (escape.isEmpty() && c != 'u') {
            put(
                    switch (c) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        default -> c;
                    });
            state = State.STRING;
            return;
        }
        escape.append(c);
        if (escape.length() < 5) return;
        var code = hex(escape.substring(1));
        if (code >= 0) put((char) code);
        state = State.STRING;
    }

    private static int hex(String digits) {
        try {
            return Integer.parseInt(digits, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void put(char c) {
        if (naming) name.append(c);
        else if (isField && c != '\0') answer.append(c);
    }
}
