package io.kefuhub.core.desk.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.conversation.Held;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.delivery.Wording;
import io.kefuhub.core.desk.EventView;
import io.kefuhub.core.desk.PersonRef;
import io.kefuhub.core.desk.Summary;
import io.kefuhub.core.filtering.Why;
import io.kefuhub.core.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that is or was kept, as reviewers read it. Immutable.
 *
 * @param from who wrote it: {@code customer}, {@code bot} or {@code agent}
 * @param why what the filter says
 * @param maskable whether what was found can be covered
 * @param late whether somebody else speaks by now, so that a reply that is let go is not said any more
 */
record HeldView(
        UUID id,
        Instant at,
        String from,
        Why why,
        Map<String, Object> message,
        Summary conversation,
        boolean maskable,
        boolean late,
        Optional<DecidedView> decided) {
    private static final int BRIEF = 200;

    /**
     * Why it is kept.
     *
     * @param code of what the hub says itself; else the filter's own words are in the reason
     */
    record Why(
            String filter,
            String version,
            Optional<String> code,
            Optional<String> about,
            Optional<String> reason,
            List<String> tags,
            List<Place> found) {
        static Why of(Held held) {
            var node = Json.tree(held.hold().why());
            var tags = node.path("tags").valueStream().map(JsonNode::asText).toList();
            var found = io.kefuhub.core.filtering.Why.found(node).stream()
                    .map(one -> new Place(one.rule(), one.part(), one.from(), one.to()))
                    .toList();
            return new Why(
                    held.hold().filter(),
                    held.hold().version(),
                    text(node, "code"),
                    text(node, "about"),
                    text(node, "reason"),
                    tags,
                    found);
        }

        private static Optional<String> text(JsonNode node, String name) {
            return Optional.ofNullable(node.get(name)).map(JsonNode::asText).filter(text -> !text.isEmpty());
        }
    }

    /** What was found, by which rule and where. */
    record Place(String rule, int part, int from, int to) {}

    /** What was decided. */
    record DecidedView(String decision, PersonRef by, Instant at) {
        static DecidedView of(Held.Decided decided) {
            return new DecidedView(decided.decision().key(), PersonRef.of(decided.by()), decided.at());
        }
    }

    /** One of earlier times, in short. */
    record Past(
            UUID id, Instant at, String from, UUID conversation, String text, Why why, Optional<DecidedView> decided) {
        static Past of(Held held) {
            return new Past(
                    held.id().value(),
                    held.at(),
                    writer(held.hold().stage()),
                    held.conversation().value(),
                    brief(held.message().message().text()),
                    Why.of(held),
                    held.decided().map(DecidedView::of));
        }
    }

    static HeldView of(Held held, Summary conversation, int epoch) {
        var places = io.kefuhub.core.filtering.Why.found(Json.tree(held.hold().why()));
        return new HeldView(
                held.id().value(),
                held.at(),
                writer(held.hold().stage()),
                Why.of(held),
                EventView.message(held.message()),
                conversation,
                Wording.covered(held.message().parts(), places).isPresent(),
                isLate(held, conversation, epoch),
                held.decided().map(DecidedView::of));
    }

    private static boolean isLate(Held held, Summary conversation, int epoch) {
        return switch (held.hold().stage()) {
            case CUSTOMER_IN, TO_MODEL, TO_AGENT -> false;
            case BOT_OUT -> held.epoch() != epoch;
            case AGENT_OUT ->
                conversation.mode().equalsIgnoreCase(Mode.AGENT.name())
                        && !conversation
                                .assignee()
                                .map(PersonRef::id)
                                .equals(held.message().speaker().person());
        };
    }

    private static String writer(Stage stage) {
        return switch (stage) {
            case CUSTOMER_IN -> "customer";
            case BOT_OUT, TO_MODEL, TO_AGENT -> "bot";
            case AGENT_OUT -> "agent";
        };
    }

    private static String brief(String text) {
        return text.codePointCount(0, text.length()) <= BRIEF
                ? text
                : text.substring(0, text.offsetByCodePoints(0, BRIEF)) + "…";
    }
}
