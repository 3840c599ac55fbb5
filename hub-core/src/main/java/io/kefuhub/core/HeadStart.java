package io.kefuhub.core;

import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.WebServer;
import java.util.Map;

/**
 * Uses once, on a thread of its own and while the database starts, what a start uses later: most of what a start takes is
 * loading classes, and that can go on side by side. Nothing depends on how far it comes.
 */
final class HeadStart {
    private HeadStart() {}

    static void take() {
        Thread.ofPlatform().daemon().name("head-start").start(() -> {
            Json.tree(Json.text(Map.of("of", 1)));
            WebServer.rehearse();
            new HttpClients(HttpSettings.DEFAULT).close();
        });
    }
}
