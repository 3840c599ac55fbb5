package io.kefuhub.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
final class EmbeddedPostgresTest {
    private static final GroupWriter.Batch<Integer, Integer> NUMBERS = (tx, units, _) -> DyingHub.insert(tx, units);

    private final Path home = TestHome.withDatabase();
    private final Path newHome = TestHome.fresh();

    @AfterEach
    void delete() {
        TestHome.delete(home);
        TestHome.delete(newHome);
    }

    @Test
    void rows_are_still_there_after_a_stop_and_a_start() {
        try (var postgres = start();
                var database = open(postgres)) {
            write(database, 0, 100);
        }

        assertThat(numbersAfterStart()).hasSize(100);
    }

    @Test
    void it_is_durable_and_no_door_is_open_to_the_network() {
        try (var postgres = start(newHome);
                var database = open(postgres)) {
            var settings =
                    database.read(tx -> tx.createQuery("""
                            select name || '=' || setting from pg_settings
                            where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'data_checksums')
                            order by name""").mapTo(String.class).list());

            assertThat(settings)
                    .containsExactly(
                            "data_checksums=on",
                            "fsync=on",
                            "full_page_writes=on",
                            "listen_addresses=",
                            "synchronous_commit=on");
            var wrong = new DatabaseAddress(
                    postgres.address().jdbcUrl(),
                    "kefuhub",
                    "guess",
                    postgres.address().socket());
            assertThatThrownBy(() -> Database.open(wrong).close()).hasMessageContaining("password");
        }
    }

    @Test
    void the_password_is_for_the_owner_only() throws IOException {
        start(newHome).close();

        assertThat(Files.getPosixFilePermissions(newHome.resolve("data/postgres.password")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void a_killed_server_comes_back_and_the_writer_goes_on() {
        try (var postgres = start();
                var database = open(postgres)) {
            var first = postgres.pid();
            var written = new ArrayList<CompletableFuture<Integer>>();
            for (var i = 0; i < 5_000; i++) {
                written.add(database.writer().write(NUMBERS, i));
                if (i == 2_500) {
                    ProcessHandle.of(first).orElseThrow().destroyForcibly();
                }
            }

            assertThat(written.stream().map(CompletableFuture::join)).hasSize(5_000);
            // Writes go on as soon as it takes them, before it is known here.
            Eventually.holds(() -> postgres.pid() != first);
            assertThat(numbers(database)).hasSize(5_000);
        }
    }

    @Test
    void writes_wait_while_the_database_is_away() throws Exception {
        var postgres = start();
        try (var database = open(postgres)) {
            write(database, 0, 1);
            postgres.close();
            var waiting = IntStream.range(1, 100)
                    .mapToObj(i -> database.writer().write(NUMBERS, i))
                    .toList();
            assertThat(database.reachable()).isFalse();
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            postgres = start();

            assertThat(waiting.stream().map(CompletableFuture::join)).hasSize(99);
            assertThat(numbers(database)).hasSize(100);
        } finally {
            postgres.close();
        }
    }

    @Test
    void a_killed_hub_has_kept_everything_it_said_it_had() {
        var said = new ArrayList<Integer>();
        for (var kill = 0; kill < 2; kill++) {
            try (var hub = ChildJvm.start(DyingHub.class, home.toString())) {
                IntStream.range(0, 500)
                        .mapToObj(i -> Integer.valueOf(hub.line()))
                        .forEach(said::add);
                hub.kill().stream()
                        .filter(line -> line.matches("\\d+"))
                        .map(Integer::valueOf)
                        .forEach(said::add);
            }
        }

        // The last line may have been cut off by the kill, so it may name a smaller number: still one that was written.
        assertThat(numbersAfterStart()).containsAll(said);
    }

    @Test
    void a_second_hub_on_the_same_folder_is_refused() {
        try (var postgres = start();
                var second = ChildJvm.start(DyingHub.class, home.toString())) {
            assertThat(second.line()).startsWith("refused: Another hub is running on");
            assertThatThrownBy(this::start).isInstanceOf(DataFolderInUseException.class);
            assertThat(ProcessHandle.of(postgres.pid())).isPresent();
        }
    }

    @Test
    void what_a_dead_server_left_behind_does_not_keep_the_next_from_starting() throws Exception {
        Files.createDirectory(home.resolve("data/run"));
        var self = Long.toString(ProcessHandle.current().pid());
        Files.writeString(home.resolve("data/postgres/postmaster.pid"), self + "\n/elsewhere\n");
        Files.writeString(home.resolve("data/run/.s.PGSQL.5432.lock"), self + "\n");
        Files.createDirectory(home.resolve("data/postgres.unfinished"));

        start().close();

        assertThat(home.resolve("data/postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_home_too_deep_for_a_socket_has_its_socket_elsewhere() throws Exception {
        var deep = Files.createDirectories(home.resolve("deep/".repeat(25)));
        Files.createSymbolicLink(
                Files.createDirectory(deep.resolve("data")).resolve(programs()), home.resolve("data/" + programs()));

        try (var postgres = EmbeddedPostgres.start(deep, line -> {});
                var database = open(postgres)) {
            write(database, 0, 1);

            assertThat(postgres.address().socket().orElseThrow().startsWith(home))
                    .isFalse();
        }
    }

    @Test
    void it_stops_cleanly_when_its_hub_is_killed() {
        try (var hub = ChildJvm.start(DyingHub.class, home.toString())) {
            hub.line();
            assertThat(home.resolve("data/postgres/postmaster.pid")).exists();
            hub.kill();
        }

        // PostgreSQL deletes this file as the last thing it does.
        Eventually.holds(() -> !Files.exists(home.resolve("data/postgres/postmaster.pid")));
    }

    private static String programs() {
        return "postgres-bin-18.6.0";
    }

    private EmbeddedPostgres start() {
        return start(home);
    }

    private static EmbeddedPostgres start(Path home) {
        return EmbeddedPostgres.start(home, line -> {});
    }

    private static Database open(EmbeddedPostgres postgres) {
        var database = Database.open(postgres.address());
        database.useTransaction(tx -> tx.execute("create table if not exists number (n int primary key)"));
        return database;
    }

    private static void write(Database database, int from, int to) {
        IntStream.range(from, to)
                .mapToObj(i -> database.writer().write(NUMBERS, i))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private List<Integer> numbersAfterStart() {
        try (var postgres = start();
                var database = open(postgres)) {
            return numbers(database);
        }
    }

    private static List<Integer> numbers(Database database) {
        return database.read(tx ->
                tx.createQuery("select n from number").mapTo(Integer.class).list());
    }
}
