package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** One platform's side. Called from many threads at once; a {@link BadInputException} tells who drives it what is wrong. */
public interface Platform {
    /** The word after {@code kefuhub simulate}. */
    String id();

    Words title();

    List<Surface> surfaces();

    /** Faults besides those that every platform has. */
    List<FaultKind> faults();

    /** Faults of every platform that this one cannot have. */
    default List<String> withoutFaults() {
        return List.of();
    }

    /** Its API, as the hub calls it. */
    void addTo(Routes routes);

    /**
     * What a call is answered under a fault that is switched on; empty where that fault does not touch this call. The call
     * is then not done.
     */
    Optional<Answer> under(String fault, Call call);

    /** A new customer, who has said nothing yet. */
    Customer welcome(String surface, String name);

    /** What is said at once; answers the platform's ids, in the order said. */
    List<String> say(List<Saying> sayings, Saying.Manner manner);

    /** One of a surface's {@link Surface#acts()} happens, or a button of a card is pressed ({@code press}). */
    JsonNode act(String surface, String customer, String act, JsonNode with);

    /** Sends the hub the call by which the platform makes sure that an address is its own; answers in words. */
    Verified verify(String surface);

    SetUp setUp();

    /** Forgets what was said, sent and handed out; whoever is connected is hung up on. */
    void reset();

    record Verified(boolean accepted, String why) {}
}
