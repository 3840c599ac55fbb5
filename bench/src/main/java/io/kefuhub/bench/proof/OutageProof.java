package io.kefuhub.bench.proof;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Takes the database server away from the packaged hub under load, and proves at the end that nothing was lost and
 * everybody went on by himself. {@code bench/outage} calls it.
 */
public final class OutageProof {
    /** So much happens before the server goes, and after it is back. */
    private static final int STEPS = 2_000;

    /** That it is away, that it is back, and what else there may be to say in all that time. */
    private static final int MOST_LOGGED = 5;

    private static final Pattern LOGGED = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d");
    private static final String AWAY = "Outage - The database is away";
    private static final String BACK = "Outage - The database is back";

    private final Hub hub;
    private final DatabaseServer server;
    private final Crowd crowd;
    private final Duration length;
    private final List<Duration> back = new ArrayList<>();

    private OutageProof(Hub hub, DatabaseServer server, Crowd crowd, Duration length) {
        this.hub = hub;
        this.server = server;
        this.crowd = crowd;
        this.length = length;
    }

    /** {@code DIST HOME [seconds] [options]}; see {@link ProofOptions}. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        var options = ProofOptions.of(List.of(arguments).subList(2, arguments.length), 30);
        var home = Path.of(arguments[1]);
        System.out.print(Machine.describe());
        System.out.printf(
                "the database away for %d s each time, %d customers, seed %d%n",
                options.amount(), options.customers(), options.seed());
        Crowd.declareAgents(home);
        boolean good;
        try (var hub = Hub.start(Path.of(arguments[0]), home)) {
            hub.stop();
            try (var server = new DatabaseServer(home)) {
                hub.environment("KEFUHUB_DB_URL", server.jdbcUrl());
                hub.environment("KEFUHUB_DB_USER", "kefuhub");
                hub.environment("KEFUHUB_DB_PASSWORD", hub.database().password());
                hub.launchAgain();
                hub.awaitReady();
                try (var crowd = new Crowd(hub, options.customers(), new Random(options.seed()))) {
                    good = new OutageProof(hub, server, crowd, Duration.ofSeconds(options.amount())).run();
                }
                hub.stop();
            }
        }
        if (!good) System.exit(1);
    }

    private boolean run() throws IOException, SQLException, InterruptedException {
        var good = true;
        try {
            crowd.come();
            for (var how : DatabaseServer.Stop.values()) {
                crowd.awaitSteps(STEPS);
                good &= outage(how);
            }
            crowd.awaitSteps(STEPS);
        } catch (Broken e) {
            System.out.println(e.getMessage());
            good = false;
        }
        try (var database = hub.database().connect()) {
            var account = Account.of(crowd, database);
            account.trouble().forEach(System.out::println);
            System.out.println();
            System.out.print(Table.of("outages", back, account));
            return account.balances() && good;
        }
    }

    private boolean outage(DatabaseServer.Stop how) throws IOException {
        var loggedBefore = logged();
        server.stop(how);
        var gone = System.nanoTime();
        crowd.await("the hub says that it cannot serve", () -> hub.status("/readyz") == 503);
        crowd.await("the hub says that it lives", () -> hub.status("/healthz") == 200);
        var acknowledged = crowd.acknowledged();
        // The outage itself is what is asked for; nothing else depends on how long it takes.
        Await.until(length.minusNanos(System.nanoTime() - gone), () -> false);
        var meanwhile = crowd.acknowledged() - acknowledged;
        server.start();
        var since = System.nanoTime();
        hub.awaitReady();
        var ready = Duration.ofNanos(System.nanoTime() - since);
        var next = crowd.acknowledged() + 1;
        crowd.await("something is acknowledged again", () -> crowd.acknowledged() >= next);
        crowd.await("everybody is there", crowd::isThere);
        var all = Duration.ofNanos(System.nanoTime() - since);
        back.add(all);
        var logged = logged().subList(loggedBefore.size(), logged().size());
        var away = logged.stream().filter(line -> line.contains(AWAY)).count();
        var returned = logged.stream().filter(line -> line.contains(BACK)).count();
        System.out.printf(
                "%s stop: away for %s s, %d acknowledged meanwhile; ready %s s after the server, everybody served %s s after; %d things logged, %d of them that it is away, %d that it is back%n",
                how,
                Table.seconds(Duration.ofNanos(since - gone)),
                meanwhile,
                Table.seconds(ready),
                Table.seconds(all),
                logged.size(),
                away,
                returned);
        var good = away == 1 && returned == 1 && logged.size() <= MOST_LOGGED && meanwhile == 0;
        if (!good) logged.forEach(System.out::println);
        return good;
    }

    /** What was logged, without the lines that go on from the one before. */
    private List<String> logged() throws IOException {
        return Files.readAllLines(hub.output()).stream()
                .filter(LOGGED.asPredicate())
                .toList();
    }
}
