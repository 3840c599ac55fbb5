package io.kefuhub.core.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kefuhub.api.Language;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call under {@code /v1}, as clients of OpenAI's interface read it. Thrown as a refusal; it carries
 * no stack trace because it is an answer, not a defect.
 */
public final class ProgramError extends RuntimeException {
    /** Where calls of programs begin. */
    public static final String PATHS = "/v1/";

    private static final long serialVersionUID = 1;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final transient Words message;
    private final transient Optional<Duration> pause;
    private final boolean worthRepeating;

    private record Body(Error error) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Error(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    private ProgramError(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            Words message,
            Optional<Duration> pause,
            boolean worthRepeating) {
        super(message.en(), null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.message = message;
        this.pause = pause;
        this.worthRepeating = worthRepeating;
    }

    /** The question is wrong; the same one again is of no use. */
    public static ProgramError wrong(@Nullable String param, String code, Words message) {
        return of(400, "invalid_request_error", code, message).at(param);
    }

    /** @param type OpenAI's word for the family of errors */
    public static ProgramError of(int status, String type, String code, Words message) {
        return new ProgramError(status, type, code, null, message, Optional.empty(), status == 429 || status >= 500);
    }

    static ProgramError of(Problem problem, Language language) {
        var type = problem.type();
        var document = problem.document(language);
        var said = document.get("detail") instanceof String detail
                ? detail
                : type.title().in(language);
        var error = of(type.status(), family(type.status()), code(type), new Words(said, said));
        if (document.get("field") instanceof String field) error = error.at(field);
        return type == ProblemType.UNAVAILABLE || type == ProblemType.TOO_MANY ? error.after(PAUSE) : error;
    }

    private static String family(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static String code(ProblemType type) {
        return switch (type) {
            case NO_TOKEN, WRONG_TOKEN -> "invalid_api_key";
            case TOO_MANY -> "rate_limit_exceeded";
            default -> type.code().replace('-', '_');
        };
    }

    /** Names the field that is wrong. */
    public ProgramError at(@Nullable String field) {
        return new ProgramError(status, type, code, field, message, pause, worthRepeating);
    }

    /** Says when to come again. */
    public ProgramError after(Duration time) {
        return new ProgramError(status, type, code, param, message, Optional.of(time), worthRepeating);
    }

    /** Says that the same call again is of no use soon. */
    public ProgramError notToBeRepeated() {
        return new ProgramError(status, type, code, param, message, pause, false);
    }

    public int status() {
        return status;
    }

    Optional<Duration> pause() {
        return pause;
    }

    boolean worthRepeating() {
        return worthRepeating;
    }

    /** The document. */
    public byte[] body(Language language) {
        return Json.bytes(new Body(new Error(message.in(language), type, param, code)));
    }
}
