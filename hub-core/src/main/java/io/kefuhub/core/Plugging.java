package io.kefuhub.core;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.InstanceTasks;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.LentContext;
import io.kefuhub.core.plugin.ModelContext;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.life.Host;
import io.kefuhub.core.plugin.life.InstanceRows;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.Instances;
import io.kefuhub.core.plugin.life.SealedSettings;
import io.kefuhub.core.plugin.life.StoredHost;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Joins the rooms that use instances to the one that makes them. */
final class Plugging {
    private static final Models NO_MODELS =
            (_, _, _, _, _) -> new Models.ModelAnswer.Unavailable("no model is set up in this hub");

    private final Database database;
    private final InstantSource clock;
    private final Outside outside;

    /** What instances reach outside. */
    interface Outside {
        Http http(Offer<?> offer, InstanceSpec spec);

        Files files(Offer<?> offer);
    }

    Plugging(Database database, InstantSource clock, Outside outside) {
        this.database = database;
        this.clock = clock;
        this.outside = outside;
    }

    Instances instances(
            Contributions contributions, Guard guard, SealedSettings sealed, Ids ids, Host<Channel> channels) {
        var rows = new InstanceRows(ids);
        var filters = new StoredHost<Filter>(
                Kind.FILTER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, tasks) -> guard.create(slot, offer, settings, lent(offer, spec, tasks)));
        var responders = new StoredHost<Responder>(
                Kind.RESPONDER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, tasks) ->
                        guard.create(slot, offer, settings, new ModelContext(lent(offer, spec, tasks), NO_MODELS)));
        return new Instances(contributions, guard, sealed, List.of(filters, responders, channels));
    }

    private LentContext lent(Offer<?> offer, InstanceSpec spec, InstanceTasks tasks) {
        var name = spec.kind().name().toLowerCase(Locale.ROOT) + ":" + spec.key();
        return new LentContext(
                spec.key(),
                outside.http(offer, spec),
                outside.files(offer),
                new InstanceStore(database, name, clock),
                tasks,
                clock);
    }
}
