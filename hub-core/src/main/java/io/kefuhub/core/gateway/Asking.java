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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Makes of a program's call what the hub asks its models. Safe for threads. */
final class Asking {
    /** Programs wait for longer answers than customers do. */
    private static final Duration END = Duration.ofSeconds(120);

    private final Function<UUID, Optional<Desk>> desks;
    private final Pictures pictures;

    Asking(Function<UUID, Optional<Desk>> desks, Pictures pictures) {
        this.desks = desks;
        this.pictures = pictures;
    }

    ModelQuestion question(Program program, ChatCall call) {
        var desk = desks.apply(program.desk()).orElseThrow(() -> Problem.of(ProblemType.FORBIDDEN));
        var turns = call.messages().stream()
                .map(said -> new AiRequest.Turn(said.role(), said.text(), pictures.keep(said.pictures())))
                .toList();
        return new ModelQuestion(
                call.model(),
                Purpose.GATEWAY,
                Payer.apart(desk.key(), program.name()),
                call.system(),
                turns,
                call.maxTokens(),
                call.temperature(),
                call.stream(),
                call.options(),
                ModelQuestion.USUAL_FIRST_TEXT,
                END);
    }
}
