package io.kefuhub.bench.budget;

import io.kefuhub.bench.Machine;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.models.money.Limits;
import io.kefuhub.core.models.money.Period;
import io.kefuhub.core.models.money.Scope;
import io.kefuhub.core.models.money.price.PerMillion;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets 200 turns at once pay from a budget that fits 50, kills processes in the middle of it, lets a server count a fifth
 * more than could be, and proves that no budget was ever overshot and the books balance to the unit. {@code bench/budget}
 * calls it.
 */
public final class BudgetProof {
    private static final int AT_ONCE = 200;
    private static final int FITS = 50;
    private static final long LIMIT = FITS * Turns.WORST;

    /** Every state of an account that was ever committed leaves its mark. */
    private static final String WATCH = """
            create table high_water (id uuid primary key, subject text, most bigint not null, reserved bigint not null);
            create function watch() returns trigger language plpgsql as $$
            begin
                insert into high_water values (new.id, new.subject, new.spent + new.reserved, new.reserved)
                on conflict (id) do update set most = greatest(high_water.most, excluded.most),
                    reserved = greatest(high_water.reserved, excluded.reserved);
                return null;
            end $$;
            create trigger watch after insert or update on budget_period for each row execute function watch()""";

    private final Database database;
    private final DatabaseAddress address;
    private final Turns turns;
    private final Provider provider;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> table = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();

    private BudgetProof(Database database, DatabaseAddress address, Turns turns, Provider provider) {
        this.database = database;
        this.address = address;
        this.turns = turns;
        this.provider = provider;
    }

