package io.kefuhub.core.answering.feedback;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code answer_opinion} table, and nothing else. */
final class Opinions {
    private static final String KEEP = """
            insert into answer_opinion (message_id, person_id, conversation_id, helpful, at)
            values (:message, :person, :conversation, :helpful, :now)
            on conflict (message_id, person_id) do update set helpful = excluded.helpful, at = excluded.at
            where answer_opinion.helpful <> excluded.helpful""";
    private static final String DROP = "delete from answer_opinion where message_id = :message and person_id = :person";
    private static final String OF = """
            select message_id, person_id, helpful from answer_opinion where conversation_id = :conversation
            order by message_id, at""";

    /** Keeps the last word; false when it was said before. */
    boolean keep(Handle tx, Opinion opinion, UUID conversation, Instant now) {
        return tx.createUpdate(KEEP)
                        .bind("message", opinion.message())
                        .bind("person", opinion.person())
                        .bind("conversation", conversation)
                        .bind("helpful", opinion.helpful())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    boolean drop(Handle tx, UUID message, UUID person) {
        return tx.createUpdate(DROP)
                        .bind("message", message)
                        .bind("person", person)
                        .execute()
                == 1;
    }

    List<Opinion> of(Handle db, UUID conversation) {
        return db.createQuery(OF)
                .bind("conversation", conversation)
                .map((rs, _) -> new Opinion(
                        rs.getObject("message_id", UUID.class),
                        rs.getObject("person_id", UUID.class),
                        rs.getBoolean("helpful")))
                .list();
    }
}
