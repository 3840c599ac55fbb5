package io.kefuhub.core;

import io.kefuhub.api.Files;
import io.kefuhub.core.access.ApiTokens;
import io.kefuhub.core.access.Entrances;
import io.kefuhub.core.access.Sessions;
import io.kefuhub.core.access.TokenRoutes;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.gateway.ModelRoom;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The organisation's other programs: what they call with, and what they may call. */
final class Programs implements AutoCloseable {
    private final ApiTokens tokens;
    private final TokenRoutes tokenRoutes;
    private final ModelRoom room;

    /** The models they may ask; {@code aliases} names them. */
    record Asked(ModelGateway models, Supplier<? extends Collection<String>> aliases) {}

    Programs(Database database, AuditLog audit, Ids ids, Clock clock, Names names, Files files, Asked asked) {
        tokens = new ApiTokens(database, audit, ids, clock);
        tokenRoutes = new TokenRoutes(tokens, () -> Set.copyOf(names.ids().values()), clock);
        room = new ModelRoom(new ModelRoom.Parts(
                asked.models(), asked.aliases(), id -> names.desk(new DeskId(id)), files, ids, clock));
    }

    /** Both ways in. */
    Gate gate(Sessions sessions) {
        return new Entrances(sessions, tokens);
    }

    List<RouteModule> routes() {
        var routes = new ArrayList<RouteModule>(room.routes());
        routes.add(tokenRoutes);
        return routes;
    }

    @Override
    public void close() {
        room.close();
    }
}
