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
import java.util.List;
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

    ModelQuestion question(Program program, ChatCall call) {
        var desk = desks.apply(program.desk()).orElseThrow(() -> Problem.of(ProblemType.FORBIDDEN));
        var screen = screening.of(desk);
        var system = screen.leaves(call.system());
        List<AiRequest.Turn> turns = call.messages().stream()
                .map(said ->
                        new AiRequest.Turn(said.role(), screen.leaves(said.text()), pictures.keep(said.pictures())))
                .toList();
        return new ModelQuestion(
                call.model(),
                Purpose.GATEWAY,
                Payer.apart(desk.key(), program.name()),
                system,
                turns,
                call.maxTokens(),
                call.temperature(),
                call.stream(),
                call.options(),
                ModelQuestion.USUAL_FIRST_TEXT,
                END);
    }
}
