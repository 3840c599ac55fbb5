package io.kefuhub.core.desk.review;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.conversation.Decision;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The review queue. */
public final class ReviewRoutes implements RouteModule {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final Review review;
    private final Predicate<Caller> reviewers;
    private final InstantSource clock;

    /** @param reviewers who may */
    public ReviewRoutes(Review review, Predicate<Caller> reviewers, InstantSource clock) {
        this.review = review;
        this.reviewers = reviewers;
        this.clock = clock;
    }

    record Deciding(String decision, Optional<String> text) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/review", this::list, Access.AGENT);
        routes.get("/api/review/rules", this::rules, Access.AGENT);
        routes.get("/api/review/{id}", this::show, Access.AGENT);
        routes.post("/api/review/{id}/decision", this::decide, Access.AGENT);
        routes.post("/api/review/{id}/allow", this::allow, Access.AGENT);
    }

    record Line(String line) {}

    private void rules(Context ctx) {
        var caller = reviewer(ctx);
        var days = Requests.number(ctx, "days").orElse(USUAL_DAYS);
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.invalid("days", "From 1 to " + MOST_DAYS + ".", "取值范围为 1 到 " + MOST_DAYS + "。");
        }
        var to = clock.instant();
        var rules = review.rules(caller, to.minus(Duration.ofDays(days)), to.plusSeconds(1), desk(ctx));
        Requests.send(ctx, Map.of("days", days, "rules", rules));
    }

    private void allow(Context ctx) {
        var caller = reviewer(ctx);
        var id = Requests.id(ctx);
        review.allow(caller, id, Requests.body(ctx, Line.class).line());
        ctx.status(204);
    }

    private static Optional<UUID> desk(Context ctx) {
        return Requests.parameter(ctx, "desk")
                .map(text -> Requests.uuid(text)
                        .orElseThrow(() -> Problem.invalid("desk", "There is no such desk.", "没有这个部门。")));
    }

    private void list(Context ctx) {
        var caller = reviewer(ctx);
        var desk = desk(ctx);
        var newestFirst =
                Requests.parameter(ctx, "order").map(ReviewRoutes::newestFirst).orElse(false);
        var after = Requests.parameter(ctx, "after").map(Places::read);
        Requests.send(ctx, review.open(caller, desk, newestFirst, after, Requests.limit(ctx, 50, 100)));
    }

    private void show(Context ctx) {
        Requests.send(ctx, review.show(reviewer(ctx), Requests.id(ctx)));
    }

    private void decide(Context ctx) {
        var caller = reviewer(ctx);
        var id = Requests.id(ctx);
        var body = Requests.body(ctx, Deciding.class);
        Requests.send(ctx, review.decide(caller, id, decision(body.decision()), body.text()));
    }

    private Caller reviewer(Context ctx) {
        var caller = Requests.caller(ctx);
        if (!reviewers.test(caller)) throw Problem.of(ProblemType.FORBIDDEN);
        return caller;
    }

    private static boolean newestFirst(String text) {
        return switch (text) {
            case "newest" -> true;
            case "oldest" -> false;
            default -> throw Problem.invalid("order", "oldest or newest.", "oldest 或 newest。");
        };
    }

    private static Decision decision(String text) {
        return switch (text) {
            case "release" -> Decision.RELEASED;
            case "mask" -> Decision.MASKED;
            case "refuse" -> Decision.REFUSED;
            case "answer" -> Decision.ANSWERED;
            default ->
                throw Problem.invalid("decision", "release, mask, refuse or answer.", "release、mask、refuse 或 answer。");
        };
    }
}
