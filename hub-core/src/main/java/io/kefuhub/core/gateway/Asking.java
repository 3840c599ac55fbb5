package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Makes of a program's call what the hub asks its models. Safe for threads. */
final class Asking {
    /** Programs wait for longer answers than customers do. */
    private static final Duration END = Duration.ofSeconds(120);

    private final Function<UUID, Optional<Desk>> desks;
    private final Pictures pictures;
    private final Screening screening;

    Asking(Function<UUID, Optional<Desk>> desks, Pictures pictures, Screening screening) {
        this.desks = desks;
        this.pictures = pictures;
        this.screening = screening;
    }

    /**
     * What is asked.
     *
     * @param placeholders what to put back into the answer, by placeholder
     */
    record Asked(ModelQuestion question, Map<String, String> placeholders) {}

    Asked question(Program program, ChatCall call) {
        var desk = desks.apply(program.desk()).orElseThrow(() -> Problem.of(ProblemType.FORBIDDEN));
        var leaving = screening.screened(desk, texts(call));
        var turns = new ArrayList<AiRequest.Turn>(call.messages().size());
        for (var said : call.messages()) {
            var text = leaving.texts().get(turns.size() + 1);
            turns.add(new AiRequest.Turn(said.role(), text, pictures.keep(said.pictures())));
        }
        var question = new ModelQuestion(
                call.model(),
                Purpose.GATEWAY,
                Payer.apart(desk.key(), program.name()),
                leaving.texts().getFirst(),
                turns,
                call.maxTokens(),
                call.temperature(),
                call.stream(),
                call.options(),
                ModelQuestion.USUAL_FIRST_TEXT,
                END);
        return new Asked(question, leaving.placeholders());
    }

    /** What the system says, then every message. */
    private static List<String> texts(ChatCall call) {
        var texts = new ArrayList<String>(call.messages().size() + 1);
        texts.add(call.system());
        for (var said : call.messages()) texts.add(said.text());
        return texts;
    }
}
