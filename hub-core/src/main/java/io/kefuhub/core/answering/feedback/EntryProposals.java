package io.kefuhub.core.answering.feedback;

import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.Saved;

/** Keeps corrections as entries that are switched off until somebody publishes them. */
public final class EntryProposals implements Proposals {
    private final Knowledge knowledge;

    public EntryProposals(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public Proposed propose(Correction correction) {
        var saved = knowledge.create(
                correction.actor(), correction.desk(), correction.content().withEnabled(false));
        return switch (saved) {
            case Saved.AskedAlready(var other) ->
                new Proposed.AskedAlready(
                        other.id().value().toString(), other.content().question());
            case Saved.Done _, Saved.Gone _, Saved.Stale _, Saved.Managed _ -> new Proposed.Waiting();
        };
    }
}
