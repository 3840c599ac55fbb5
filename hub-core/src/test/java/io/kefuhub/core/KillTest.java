package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.audit.chain.AuditCommand;
import io.kefuhub.core.database.ChildJvm;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.TestHome;
import io.kefuhub.core.story.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Kills the hub's process at random moments under load; {@code bench/kill} does the same to the packaged hub and its
 * database for as long as one likes.
 */
class KillTest {
    private static final int KILLS = 6;
    private static final int CUSTOMERS = 8;
    private static final int ACKNOWLEDGED_BETWEEN = 25;

    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean enough;

    @Test
    void nothing_acknowledged_is_lost_or_doubled_when_the_hub_is_killed() throws Exception {
        var home = TestHome.withDatabase();
        try (var platform = new TestPlatform()) {
            try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                    var database = Database.open(postgres.address())) {
                HubFixture.prepare(database, platform.address().toString());
            }
            var hub = start(home);
            var customers = new ArrayList<Customer>();
            for (var i = 0; i < CUSTOMERS; i++) {
                var customer = new Customer("customer-" + i, platform);
                customers.add(customer);
                customer.thread = Thread.ofVirtual().start(customer);
            }
            // One that ends by itself lets the others start faster.
            awaitAcknowledged(ACKNOWLEDGED_BETWEEN);
            assertThat(hub.ends()).isTrue();
            hub = start(home);
            for (var kill = 0; kill < KILLS; kill++) {
                awaitAcknowledged(acknowledged.get() + ACKNOWLEDGED_BETWEEN);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));
                hub.killed();
                hub = start(home);
            }
            enough = true;
            for (var customer : customers) customer.thread.join();
            awaitAllAnswered(customers, platform);
            assertThat(verified(home)).as("the audit beside a hub that runs").endsWith("All is as it was sealed.\n");
            assertThat(hub.ends()).isTrue();
            assertThat(verified(home))
                    .as("the audit of a hub that does not run")
                    .contains(" 0 wait to be sealed.")
                    .doesNotStartWith("0 sealed rows")
                    .doesNotContain(" 0 of them about these rows")
                    .endsWith("All is as it was sealed.\n");

            try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                    var database = Database.open(postgres.address())) {
                for (var customer : customers) customer.check(database, platform);
                database.useTransaction(tx -> tx.execute("update turn_outcome set source = 'nobody'"));
                var report = new ByteArrayOutputStream();
                assertThat(verify(home, report, "--lang", "zh")).isEqualTo(1);
                assertThat(report.toString(StandardCharsets.UTF_8)).contains("turn_outcome ", "封存之后被修改");
                assertThat(verify(home, report, "--long", "zh")).isEqualTo(2);
            }
        } finally {
            TestHome.delete(home);
        }
    }

    private static String verified(Path home) {
        var report = new ByteArrayOutputStream();
        var code = verify(home, report);
        var text = report.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isZero();
        return text;
    }

    private static int verify(Path home, ByteArrayOutputStream report, String... more) {
        var out = new PrintStream(report, true, StandardCharsets.UTF_8);
        var words = new ArrayList<>(List.of("verify"));
        words.addAll(List.of(more));
        return new AuditCommand(Map.of("KEFUHUB_HOME", home.toString()), out, out).run(words);
    }

    private void awaitAcknowledged(int count) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (acknowledged.get() < count) {
            assertThat(System.nanoTime()).as("acknowledged " + acknowledged).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitAllAnswered(List<Customer> customers, TestPlatform platform) throws Exception {
        for (var customer : customers) {
            var last = customer.acknowledged.getLast();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (platform.to(customer.name).stream()
                    .noneMatch(reply -> reply.replyTo().equals(last))) {
                assertThat(System.nanoTime()).as(last + " is answered").isLessThan(end);
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private ChildJvm start(Path home) {
        var hub = ChildJvm.start(ChildHub.class, home.toString());
        var seen = new ArrayList<String>();
        for (var line = hub.line(); !line.isEmpty(); line = hub.line()) {
            seen.add(line);
            if (line.startsWith("port ")) {
                port.set(Integer.parseInt(line.substring(5)));
                hub.printsNothingMore();
                return hub;
            }
        }
        throw new IllegalStateException("the hub did not start: " + String.join("\n", seen));
    }

    /** Says one thing after the other, each again and again until it is acknowledged. */
    private final class Customer implements Runnable {
        private final String name;
        private final TestPlatform platform;
        private final List<String> acknowledged = new ArrayList<>();
        private Thread thread = Thread.currentThread();

        Customer(String name, TestPlatform platform) {
            this.name = name;
            this.platform = platform;
        }

        @Override
        public void run() {
            for (var i = 0; !enough; i++) {
                var id = name + "-" + i;
                while (!said(id, "question number " + i)) LockSupport.parkNanos(20_000_000);
                acknowledged.add(id);
                KillTest.this.acknowledged.incrementAndGet();
            }
        }

        private boolean said(String id, String text) {
            try {
                return platform.say(port.get(), id, name, text) == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void check(Database database, TestPlatform platform) {
            var stored = database.read(db ->
                    db.createQuery("""
                            select m.external_id from message m join conversation c on c.id = m.conversation_id
                            where c.thread = :name and m.author = 'CUSTOMER' order by m.seq""").bind("name", name).mapTo(String.class).list());
            assertThat(stored).as("stored of " + name).containsExactlyElementsOf(acknowledged);
            var unfinished = database.read(db ->
                    db.createQuery("""
                            select count(*) from message m join conversation c on c.id = m.conversation_id
                            where c.thread = :name and m.state = 'RECEIVED'""").bind("name", name).mapTo(Integer.class).one());
            assertThat(unfinished).isZero();
            var replies = database.read(db ->
                    db.createQuery("""
                            select q.external_id from message m join conversation c on c.id = m.conversation_id
                            join message q on q.id = m.answers
                            where c.thread = :name and m.author = 'BOT' and m.state in ('READY', 'SENT') order by m.seq""").bind("name", name).mapTo(String.class).list());
            assertThat(platform.to(name))
                    .extracting(TestPlatform.Heard::replyTo)
                    .containsExactlyElementsOf(replies);
            assertThat(replies).doesNotHaveDuplicates();
        }
    }
}
