package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A channel whose platform's language is a module: it reads webhook calls that the hub has found genuine, and words the
 * calls that hand replies over. Safe for threads.
 */
final class WasmChannel implements Channel {
    static final String RECEIVE = "channel_receive";
    static final String DELIVER = "channel_deliver";

    /** So much that it still fits when JSON writes it. */
    private static final int LARGEST = 500_000;

    private final ModuleInstance module;

    WasmChannel(ModuleInstance module) {
        this.module = module;
    }

    @Override
    public Abilities abilities() {
        var plan = module.manifest().channel();
        var whole = Abilities.pushed(plan.textLimit());
        var abilities =
                plan.messages() == 1 ? whole : whole.withStreaming(new Abilities.Streaming.Chunks(plan.messages()));
        return plan.recognisesRepeats() ? abilities.withRepeats(Abilities.Repeats.RECOGNISED) : abilities;
    }

    @Override
    public Receipt receive(WebRequest request) {
        var body = body(request);
        if (body.isEmpty()) return new Receipt.Refused("too large");
        var objection = module.manifest()
                .channel()
                .webhook()
                .objection(
                        request,
                        body.get(),
                        module.settings().all(),
                        module.context().clock().instant());
        if (objection.isPresent()) return new Receipt.Refused(objection.get());
        return receipt(
                module.ask(RECEIVE, question(request, body.get())),
                module.context().clock().instant());
    }

    private static Optional<byte[]> body(WebRequest request) {
        try {
            var body = request.body().readNBytes(LARGEST + 1);
            return body.length > LARGEST ? Optional.empty() : Optional.of(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ObjectNode question(WebRequest request, byte[] body) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("method", request.method()).put("path", request.rest());
        var query = node.putObject("query");
        request.query().forEach((name, values) -> query.put(name, values.getFirst()));
        return node.put("body", new String(body, StandardCharsets.UTF_8));
    }

    static Receipt receipt(AnswerNode answer, Instant now) {
        var reply = answer.object("reply").map(WasmChannel::reply).orElse(WebReply.empty(200));
        var messages = new ArrayList<Incoming>();
        for (var one : answer.objects("messages")) messages.add(incoming(one, now));
        return messages.isEmpty() ? new Receipt.Answered(reply) : new Receipt.Accepted(messages, reply);
    }

    private static WebReply reply(AnswerNode node) {
        var status = (int) Math.clamp(node.number("status", 200), 200, 599);
        if (node.has("json"))
            return WebReply.json(status, node.json().get("json").toString().getBytes(StandardCharsets.UTF_8));
        return node.has("text") ? WebReply.text(status, node.text("text", "")) : WebReply.empty(status);
    }

    private static Incoming incoming(AnswerNode node, Instant now) {
        var from = node.object("from").orElseThrow(() -> AnswerNode.wrong("a message has no from"));
        var text = node.text("text", "");
        var part = text.isBlank() ? new Part.Unsupported(node.text("type", "unknown")) : new Part.Text(text);
        try {
            var contact = new Contact(from.text("id", ""), true, from.text("name", ""), from.values("attributes"));
            return new Incoming(
                    node.text("id", ""),
                    node.text("thread", contact.subject()),
                    contact,
                    List.of(part),
                    at(node, now),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw AnswerNode.wrong("a message has an unusable " + e.getMessage());
        }
    }

    private static Instant at(AnswerNode node, Instant now) {
        try {
            return node.has("at") ? Instant.parse(node.text("at", "")) : now;
        } catch (DateTimeParseException e) {
            throw AnswerNode.wrong("a message has an unusable at");
        }
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        var question = JsonNodeFactory.instance.objectNode();
        question.put("id", delivery.id()).put("thread", delivery.thread()).put("replyTo", delivery.replyTo());
        question.put("attempt", delivery.attempt()).put("author", author(delivery.author()));
        question.put("text", delivery.parts().stream().map(WasmChannel::words).collect(Collectors.joining("\n")));
        var worded = module.ask(DELIVER, question);
        var order = worded.object("http");
        if (order.isEmpty()) return outcome(worded);
        var answered =
                HttpOrder.response(module.call(HttpOrder.read(order.get())).send());
        if (answered.has("failed")) {
            // What was never sent, or would be recognised, may be sent again without harm.
            var safe = !answered.path("dispatched").asBoolean(false)
                    || module.manifest().channel().recognisesRepeats();
            return new Delivered.Unknown(answered.get("failed").asText(), safe);
        }
        question.set("response", answered);
        return afterCall(question);
    }

    /** The platform has been called: a module that cannot read its answer does not make that undone. */
    private Delivered afterCall(ObjectNode question) {
        try {
            return outcome(module.ask(DELIVER, question));
        } catch (WasmFault e) {
            return new Delivered.Unknown(
                    String.valueOf(e.getMessage()), module.manifest().channel().recognisesRepeats());
        }
    }

    /** As people read it where there are no buttons and no files. */
    private static String words(Part part) {
        return switch (part) {
            case Part.Text(var value) -> value;
            case Part.Menu(var text, var options) ->
                text + options.stream().map(option -> "\n- " + option.text()).collect(Collectors.joining());
            case Part.Media(var _, var file) -> "[" + file.name() + "]";
            case Part.Unsupported(var type) -> "[" + type + "]";
        };
    }

    private static String author(Author author) {
        return switch (author) {
            case Author.Agent(var name) -> name;
            case Author.Bot _, Author.Customer _, Author.Hub _ -> "";
        };
    }

    static Delivered outcome(AnswerNode answer) {
        if (answer.has("done")) return new Delivered.Done(answer.text("done", ""));
        if (answer.has("retryMs")) {
            return new Delivered.RetryLater(
                    Duration.ofMillis(answer.number("retryMs", 0)), answer.text("reason", "the platform asked for it"));
        }
        if (answer.has("undeliverable")) return new Delivered.Undeliverable(answer.text("undeliverable", ""));
        if (answer.has("misconfigured")) {
            return new Delivered.Misconfigured(answer.text("misconfigured", ""), answer.text("reason", ""));
        }
        throw AnswerNode.wrong("it says none of http, done, retryMs, undeliverable, misconfigured");
    }
}
