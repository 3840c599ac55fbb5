package io.kefuhub.core.audit.chain;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables whose rows are sealed, and which of their columns, in which order.
 *
 * <p>The order is part of what is hashed. A column that is added to a table later is not sealed until a new version of the
 * encoding names it; what is listed here for a version is never changed.
 */
enum Recorded {
    AUDIT("audit", "id", "bigint", "id, at@, actor, action, subject, conversation_id, detail"),
    ATTEMPT("attempt", "id", "uuid", """
            id, at@, dispatched_at@, ended_at@, desk, channel, assistant, customer, conversation_id, message_id, purpose,
            alias, deployment, provider, model, outcome, detail, source, input_tokens, cached_tokens, output_tokens,
            reasoning_tokens, price_id, currency, rate, tier, time_window, reserved, cost, over_reserved, on_grace,
            first_content_ms, whole_ms"""),
    TURN_OUTCOME("turn_outcome", "message_id", "uuid", "message_id, at@, desk, channel, assistant, source, rung, why"),
    ATTEMPT_BODY("attempt_body", "attempt_id", "uuid", "attempt_id, at@, body#");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    final String table;
    final String key;
    final String keyType;
    private final String columns;

    /** @param columns those with an {@code @} are moments, those with a {@code #} are hashed themselves */
    Recorded(String table, String key, String keyType, String columns) {
        this.table = table;
        this.key = key;
        this.keyType = keyType;
        this.columns = columns;
    }

    static Optional<Recorded> of(String table) {
        return Arrays.stream(values()).filter(one -> one.table.equals(table)).findFirst();
    }

    /** An array of texts in SQL: the fields that are hashed, each as text or null. */
    String fields() {
        return Arrays.stream(columns.split(","))
                .map(String::strip)
                .map(Recorded::field)
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    /** Moments are microseconds since 1970, so that no setting of the database changes how they read. */
    private static String field(String column) {
        var name = column.substring(0, column.length() - 1);
        if (column.endsWith("@")) return "(extract(epoch from " + name + ") * 1000000)::bigint::text";
        if (column.endsWith("#")) return "encode(sha256(" + name + "), 'hex')";
        return column + "::text";
    }

    /** Whether a row of this table could have such a key. */
    boolean mayHave(String rowId) {
        return (keyType.equals("uuid") ? UUID : NUMBER).matcher(rowId).matches();
    }

    /** Whether its rows are thrown away after some days; what goes then is told in the audit. */
    boolean expires() {
        return this == ATTEMPT_BODY;
    }
}
