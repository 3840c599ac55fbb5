package io.kefuhub.core.access;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.SessionCookie;
import java.util.Map;
import java.util.Optional;

/** Signing in and out. */
public final class SessionRoutes implements RouteModule {
    private final Sessions sessions;
    private final SessionCookie cookie;

    /** @param secure whether the hub is reached by HTTPS only */
    public SessionRoutes(Sessions sessions, boolean secure) {
        this.sessions = sessions;
        this.cookie = new SessionCookie(secure);
    }

    record SignIn(String name, String password) {}

    record NewPassword(
            String old,

            @com.fasterxml.jackson.annotation.JsonProperty("new")
            String chosen,

            Optional<String> name) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.post("/api/session", this::signIn, Access.ANYONE);
        routes.get("/api/session", this::show, Access.SIGNED_IN);
        routes.delete("/api/session", this::signOut, Access.SIGNED_IN);
        routes.post("/api/session/password", this::changePassword, Access.SIGNED_IN);
    }

    private void signIn(Context ctx) {
        var body = Requests.body(ctx, SignIn.class);
        var opened = sessions.signIn(body.name(), body.password(), Requests.address(ctx));
        SessionCookie.read(ctx).ifPresent(sessions::forget);
        answer(ctx, opened);
    }

    private void show(Context ctx) {
        var caller = Requests.caller(ctx);
        send(ctx, sessions.person(caller), caller.csrf());
    }

    private void signOut(Context ctx) {
        SessionCookie.read(ctx).ifPresent(token -> sessions.signOut(token, Requests.caller(ctx)));
        cookie.clear(ctx);
        ctx.status(204);
    }

    private void changePassword(Context ctx) {
        var body = Requests.body(ctx, NewPassword.class);
        var address = Requests.address(ctx);
        var change = new Sessions.Change(body.old(), body.chosen(), body.name().map(PeopleRoutes::name));
        answer(ctx, sessions.changePassword(Requests.caller(ctx), change, address));
    }

    private void answer(Context ctx, Sessions.Opened opened) {
        cookie.set(ctx, opened.token(), Sessions.LIFE);
        send(ctx, opened.person(), opened.csrf());
    }

    private static void send(Context ctx, Person person, String csrf) {
        var session = Map.of(
                "person", PersonView.of(person), "csrf", csrf, "mustChangePassword", person.mustChangePassword());
        Requests.send(ctx, session);
    }
}
