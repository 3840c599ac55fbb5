package io.kefuhub.core.admin;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Desks, channels, plugins, audit and settings. */
public final class AdminRoutes implements RouteModule {
    private final Sources sources;
    private final List<RouteModule> others;
    private final Desks desks = new Desks();

    /**
     * Where it all comes from.
     *
     * @param people names, by id
     * @param channels with words for whoever reads them
     * @param doctor how a channel fares, by its key, for whoever reads it
     */
    public record Sources(
            Database database,
            AuditLog audit,
            Settings settings,
            Supplier<Map<String, String>> people,
            Function<Language, List<ChannelView>> channels,
            BiFunction<String, Language, Optional<DoctorView>> doctor) {}

    public AdminRoutes(Sources sources) {
        this.sources = sources;
        this.others = List.of(
                new AuditRoutes(sources.database(), sources.audit(), sources.people()),
                new SettingsRoutes(sources.settings()));
    }

    record DeskView(UUID id, String key, String name, Optional<String> managedBy) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/desks", this::desks, Access.SIGNED_IN);
        routes.get("/api/channels", this::channels, Access.SIGNED_IN);
        routes.get("/api/channels/{key}/doctor", this::doctor, Access.ADMIN);
        others.forEach(module -> module.addTo(routes));
    }

    private void desks(Context ctx) {
        var caller = Requests.caller(ctx);
        var shown = sources.database().read(desks::all).stream()
                .filter(desk -> caller.mayRead(desk.id().value()))
                .map(desk -> new DeskView(desk.id().value(), desk.key(), name(ctx, desk), desk.managedBy()))
                .sorted(Comparator.comparing(DeskView::name))
                .toList();
        Requests.send(ctx, Map.of("desks", shown));
    }

    private void channels(Context ctx) {
        var caller = Requests.caller(ctx);
        var shown = sources.channels().apply(Requests.language(ctx)).stream()
                .filter(channel -> caller.mayRead(channel.desk()))
                .sorted(Comparator.comparing(ChannelView::title).thenComparing(ChannelView::key))
                .toList();
        Requests.send(ctx, Map.of("channels", shown));
    }

    private void doctor(Context ctx) {
        var found = sources.doctor().apply(ctx.pathParam("key"), Requests.language(ctx));
        Requests.send(ctx, found.orElseThrow(Problem::notFound));
    }

    private static String name(Context ctx, Desk desk) {
        var titles = desk.titles();
        var wanted = titles.get(Requests.language(ctx).tag());
        if (wanted != null) return wanted;
        var usual = titles.get(desk.language().tag());
        return usual != null ? usual : desk.key();
    }
}
