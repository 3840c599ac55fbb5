package io.kefuhub.channel.feishu;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Settings;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HostLimitedHttp;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kit's context with the hub's own HTTP client, and the platform that it speaks to. */
final class Wired implements ChannelContext, AutoCloseable {
    static final String ENCRYPT_KEY = "HubFeishuEncryptKey2026";
    static final String TOKEN = "HubVerifyToken2026";

    final FakeChannelContext fake = new FakeChannelContext("fs_demo");
    final PlayedPlatform platform;
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final HostLimitedHttp http = clients.open(AllowedHosts.ALL);
    private Optional<Files> files = Optional.empty();

    Wired(PlayedPlatform platform) {
        this.platform = platform;
    }

    /** Puts other files in place of the kit's. */
    Wired with(Files other) {
        files = Optional.of(other);
        return this;
    }

    Map<String, String> values(String transport) {
        var values = new HashMap<String, String>();
        values.put("address", platform.address());
        values.put("app-id", PlayedPlatform.APP);
        values.put("app-secret", PlayedPlatform.SECRET);
        values.put("transport", transport);
        values.put("encrypt-key", ENCRYPT_KEY);
        values.put("verification-token", TOKEN);
        return values;
    }

    Channel byWebhook() {
        return make(Map.of());
    }

    Channel byWebhook(String key, String value) {
        return make(Map.of(key, value));
    }

    Channel byLongConnection() {
        return new FeishuFactory().create(Settings.of(values("long-connection")), this);
    }

    private Channel make(Map<String, String> other) {
        var values = values("webhook");
        values.putAll(other);
        return new FeishuFactory().create(Settings.of(values), this);
    }

    @Override
    public String instance() {
        return fake.instance();
    }

    @Override
    public Http http() {
        return http;
    }

    @Override
    public Files files() {
        return files.orElseGet(fake::files);
    }

    @Override
    public Store store() {
        return fake.store();
    }

    @Override
    public Tasks tasks() {
        return fake.tasks();
    }

    @Override
    public InstantSource clock() {
        return fake.clock();
    }

    @Override
    public Inbox inbox() {
        return fake.inbox();
    }

    @Override
    public Timeline timeline() {
        return fake.timeline();
    }

    @Override
    public Contacts contacts() {
        return fake.contacts();
    }

    @Override
    public Availability availability() {
        return fake.availability();
    }

    @Override
    public void close() {
        fake.close();
        http.close();
        clients.close();
    }
}
