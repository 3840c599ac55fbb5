package io.kefuhub.bench.proof;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills the packaged hub at random moments under load, and proves at the end what was kept. {@code bench/kill} calls it.
 */
public final class KillProof {
    /** So much happens between a start and the next blow, at most. */
    private static final int MOST_STEPS = 8_000;

    private static final int FEW_STEPS = 500;

    private final Hub hub;
    private final Crowd crowd;
    private final ProofOptions options;
    private final Random random;
    private final List<Duration> back = new ArrayList<>();
    private final Map<Blow, List<Duration>> backByBlow = new EnumMap<>(Blow.class);

    private KillProof(Hub hub, Crowd crowd, ProofOptions options, Random random) {
        this.hub = hub;
        this.crowd = crowd;
        this.options = options;
        this.random = random;
    }

    /** {@code DIST HOME [kills] [options]}; see {@link ProofOptions}. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        var options = ProofOptions.of(List.of(arguments).subList(2, arguments.length), 200);
        var home = Path.of(arguments[1]);
        System.out.print(Machine.describe());
        System.out.printf("%d kills, %d customers, seed %d%n", options.amount(), options.customers(), options.seed());
        var random = new Random(options.seed());
        Crowd.declareAgents(home);
        boolean good;
        try (var hub = Hub.start(Path.of(arguments[0]), home);
                var crowd = new Crowd(hub, options.customers(), random)) {
            good = new KillProof(hub, crowd, options, random).run();
        }
        if (!good) System.exit(1);
    }

    private boolean run() throws IOException, SQLException, InterruptedException {
        try {
            crowd.come();
            for (var kill = 1; kill <= options.amount(); kill++) kill(kill);
        } catch (Broken e) {
            System.out.println(e.getMessage());
        }
        try (var database = hub.database().connect()) {
            var account = Account.of(crowd, database);
            account.trouble().forEach(System.out::println);
            System.out.println();
            System.out.print(Table.of("kills", back, account));
            backByBlow.forEach((blow, times) -> System.out.printf(
                    "%d times %s: back after %s s, at most %s s%n",
                    times.size(), blow.words, Table.seconds(times, 0.5), Table.seconds(times, 1)));
            return account.balances() && back.size() == options.amount();
        }
    }

    private void kill(int number) throws IOException {
        // Now and then before everybody is back.
        if (random.nextInt(4) > 0) crowd.await("everybody is back", crowd::isThere);
        crowd.awaitSteps(random.nextInt(1, random.nextBoolean() ? MOST_STEPS : FEW_STEPS));
        var blow = options.only().orElseGet(() -> Blow.any(random));
        var took = new Killer(hub).strike(blow);
        back.add(took);
        backByBlow.computeIfAbsent(blow, _ -> new ArrayList<>()).add(took);
        System.out.printf(
                "kill %d of %d, %s: back after %s s; %,d acknowledged so far%n",
                number, options.amount(), blow.words, Table.seconds(took), crowd.acknowledged());
    }
}
