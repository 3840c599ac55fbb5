package io.kefuhub.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The comparison of routes with the API's document itself; see {@link Contract}. */
class ContractTest {
    @Test
    void a_route_without_a_role_is_named() {
        assertThat(violations(routes -> routes.get("/api/naked", ctx -> {})))
                .anyMatch(line -> line.contains("GET /api/naked") && line.contains("role"));
    }

    @Test
    void a_route_that_is_not_documented_is_named() {
        assertThat(violations(routes -> routes.get("/api/secret", ctx -> {}, Access.OWNER)))
                .anyMatch(line -> line.contains("GET /api/secret") && line.contains("not documented"));
    }

    @Test
    void a_documented_call_without_a_route_is_named() {
        assertThat(violations(routes -> {}))
                .anyMatch(line -> line.contains("POST /api/session") && line.contains("no route"));
    }

    @Test
    void a_route_that_lets_others_in_than_documented_is_named() {
        assertThat(violations(routes -> routes.get("/api/audit", ctx -> {}, Access.ANYONE)))
                .anyMatch(line -> line.contains("GET /api/audit") && line.contains("AUDITOR"));
    }

    private static List<String> violations(java.util.function.Consumer<JavalinDefaultRoutingApi> added) {
        try (var server = new WebServer(
                WebSettings.local(0), token -> Optional.empty(), CallWatch.NONE, List.of(added::accept))) {
            return Contract.violations(server.routes(), Set.of());
        }
    }
}
