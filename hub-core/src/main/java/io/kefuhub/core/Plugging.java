package io.kefuhub.core;

import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.routing.PluginModels;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.LentContext;
import io.kefuhub.core.plugin.ModelContext;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Reach;
import io.kefuhub.core.plugin.Slot;
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
    private final Database database;
    private final InstantSource clock;
    private final Reach reach;
    private final ModelGateway models;

    Plugging(Database database, InstantSource clock, Reach reach, ModelGateway models) {
        this.database = database;
        this.clock = clock;
        this.reach = reach;
        this.models = models;
    }

    Instances instances(
            Contributions contributions, Guard guard, SealedSettings sealed, Ids ids, Host<Channel> channels) {
        var rows = new InstanceRows(ids);
        var filters = new StoredHost<Filter>(
                Kind.FILTER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) ->
                        guard.create(slot, offer, settings, lent(slot, offer, spec, settings, lent)));
        var responders = new StoredHost<Responder>(
                Kind.RESPONDER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) -> guard.create(
                        slot, offer, settings, asking(Purpose.ANSWER, lent, lent(slot, offer, spec, settings, lent))));
        var translators = new StoredHost<Translator>(
                Kind.TRANSLATOR,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) -> guard.create(
                        slot,
                        offer,
                        settings,
                        asking(Purpose.TRANSLATION, lent, lent(slot, offer, spec, settings, lent))));
        var providers = new StoredHost<AiProvider>(
                Kind.AI_PROVIDER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) ->
                        guard.create(slot, offer, settings, lent(slot, offer, spec, settings, lent)));
        return new Instances(
                contributions, guard, sealed, List.of(filters, responders, translators, providers, channels));
    }

    private ModelContext asking(Purpose purpose, Lent lent, LentContext context) {
        return new ModelContext(context, lent.around(new PluginModels(models, purpose, context.instance())));
    }

    private LentContext lent(Slot<?> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent) {
        var name = spec.kind().name().toLowerCase(Locale.ROOT) + ":" + spec.key();
        return new LentContext(
                spec.key(),
                reach.http(slot, offer, settings, lent),
                lent.around(reach.files(offer)),
                lent.around(new InstanceStore(database, name, clock)),
                lent.tasks(),
                clock);
    }
}
