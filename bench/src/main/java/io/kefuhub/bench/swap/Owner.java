package io.kefuhub.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An admin at the console of the hub. */
final class Owner implements AutoCloseable {
    private static final String NAME = "swap.admin";
    private static final String PASSWORD = "swaps-what-serves-1";
    private static final String PEOPLE = """
            people:
              %s: {name: Swap, roles: [admin], password: %s, mustChangePassword: false}
            """;

    final Console console;

    /** What was unloaded and may still be in memory. */
    record Left(int unloading, List<String> leaks) {}

    Owner(Hub hub) throws IOException {
        console = new Console(hub.url, () -> false, new Random());
        console.signIn(NAME, PASSWORD);
    }

    /** Declares the admin in the home of a hub that was not started yet. */
    static void declare(Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/swap.yaml"), PEOPLE.formatted(NAME, PASSWORD));
    }

    /** Has a responder asked before all others. */
    void addResponder(String id) throws IOException {
        var wish = new ObjectMapper().createObjectNode().put("contribution", id);
        var reply = console.put("/api/instances/responder/" + id, wish);
        if (reply.status() != 200) throw new IOException("no responder: " + reply.body());
    }

    Left left() throws IOException {
        var view = plugins();
        var leaks = new ArrayList<String>();
        for (var plugin : view.path("plugins")) {
            for (var leak : plugin.path("leaks")) leaks.add(leak.asText());
        }
        return new Left(view.path("unloading").asInt(), leaks);
    }

    private JsonNode plugins() throws IOException {
        return console.get("/api/plugins").body();
    }

    @Override
    public void close() {
        console.close();
    }
}