    /** {@code DIST HOME [kills]} */
    public static void main(String[] arguments) throws Exception {
        var kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
        System.out.print(Machine.describe());
        var wrong = prove(Path.of(arguments[1]), kills, Duration.ofSeconds(10), System.currentTimeMillis());
        wrong.forEach(System.out::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    /** Returns what is wrong; nothing when all is as it should be. Prints its table. */
    static List<String> prove(Path home, int kills, Duration pace, long seed)
            throws IOException, InterruptedException, ExecutionException {
        try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                var database = Database.open(postgres.address());
                var provider = new Provider();
                var turns = new Turns(database, provider.address())) {
            var proof = new BudgetProof(database, postgres.address(), turns, provider);
            proof.prepare();
            proof.atOnce();
            proof.pace(pace);
            var random = new Random(seed);
            for (var kill = 1; kill <= kills; kill++) proof.kill("killed-" + kill, random);
            // It closes all that it falls under, so nothing else can be tried after it.
            proof.more();
            proof.reckon(kills);
            proof.table.forEach(System.out::println);
            return proof.wrong;
        }
    }

    private void prepare() {
        database.useTransaction(tx -> tx.execute(WATCH));
        turns.room
                .prices()
                .add(
                        List.of(new Price(
                                UUID.randomUUID(),
                                Turns.PROVIDER,
                                Turns.MODEL,
                                List.of(),
                                "CNY",
                                Instant.EPOCH,
                                Optional.empty(),
                                Terms.of(PerMillion.of("1", "1", "2")),
                                "",
                                Optional.empty(),
                                true,
                                Price.Origin.PERSON,
                                Optional.empty())),
                        "proof");
        turns.room
                .limits()
                .declare(
                        "proof.yaml",
                        List.of(
                                budget(Scope.DESK, Scope.EACH, Period.DAY, LIMIT),
                                budget(Scope.DESK, "pace", Period.DAY, 1_000_000 * Turns.WORST),
                                budget(Scope.HUB, "", Period.MONTH, 1_000_000 * Turns.WORST),
                                budget(Scope.CUSTOMER, Scope.EACH, Period.DAY, 1_000 * Turns.WORST)));
        turns.room.start();
        table.add(
                "| what | turns or kills | got in | refused | most spent and kept of the limit | kept at the end | spent ="
                        + " attempts |");
        table.add("|---|--:|--:|--:|---|--:|---|");
    }

    private static Limits.Declared budget(Scope scope, String subject, Period period, long amount) {
        return new Limits.Declared(new Limits.Name(scope, subject, period), amount, true);
    }

    /** Each costs the most it can: exactly fifty fit, and use the budget up. */
    private void atOnce() throws InterruptedException, ExecutionException {
        var gotIn = together("at-once", Turns.TOKENS, Turns.TOKENS);
        expect("turns that got in", FITS, gotIn);
        expect("spent", LIMIT, number("select spent from budget_period where subject = 'at-once'"));
        row("200 at once, 50 fit", AT_ONCE, gotIn, AT_ONCE - gotIn, "at-once");
    }

    /** How many turns a second one hot account can pay, each with two commits that it waits for. */
    private void pace(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        var paid = new LongAdder();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < AT_ONCE; i++) {
                var customer = "pace-" + i % 20;
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        if (turns.pay("pace", customer).isPresent()) paid.increment();
                    }
                });
            }
        }
        expect("attempts of the fast", paid.sum(), number("select count(*) from attempt where desk = 'pace'"));
        notes.add(
                "%d turns a second paid by 200 at once from one hot budget (reserved to be sent, settled: two commits each)."
                        .formatted(paid.sum() * 1_000 / time.toMillis()));
    }

    /** The server counts a fifth more than could be. */
    private void more() throws InterruptedException, ExecutionException {
        var gotIn = together("more", Turns.TOKENS * 6 / 5, Turns.TOKENS * 6 / 5);
        expect("what was kept beyond the limit", 0, beyond("reserved", "more"));
        expect("budget closed", 1, number("select count(*) from budget_period where subject = 'more' and closed"));
        expect(
                "flagged",
                gotIn,
                number("select count(*) from attempt where desk = 'more' and over_reserved and cost = 3600000"));
        expect("let in afterwards", 0, turns.turn("more", "late", 1, 1).isPresent() ? 1 : 0);
        row("a server that counts a fifth more", AT_ONCE, gotIn, AT_ONCE - gotIn, "more");
    }

    private int together(String desk, long input, long output) throws InterruptedException, ExecutionException {
        var gotIn = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Optional<Turns.Turn>>>();
            for (var i = 0; i < AT_ONCE; i++) {
                var customer = "customer-" + i;
                all.add(threads.submit(() -> turns.turn(desk, customer, input, output)));
            }
            for (var one : all) {
                var turn = one.get();
                turn.ifPresent(some -> acknowledged.put(some.attempt(), some.cost()));
                if (turn.isPresent()) gotIn++;
            }
        }
        return gotIn;
    }

    /** Another process pays, and is killed with signal 9 at some moment; the next one finds what it left. */
    private void kill(String desk, Random random) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingPayer.class.getName(),
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        address.socket().map(Path::toString).orElse(""),
                        provider.address(),
                        desk)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var left = random.nextInt(1, 400);
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                if (--left == 0) process.toHandle().destroyForcibly();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A line that was cut off by the blow was heard by nobody. */
    private void remember(String line) {
        var words = line.split(" ");
        if (words.length == 2 && words[0].length() == 36) {
            acknowledged.put(UUID.fromString(words[0]), Long.parseLong(words[1]));
        }
    }

    /** A last start settles what the last blow left; then everything must balance. */
    private void reckon(int kills) {
        var open = number("select count(*) from reservation");
        try (var last = new Turns(database, provider.address())) {
            last.room.start();
        }
        awaitNothingOpen();
        expect("reservations at the end", 0, number("select count(*) from reservation"));
        expect("kept at the end", 0, number("select coalesce(sum(reserved), 0)::bigint from budget_period"));
        expect("accounts that differ from their attempts", 0, number("""
                select count(*) from budget_period account where spent <> (
                    select coalesce(sum(cost), 0)::bigint from attempt
                    where case account.scope when 'HUB' then true when 'DESK' then desk = account.subject
                        else customer = account.subject end)"""));
        expect(
                "budgets that were overshot while servers counted right",
                0,
                number(
                        "select count(*) from high_water where subject not in ('more', 'pace', '') and subject not like 'pace-%'"
                                + " and subject not like 'customer-%' and most > " + LIMIT));
        var booked = database.read(db -> {
            var costs = new HashMap<UUID, Long>();
            db.createQuery("select id, cost from attempt")
                    .map((rs, _) -> Map.entry(rs.getObject("id", UUID.class), rs.getLong("cost")))
                    .forEach(entry -> costs.put(entry.getKey(), entry.getValue()));
            return costs;
        });
        var differing = acknowledged.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(booked.get(entry.getKey())))
                .count();
        expect("settlements that were acknowledged and stand otherwise in the books", 0, differing);
        expect(
                "audit rows",
                booked.size(),
                number("select count(distinct subject) from audit where action = 'model.asked'"));
        row("kill -9 in the middle", kills, acknowledged.size(), -1, "killed-%");
        table.add("");
        table.addAll(notes);
        table.add("%d reservations were open after the last blow; %d attempts in all, %d of them lost and %d released."
                .formatted(
                        open,
                        booked.size(),
                        number("select count(*) from attempt where outcome = 'lost'"),
                        number("select count(*) from attempt where outcome = 'released'")));
    }

    private void awaitNothingOpen() {
        var end = System.nanoTime() + 10_000_000_000L;
        while (number("select count(*) from reservation") > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void row(String what, int turns, int gotIn, int refused, String desk) {
        var most = number("select coalesce(max(most), 0) from high_water where subject like '" + desk + "'");
        var balances = number("""
                select count(*) from budget_period account where subject like '%s' and spent <> (
                    select coalesce(sum(cost), 0)::bigint from attempt where desk = account.subject)""".formatted(desk));
        table.add("| %s | %d | %d | %s | %d of %d | %d | %s |"
                .formatted(
                        what,
                        turns,
                        gotIn,
                        refused < 0 ? "" : String.valueOf(refused),
                        most,
                        LIMIT,
                        number("select coalesce(sum(reserved), 0)::bigint from budget_period where subject like '"
                                + desk + "'"),
                        balances == 0 ? "balances" : "DIFFERS"));
    }

    private long beyond(String column, String desk) {
        return Math.max(0, number("select " + column + " from high_water where subject = '" + desk + "'") - LIMIT);
    }

    private void expect(String what, long expected, long found) {
        if (expected != found) wrong.add("%s: %d, not %d".formatted(what, found, expected));
    }

    private long number(String sql) {
        return database.read(db -> db.createQuery(sql).mapTo(Long.class).one());
    }
}
