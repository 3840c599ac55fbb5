package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An agent's tab on one conversation: follows it from its first event, and while it is the agent's replies to whatever the
 * customer says, each once, in order. The reply's own id is that of the question, so that it is known who was answered.
 *
 * <p>One thread lives its life; others look at what is volatile, and at the rest once it has {@link #leave left}.
 */
final class Watch implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final String conversation;
    /** In the order the stream brought them. */
    final List<Line> lines = new ArrayList<>();
    /** Ids of questions whose reply is acknowledged, in that order. */
    final List<String> replied = new ArrayList<>();

    private final String me;
    private final Console console;
    private final Steps steps;
    private final Trouble trouble;
    private final Backoff backoff;
    private final ArrayDeque<Line> questions = new ArrayDeque<>();
    private boolean mine;
    private volatile long feed;
    private volatile boolean leaving;
    private volatile @Nullable News open;

    Watch(String conversation, String me, Console console, Steps steps, Trouble trouble, Random random) {
        this.conversation = conversation;
        this.me = me;
        this.console = console;
        this.steps = steps;
        this.trouble = trouble;
        this.backoff = new Backoff(random);
    }

    @Override
    public void run() {
        try {
            while (!leaving) {
                try (var stream = console.stream("?conversation=" + conversation + "&after=" + feed, "")) {
                    open = stream;
                    while (!leaving) hear(stream.next());
                } catch (IOException e) {
                    if (!leaving) backoff.pause();
                }
            }
        } catch (RuntimeException e) {
            trouble.add(
                    "agent's tab on " + conversation + ": " + (e instanceof Broken ? e.getMessage() : e.toString()));
        }
    }

    private void hear(News.Item item) throws IOException {
        backoff.succeeded();
        if (!item.name().equals("event")) return;
        var event = item.json().path("event");
        var line = Line.of(event);
        if (line.feed() != feed + 1) throw new Broken("event " + line.feed() + " came after " + feed);
        lines.add(line);
        steps.step();
        if (line.kind().equals("state")) entered(event, line.text());
        else if (line.kind().equals("message") && line.author().equals("customer")) questions.add(line);
        feed = line.feed();
        while (mine && !questions.isEmpty()) reply(questions.remove());
    }

    private void entered(JsonNode event, String mode) {
        mine = mode.equals("agent")
                && event.path("assignee").path("id").asText().equals(me);
        // What was said before somebody wanted a person is the bot's.
        if (!mode.equals("agent")) questions.clear();
    }

    private void reply(Line question) throws IOException {
        var body = JSON.createObjectNode().put("cid", question.messageId());
        body.putArray("parts").addObject().put("type", "text").put("text", "答复 " + question.messageId());
        done(console.post("/api/conversations/" + conversation + "/reply", body), "a reply");
        replied.add(question.messageId());
        steps.step();
        if (question.text().equals(PersonStory.GOODBYE)) {
            done(
                    console.post("/api/conversations/" + conversation + "/hand-back", JSON.createObjectNode()),
                    "to give it back");
        }
    }

    private static void done(Console.Reply reply, String what) {
        if (reply.status() != 200) throw new Broken("the hub refused " + what + ": " + reply.body());
    }

    /** Goes; nothing changes any more once its thread has ended. */
    void leave() {
        leaving = true;
        var stream = open;
        try {
            if (stream != null) stream.close();
        } catch (IOException e) {
            trouble.add("agent's tab on " + conversation + ": " + e);
        }
    }

    long feed() {
        return feed;
    }

    /** What the hub says has happened. */
    List<Line> history() throws IOException {
        var history = new ArrayList<Line>();
        for (var more = true; more; ) {
            var after = history.isEmpty() ? 0 : history.getLast().feed();
            var page = console.get("/api/conversations/" + conversation + "/events?limit=500&after=" + after)
                    .body();
            for (var event : page.path("events")) history.add(Line.of(event));
            more = page.path("more").asBoolean();
        }
        return history;
    }
}
