package io.kefuhub.core.gateway;

import io.kefuhub.api.Files;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.web.CallerWatch;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The hub as a server of models for other programs. Closed before the web server. */
public final class ModelRoom implements AutoCloseable {
    private final CallerWatch callers = new CallerWatch();
    private final GatewayRoutes routes;

    /**
     * What it stands on.
     *
     * @param aliases the names of models there are
     * @param desks by their ids
     */
    public record Parts(
            ModelGateway models,
            Supplier<? extends Collection<String>> aliases,
            Function<UUID, Optional<Desk>> desks,
            Files files,
            Ids ids,
            Clock clock) {}

    public ModelRoom(Parts parts) {
        var asking = new Asking(parts.desks(), new Pictures(parts.files()));
        routes = new GatewayRoutes(parts.models(), parts.aliases(), asking, callers, parts.ids(), parts.clock());
    }

    public List<RouteModule> routes() {
        return List.of(routes);
    }

    @Override
    public void close() {
        callers.close();
    }
}
