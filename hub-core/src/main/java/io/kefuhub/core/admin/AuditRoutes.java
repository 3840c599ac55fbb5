package io.kefuhub.core.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who did what. */
final class AuditRoutes implements RouteModule {
    private static final String PERSON = "person:";

    private final Database database;
    private final AuditLog audit;
    private final Supplier<Map<String, String>> names;

    /** @param names of people, by id */
    AuditRoutes(Database database, AuditLog audit, Supplier<Map<String, String>> names) {
        this.database = database;
        this.audit = audit;
        this.names = names;
    }

    record Entry(
            String id,
            Instant at,
            String actor,
            Optional<String> actorName,
            String action,
            String subject,
            JsonNode details) {}

    record Page(List<Entry> entries, Optional<String> next) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/audit", this::list, Access.AUDITOR);
    }

    private void list(Context ctx) {
        var before = Requests.number(ctx, "before").orElse(Long.MAX_VALUE);
        if (before < 1) throw Problem.invalid("before", "Take it from `next`.", "请使用上一页的 next。");
        var limit = Requests.limit(ctx, 100, 200);
        var actor = Requests.parameter(ctx, "actor").map(AuditRoutes::actor).orElse("");
        var subject = Requests.parameter(ctx, "subject").orElse("");
        var lines = database.read(db -> audit.before(db, before, actor, subject, limit + 1));
        var shown = lines.subList(0, Math.min(limit, lines.size()));
        var known = names.get();
        var next =
                lines.size() > limit ? Optional.of(Long.toString(shown.getLast().id())) : Optional.<String>empty();
        Requests.send(
                ctx, new Page(shown.stream().map(line -> entry(line, known)).toList(), next));
    }

    private static Entry entry(AuditLog.Line line, Map<String, String> names) {
        var entry = line.entry();
        var name = entry.actor().startsWith(PERSON)
                ? Optional.ofNullable(names.get(entry.actor().substring(PERSON.length())))
                : Optional.<String>empty();
        return new Entry(
                Long.toString(line.id()),
                entry.at(),
                entry.actor(),
                name,
                entry.action(),
                entry.subject(),
                Json.tree(entry.detail()));
    }

    /** A person may be given by id alone. */
    private static String actor(String text) {
        return Requests.uuid(text).isPresent() ? PERSON + text : text;
    }
}
