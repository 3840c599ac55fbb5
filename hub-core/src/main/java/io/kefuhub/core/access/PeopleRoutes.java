package io.kefuhub.core.access;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.RouteModule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Who works here. */
public final class PeopleRoutes implements RouteModule {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final int NAME = 80;

    private final Staff staff;
    private final Supplier<Set<UUID>> desks;

    /** @param desks the desks there are */
    public PeopleRoutes(Staff staff, Supplier<Set<UUID>> desks) {
        this.staff = staff;
        this.desks = desks;
    }

    record Invitation(
            String login, String name, Set<Role> roles, Optional<Set<UUID>> desks, Optional<String> language) {}

    record PersonChange(
            Optional<String> name,
            Optional<Set<Role>> roles,
            Optional<Set<UUID>> desks,
            Optional<Boolean> enabled,
            Optional<String> language) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/people", this::list, Access.SIGNED_IN);
        routes.post("/api/people", this::invite, Access.ADMIN);
        routes.patch("/api/people/{id}", this::change, Access.SIGNED_IN);
        routes.post("/api/people/{id}/reset-password", this::reset, Access.ADMIN);
    }

    private void list(Context ctx) {
        Requests.send(
                ctx, Map.of("people", staff.all().stream().map(PersonView::of).toList()));
    }

    private void invite(Context ctx) {
        var body = Requests.body(ctx, Invitation.class);
        if (!LOGIN.matcher(body.login()).matches()) {
            throw Problem.invalid(
                    "login", "2 to 64 of a-z, 0-9, dot, dash and underscore.", "由 2 至 64 个小写字母、数字、点、横线或下划线组成。");
        }
        var invited = staff.invite(
                Requests.caller(ctx),
                body.login(),
                name(body.name()),
                roles(body.roles()),
                desks(body.desks().orElse(Set.of())),
                body.language().map(PeopleRoutes::language).orElse(Requests.language(ctx)));
        ctx.status(201);
        Requests.send(ctx, shown(invited));
    }

    private void change(Context ctx) {
        var body = Requests.body(ctx, PersonChange.class);
        var change = new Staff.Change(
                body.name().map(PeopleRoutes::name),
                body.roles().map(PeopleRoutes::roles),
                body.desks().map(this::desks),
                body.enabled(),
                body.language().map(PeopleRoutes::language));
        Requests.send(ctx, PersonView.of(staff.change(Requests.caller(ctx), Requests.id(ctx), change)));
    }

    private void reset(Context ctx) {
        Requests.send(ctx, shown(staff.resetPassword(Requests.caller(ctx), Requests.id(ctx))));
    }

    private static Map<String, Object> shown(Staff.Invited invited) {
        return Map.of("person", PersonView.of(invited.person()), "password", invited.password());
    }

    static String name(String name) {
        var plain = name.strip();
        if (plain.isEmpty() || plain.length() > NAME || plain.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name", "1 to " + NAME + " characters.", "1 至 " + NAME + " 个字符。");
        }
        return plain;
    }

    private static Set<Role> roles(Set<Role> roles) {
        if (roles.isEmpty()) throw Problem.invalid("roles", "At least one.", "至少选择一个角色。");
        return roles;
    }

    private Set<UUID> desks(Set<UUID> wanted) {
        if (!desks.get().containsAll(wanted)) throw Problem.invalid("desks", "There is no such desk.", "没有这个部门。");
        return wanted;
    }

    private static Language language(String tag) {
        if (!List.of("zh-CN", "en").contains(tag)) throw Problem.invalid("language", "zh-CN or en.", "zh-CN 或 en。");
        return new Language(tag);
    }
}
