package io.kefuhub.core.web;

import io.javalin.router.JavalinDefaultRoutingApi;

/** The routes of one domain. Each names the {@link Access} it asks for; a test fails on one that does not. */
public interface RouteModule {
    /** Called once, before the server starts. */
    void addTo(JavalinDefaultRoutingApi routes);
}
