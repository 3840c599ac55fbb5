package io.kefuhub.core.intake;

import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges what is changed as a test says, from a real database. */
record JudgedChanges(Database database, Predicate<String> stops) implements Intake.Changes {
    JudgedChanges(Database database) {
        this(database, _ -> false);
    }

    @Override
    public Optional<Messages.Placed> find(Messages.Key key) {
        return database.read(db -> new Messages().find(db, key));
    }

    @Override
    public Revision.Judged judge(Messages.Placed message, List<Part> written) {
        var before = message.message().parts();
        return stops.test(new Message(written).text())
                ? new Revision.Judged(List.of(), "words", before)
                : new Revision.Judged(written, "", before);
    }

    @Override
    public void reads(Messages.Placed message, List<Part> shown) {}
}
