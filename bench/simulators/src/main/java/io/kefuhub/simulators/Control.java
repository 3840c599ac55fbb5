package io.kefuhub.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How people and tests drive the simulator: plain HTTP and JSON under {@code /sim}, and the page at the root. */
final class Control {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Scene scene;
    private final Platform platform;
    private final Composer composer;
    private final Page page = Page.load();

    Control(Scene scene, Platform platform) {
        this.scene = scene;
        this.platform = platform;
        this.composer = new Composer(scene, platform);
    }

    private interface Question {
        Object answer(Context ctx) throws InterruptedException;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.exception(
                BadInputException.class,
                (wrong, ctx) -> ctx.status(400)
                        .contentType("application/json")
                        .result(Json.object().put("error", wrong.getMessage()).toString()));
        routes.addHttpHandler(HandlerType.GET, "/", ctx -> page.answer(ctx));
        on(routes, HandlerType.GET, "/sim", _ -> about());
        on(routes, HandlerType.GET, "/sim/changes", this::changes);
        on(routes, HandlerType.GET, "/sim/calls", ctx -> scene.journal.after(number(ctx, "after")));
        on(routes, HandlerType.GET, "/sim/messages", this::messages);
        on(routes, HandlerType.GET, "/sim/faults", _ -> scene.faults.on());
        on(routes, HandlerType.POST, "/sim/customers", this::welcome);
        on(routes, HandlerType.POST, "/sim/say", ctx -> composer.say(body(ctx)));
        on(routes, HandlerType.POST, "/sim/act", this::act);
        on(routes, HandlerType.PUT, "/sim/faults/{name}", this::turnOn);
        on(routes, HandlerType.DELETE, "/sim/faults/{name}", this::turnOff);
        on(routes, HandlerType.DELETE, "/sim/faults", this::clearFaults);
        on(routes, HandlerType.PUT, "/sim/callbacks/{surface}", this::address);
        on(routes, HandlerType.POST, "/sim/verify", ctx -> platform.verify(text(body(ctx), "surface")));
        on(routes, HandlerType.POST, "/sim/clock", this::forward);
        on(routes, HandlerType.POST, "/sim/reset", this::reset);
        routes.addHttpHandler(HandlerType.GET, "/sim/media/{id}", this::media);
    }

    private static void on(JavalinDefaultRoutingApi routes, HandlerType type, String path, Question question) {
        routes.addHttpHandler(type, path, ctx -> {
            guard(ctx);
            ctx.header("Cache-Control", "no-store");
            ctx.contentType("application/json; charset=utf-8");
            ctx.result(Json.MAPPER.writeValueAsString(question.answer(ctx)));
        });
    }

