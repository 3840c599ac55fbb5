package io.kefuhub.core.conversation;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code revision} table, and nothing else: what became of messages before they came. */
public final class Revisions {
    /** Platforms bring a message within hours or never. */
    private static final Duration KEPT = Duration.ofDays(14);

    private static final String FIND = """
            select r.channel_id, r.external_id, r.taken_back, r.parts::text as parts, r.at from revision r
            join unnest(?, ?) as line (channel, external)
                on r.channel_id = line.channel and r.external_id = line.external""";
    private static final String KEEP = """
            insert into revision as r (channel_id, external_id, taken_back, parts, at, noted_at)
            select channel_id, external_id, parts is null, parts::jsonb, at, noted_at
            from unnest(?, ?, ?, ?, ?) as line (channel_id, external_id, parts, at, noted_at)
            on conflict (channel_id, external_id) do update set taken_back = excluded.taken_back,
                parts = excluded.parts, at = excluded.at
            where not r.taken_back and (excluded.taken_back or excluded.at > r.at)""";
    private static final String SWEEP = "delete from revision where noted_at < :before";

    void find(Script script, Collection<Messages.Key> keys, BiConsumer<Messages.Key, Revision> found) {
        if (keys.isEmpty()) return;
        script.query(
                FIND,
                row -> {
                    var at = row.getTimestamp("at").toInstant();
                    found.accept(
                            new Messages.Key(
                                    new ChannelId(row.getObject("channel_id", UUID.class)),
                                    row.getString("external_id")),
                            row.getBoolean("taken_back")
                                    ? new Revision.TakenBack(at)
                                    : new Revision.Edited(
                                            PartsJson.read(row.getString("parts")), Optional.empty(), at));
                },
                Columns.of(keys).uuids(key -> key.channel().value()).texts(Messages.Key::externalId));
    }

    /** Keeps them, one for each message: the last change, unless it was taken back. */
    void keep(Script script, Map<Messages.Key, Revision> early, Instant now) {
        script.update(
                KEEP,
                Columns.of(early.entrySet())
                        .uuids(line -> line.getKey().channel().value())
                        .texts(line -> line.getKey().externalId())
                        .texts(line -> line.getValue() instanceof Revision.Edited(var written, var _, var _)
                                ? PartsJson.write(written)
                                : null)
                        .moments(line -> line.getValue().at())
                        .moments(_ -> now));
    }

    /** Which of two counts. */
    static Revision later(Revision one, Revision other) {
        if (one instanceof Revision.TakenBack) return one;
        return other instanceof Revision.TakenBack || other.at().isAfter(one.at()) ? other : one;
    }

    /** Throws away what was said of messages that never came. */
    public int sweep(Handle tx, Instant now) {
        return tx.createUpdate(SWEEP).bind("before", now.minus(KEPT)).execute();
    }
}
