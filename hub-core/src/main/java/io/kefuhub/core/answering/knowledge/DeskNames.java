package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Finds the desk that a caller means, by key or by id. */
public record DeskNames(Supplier<LinkedHashMap<String, UUID>> desks) {
    /** @param name left out where there is only one to choose from */
    public UUID named(Optional<String> name, Caller caller) {
        var theirs = new LinkedHashMap<>(desks.get());
        theirs.values().removeIf(desk -> !caller.mayRead(desk));
        var found = name.isPresent() ? find(theirs, name.get()) : only(theirs);
        return found.orElseThrow(() -> Problem.invalid("desk", "There is no such desk.", "没有这个部门。"));
    }

    private static Optional<UUID> find(LinkedHashMap<String, UUID> desks, String name) {
        return Optional.ofNullable(desks.get(name)).or(() -> Requests.uuid(name).filter(desks::containsValue));
    }

    private static Optional<UUID> only(LinkedHashMap<String, UUID> desks) {
        return desks.size() == 1 ? Optional.of(desks.firstEntry().getValue()) : Optional.empty();
    }
}