    /** No page of another site can drive it: neither under a name that leads here, nor with a form. */
    private static void guard(Context ctx) {
        var host = String.valueOf(ctx.header("Host")).replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(host)) throw new BadInputException("open it at http://127.0.0.1 or http://localhost");
        var type = String.valueOf(ctx.header("Content-Type"));
        if (ctx.method() == HandlerType.POST && !type.startsWith("application/json")) {
            throw new BadInputException("send Content-Type: application/json");
        }
    }

    private JsonNode about() {
        var about = Json.object();
        about.put("platform", platform.id());
        about.set("title", Json.MAPPER.valueToTree(platform.title()));
        about.set("surfaces", Json.MAPPER.valueToTree(platform.surfaces()));
        about.set("faults", Json.MAPPER.valueToTree(scene.faults.kinds()));
        about.set("setUp", Json.MAPPER.valueToTree(platform.setUp()));
        about.put("address", scene.address().toString());
        return about;
    }

    /** Everything that the page draws and that is new; waits for it if told how long. */
    private JsonNode changes(Context ctx) throws InterruptedException {
        var after = number(ctx, "after");
        var wait = Duration.ofSeconds(number(ctx, "wait"));
        scene.changes.await(after, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        synchronized (scene.changes) {
            var last = scene.changes.last();
            var all = Json.object();
            all.put("last", last);
            all.put("begun", scene.begun());
            all.put("now", scene.time.instant().toString());
            all.set("calls", Json.MAPPER.valueToTree(scene.journal.after(after)));
            all.set("messages", Json.MAPPER.valueToTree(scene.screens.after(after)));
            all.set("customers", Json.MAPPER.valueToTree(scene.customers()));
            all.set("faults", Json.MAPPER.valueToTree(scene.faults.on()));
            all.set("callbacks", Json.MAPPER.valueToTree(scene.callbacks.addresses()));
            return all;
        }
    }

    private List<Shown> messages(Context ctx) {
        var surface = ctx.queryParam("surface");
        var thread = ctx.queryParam("thread");
        return scene.screens.after(number(ctx, "after")).stream()
                .filter(shown -> surface == null || shown.surface().equals(surface))
                .filter(shown -> thread == null || shown.thread().equals(thread))
                .toList();
    }

    private Customer welcome(Context ctx) {
        var body = body(ctx);
        var surface = surface(text(body, "surface"));
        var customer = platform.welcome(surface, body.path("name").asText("").isBlank() ? "客户" : text(body, "name"));
        scene.add(customer);
        return customer;
    }

    private JsonNode act(Context ctx) {
        var body = body(ctx);
        return platform.act(
                surface(text(body, "surface")), body.path("customer").asText(""), text(body, "act"), body.path("with"));
    }

    private Object turnOn(Context ctx) {
        var body = ctx.body().isBlank() ? Json.object() : body(ctx);
        var seconds = body.path("seconds").asDouble(Faults.On.USUAL.toSeconds());
        scene.faults.turnOn(
                ctx.pathParam("name"),
                new Faults.On(
                        body.path("times").asInt(0),
                        body.path("only").asText(""),
                        Duration.ofMillis(Math.round(seconds * 1000))));
        return scene.faults.on();
    }

    private Object turnOff(Context ctx) {
        scene.faults.turnOff(ctx.pathParam("name"));
        return scene.faults.on();
    }

    private Object clearFaults(Context ctx) {
        scene.faults.clear();
        return scene.faults.on();
    }

    private Object address(Context ctx) {
        try {
            scene.callbacks.address(surface(ctx.pathParam("surface")), URI.create(text(body(ctx), "url")));
        } catch (IllegalArgumentException e) {
            throw new BadInputException("url is not an address");
        }
        return scene.callbacks.addresses();
    }

    private JsonNode forward(Context ctx) {
        try {
            scene.time.forward(Duration.parse(text(body(ctx), "forward")));
        } catch (DateTimeParseException e) {
            throw new BadInputException("forward takes a duration such as PT15S, PT5M, PT48H");
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
        return Json.object().put("now", scene.time.instant().toString());
    }

    private JsonNode reset(Context ctx) {
        scene.clear();
        platform.reset();
        return Json.object().put("reset", true);
    }

    private void media(Context ctx) {
        guard(ctx);
        var item =
                scene.shelf.find(ctx.pathParam("id")).orElseThrow(() -> new BadInputException("there is no such file"));
        // Only pictures, sound and films are shown; nothing that was sent can run in the page.
        var shown = item.type().matches("(image/(png|jpeg|gif|webp)|audio/.*|video/.*)");
        ctx.header("Content-Disposition", shown ? "inline" : "attachment");
        ctx.header("X-Content-Type-Options", "nosniff");
        Doorway.write(
                ctx,
                new Answer(
                        200, shown ? item.type() : "application/octet-stream", Map.of(), new Answer.Body.File(item)));
    }

    private String surface(String id) {
        var known = new ArrayList<String>();
        for (var surface : platform.surfaces()) {
            if (surface.id().equals(id)) return id;
            known.add(surface.id());
        }
        throw new BadInputException("surface must be one of " + String.join(", ", known));
    }

    static String text(JsonNode body, String name) {
        var value = body.path(name).asText("");
        if (value.isEmpty()) throw new BadInputException(name + " is missing");
        return value;
    }

    private static JsonNode body(Context ctx) {
        try {
            var body = Json.MAPPER.readTree(ctx.body());
            if (body.isObject()) return body;
        } catch (JsonProcessingException e) {
            throw new BadInputException("the body is not JSON: " + e.getOriginalMessage());
        }
        throw new BadInputException("the body must be a JSON object");
    }

    private static long number(Context ctx, String name) {
        var value = ctx.queryParam(name);
        if (value == null) return 0;
        if (!value.matches("\\d{1,18}")) throw new BadInputException(name + " must be a number");
        return Long.parseLong(value);
    }
}
