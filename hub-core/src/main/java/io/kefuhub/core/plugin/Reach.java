package io.kefuhub.core.plugin;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.StoredFile;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What an instance reaches outside of itself: the hosts that its plugin was allowed, those that its admin entered as
 * addresses, and the hub's files when the plugin was allowed them. Safe for threads.
 */
public final class Reach {
    /** Another model is there to be asked instead. */
    private static final Duration CONNECT_TO_MODELS = Duration.ofSeconds(2);

    private final HttpClients clients;
    private final Guard guard;
    private final Files files;

    public Reach(HttpClients clients, Guard guard, Files files) {
        this.clients = clients;
        this.guard = guard;
        this.files = files;
    }

    /** Makes the client of one generation of an instance; what it has under way ends with it. */
    public Http http(Slot<?> slot, Offer<?> offer, Settings settings, Lent lent) {
        var hosts = new ArrayList<>(offer.permissions().hosts().entries());
        for (var spec : offer.description().settings()) {
            if (spec.type() == SettingSpec.Type.ADDRESS) host(spec, settings).ifPresent(hosts::add);
        }
        var allowed = AllowedHosts.of(hosts);
        var http = slot.kind() == Kind.AI_PROVIDER
                ? clients.open(allowed, CONNECT_TO_MODELS, listener -> guard.around(slot, listener))
                : clients.open(allowed, listener -> guard.around(slot, listener));
        lent.atEnd(http::close);
        return http;
    }

    /** An address that cannot be read allows nothing; whoever reads it says so. */
    private static Optional<String> host(SettingSpec spec, Settings settings) {
        if (settings.find(spec).isEmpty()) return Optional.empty();
        try {
            return Optional.of(entry(settings.address(spec)));
        } catch (SettingsException _) {
            return Optional.empty();
        }
    }

    private static String entry(URI address) {
        if (address.getPort() >= 0) return address.getHost() + ":" + address.getPort();
        var usual = "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
        return address.getHost() + ":" + usual;
    }

    public Files files(Offer<?> offer) {
        return offer.permissions().files() ? files : new NoFiles(offer.plugin().id());
    }

    /** The files of the hub as a plugin sees them that was not allowed them. */
    private record NoFiles(String plugin) implements Files {
        @Override
        public Kept keep(String name, InputStream content, long limit) {
            try (content) {
                return new Kept.NotAllowed(plugin + " was not allowed to keep files: its manifest has no Plugin-Files");
            } catch (IOException _) {
                return new Kept.NoRoom();
            }
        }

        @Override
        public Optional<StoredFile> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<InputStream> open(String id) {
            return Optional.empty();
        }
    }
}
