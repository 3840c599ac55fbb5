package io.kefuhub.core.provisioning;

import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.Knowledge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes knowledge be as files declare it. */
public final class DeclaredKnowledge implements Target<Declarations.Knowledge> {
    private final Knowledge knowledge;
    private final Supplier<Map<String, UUID>> desks;

    /** @param desks the desks there are, by key */
    public DeclaredKnowledge(Knowledge knowledge, Supplier<Map<String, UUID>> desks) {
        this.knowledge = knowledge;
        this.desks = desks;
    }

    @Override
    public Set<String> files() {
        return knowledge.files();
    }

    @Override
    public void apply(String file, List<Declarations.Knowledge> declared) {
        var known = desks.get();
        var wanted = new LinkedHashMap<UUID, List<EntryContent>>();
        for (var part : declared) {
            var desk = known.get(part.desk());
            if (desk == null) throw UnfitException.noDesk(part.at(), part.desk());
            wanted.computeIfAbsent(desk, any -> new ArrayList<>()).addAll(part.entries());
        }
        knowledge.declare(file, wanted);
    }
}
