package io.kefuhub.core.web;

import io.kefuhub.api.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong, for a person and for a program: problem details of RFC 9457. Thrown by handlers as a refusal; it
 * carries no stack trace because it is an answer, not a defect.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient Optional<Words> detail;
    private final transient Map<String, Object> more;

    private Problem(ProblemType type, Optional<Words> detail, Map<String, Object> more) {
        super(type.code() + detail.map(words -> ": " + words.en()).orElse(""), null, false, false);
        this.type = type;
        this.detail = detail;
        this.more = more;
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, Optional.empty(), Map.of());
    }

    public static Problem of(ProblemType type, String en, String zh) {
        return of(type, new Words(en, zh));
    }

    public static Problem of(ProblemType type, Words detail) {
        return new Problem(type, Optional.of(detail), Map.of());
    }

    /** A field or parameter that is wrong. */
    public static Problem invalid(String field, String en, String zh) {
        return of(ProblemType.INVALID, en, zh).with("field", field);
    }

    public static Problem notFound() {
        return of(ProblemType.NOT_FOUND);
    }

    /** Adds a member that programs may look at. */
    public Problem with(String name, Object value) {
        var members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(type, detail, members);
    }

    public ProblemType type() {
        return type;
    }

    /** The document, in the reader's language. */
    public Map<String, Object> document(Language language) {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "/problems/" + type.code());
        document.put("title", type.title().in(language));
        document.put("status", type.status());
        detail.ifPresent(words -> document.put("detail", words.in(language)));
        document.putAll(more);
        return document;
    }
}
