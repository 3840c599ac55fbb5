package io.kefuhub.bench.proof;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.ProtoWire;
import io.kefuhub.bench.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Customers of the web chat, half of them by each codec, one in six of whom wants a person; and two agents. */
final class Crowd implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int WANTS_PERSON_ONE_IN = 6;
    private static final String PASSWORD = "takes-what-waits-1";
    private static final List<String> AGENTS = List.of("agent.one", "agent.two");

    final Steps steps = new Steps();
    final Trouble trouble = new Trouble();
    final List<Visitor> visitors = new ArrayList<>();
    final List<Agent> agents = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Door door;

    Crowd(Hub hub, int customers, Random random) {
        door = new Door(hub.url);
        for (var i = 0; i < customers; i++) {
            var own = new Random(random.nextLong());
            Wire wire = i % 2 == 0 ? new JsonWire() : new ProtoWire();
            var story = i / 2 % WANTS_PERSON_ONE_IN == 0 ? new PersonStory(own) : new AskingStory(own);
            visitors.add(new Visitor("visitor-" + i, wire, door, story, steps, trouble, own));
        }
        for (var name : AGENTS) {
            agents.add(new Agent(hub.url, name, PASSWORD, steps, trouble, new Random(random.nextLong())));
        }
    }

    /** Declares the agents in the home of a hub that was not started yet. */
    static void declareAgents(Path home) throws IOException {
        var people = new StringBuilder("people:\n");
        for (var name : AGENTS) {
            people.append("  ").append(name).append(":\n");
            people.append("    {name: ")
                    .append(name)
                    .append(", roles: [agent], password: ")
                    .append(PASSWORD);
            people.append(", mustChangePassword: false}\n");
        }
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/people.yaml"), people);
    }

    /** Everybody comes; returns when all are there. */
    void come() {
        for (var agent : agents) threads.add(Thread.ofVirtual().name(agent.name).start(agent));
        for (var visitor : visitors)
            threads.add(Thread.ofVirtual().name(visitor.name).start(visitor));
        await("everybody is there", this::isThere);
    }

    boolean isThere() {
        return visitors.stream().allMatch(Visitor::isLinked);
    }

    /** Waits until so much more has happened to anybody. */
    void awaitSteps(long more) {
        var goal = steps.count() + more;
        await("something happens", () -> steps.count() >= goal);
    }

    /** How many things have been acknowledged. */
    long acknowledged() {
        return visitors.stream().mapToLong(Visitor::acknowledgements).sum();
    }

    /** Nobody says anything new; returns when everybody has what he waited for. */
    void finish() {
        visitors.forEach(Visitor::stopAsking);
        await("everybody is answered", () -> visitors.stream().allMatch(Visitor::isContent));
    }

    /** Everybody goes; what they did and saw can be read once this returns. */
    void leave() throws IOException, InterruptedException {
        visitors.forEach(Visitor::leave);
        for (var agent : agents) agent.leave();
        for (var thread : threads) thread.join();
    }

    /**
     * @throws Broken when it does not come true in time, or somebody was in trouble
     */
    void await(String what, BooleanSupplier condition) {
        var came = Await.until(LIMIT, () -> condition.getAsBoolean() || !trouble.isEmpty());
        if (!trouble.isEmpty()) throw new Broken(trouble.lines().getFirst());
        if (!came)
            throw new Broken(
                    "in " + LIMIT.toSeconds() + " s it did not happen that " + what + "; missing: " + missing());
    }

    private String missing() {
        return visitors.stream()
                .filter(visitor -> !visitor.isContent())
                .limit(5)
                .map(Visitor::describe)
                .toList()
                .toString();
    }

    @Override
    public void close() {
        agents.forEach(Agent::close);
        door.close();
    }
}
