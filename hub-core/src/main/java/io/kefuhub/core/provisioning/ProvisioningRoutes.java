package io.kefuhub.core.provisioning;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What came of the files in {@code conf/}, for those who set the hub up. */
public final class ProvisioningRoutes implements RouteModule {
    private final Supplier<Standing> standing;

    public ProvisioningRoutes(Supplier<Standing> standing) {
        this.standing = standing;
    }

    record FileView(String name, String state, Optional<Instant> appliedAt) {}

    record ProblemView(String file, int line, Optional<String> key, String message) {}

    record View(Instant readAt, List<FileView> files, List<ProblemView> problems) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/provisioning", this::show, Access.ADMIN);
    }

    private void show(Context ctx) {
        var now = standing.get();
        var language = Requests.language(ctx);
        var files = now.files().stream()
                .map(file -> new FileView(file.name(), file.isSo() ? "applied" : "refused", file.appliedAt()))
                .toList();
        var problems = now.problems().stream()
                .map(problem -> new ProblemView(
                        problem.where().file(),
                        problem.where().line(),
                        Optional.of(problem.where().key()).filter(key -> !key.isEmpty()),
                        problem.words().in(language)))
                .toList();
        Requests.send(ctx, new View(now.readAt(), files, problems));
    }
}
