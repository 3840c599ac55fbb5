package io.kefuhub.channel.feishu;

import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.ReachingContext;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HostLimitedHttp;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import java.util.HashMap;
import java.util.Map;

/** What the hub lends, in memory but for its own HTTP client, and the platform that this reaches. */
final class Wired implements AutoCloseable {
    static final String ENCRYPT_KEY = "HubFeishuEncryptKey2026";
    static final String TOKEN = "HubVerifyToken2026";

    final FakeChannelContext fake = new FakeChannelContext("fs_demo");
    final PlayedPlatform platform;
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final HostLimitedHttp http = clients.open(AllowedHosts.ALL);
    final ChannelContext context = new ReachingContext(fake, http);

    Wired(PlayedPlatform platform) {
        this.platform = platform;
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

    Channel byWebhook(Map<String, String> other) {
        return make(other);
    }

    Channel byLongConnection() {
        return new FeishuFactory().create(Settings.of(values("long-connection")), context);
    }

    private Channel make(Map<String, String> other) {
        var values = values("webhook");
        values.putAll(other);
        return new FeishuFactory().create(Settings.of(values), context);
    }

    @Override
    public void close() {
        fake.close();
        http.close();
        clients.close();
    }
}
