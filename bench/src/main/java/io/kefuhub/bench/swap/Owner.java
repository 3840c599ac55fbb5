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

    private static final ObjectMapper JSON = new ObjectMapper();

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
        put("/api/instances/responder/" + id, JSON.createObjectNode().put("contribution", id));
        var order = JSON.createObjectNode();
        var keys = order.putArray("keys").add(id);
        for (var other : console.get("/api/instances?kind=responder").body().path("instances")) {
            if (!other.path("key").asText().equals(id))
                keys.add(other.path("key").asText());
        }
        put("/api/instances/responder", order);
    }

    private void put(String path, JsonNode body) throws IOException {
        var reply = console.put(path, body);
        if (reply.status() >= 300) throw new IOException(path + " was refused: " + reply.body());
    }

    Left left() throws IOException {
        var view = plugins();
        var leaks = new ArrayList<String>();
        for (var plugin : view.path("plugins")) {
            for (var leak : plugin.path("leaks")) leaks.add(leak.toString());
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
