package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed filter of sensitive words, its list edited again and again while customers write. */
@Timeout(180)
final class WordListIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "nobody-else-reads-1";
    private static final String JAR = "filter-sensitive-words-1.0.0.jar";
    private static final String BLOCKED = "这句话不能发送，请换一种说法。";
    private static final String QUESTION = "你们卖茶叶吗？";
    private static final String ANSWER = "卖的，绿茶和红茶都有。";
    private static final int EDITS = 5;
    private static final int GUESTS = 6;
    private static final int EACH = 4;
    /** Messages from one edit to the next. */
    private static final int BETWEEN = 20;

    @TempDir
    Path folder;

    /** The last edit of which the admin was told that it counts. */
    private final AtomicInteger edited = new AtomicInteger();

    @Test
    void an_edited_list_counts_from_the_next_message_on_and_every_message_is_answered_once() throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        declare(unpacked, home);
        try (var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                var admin = new Console(hub.url, () -> false, new Random());
                var threads = Executors.newFixedThreadPool(GUESTS)) {
            admin.signIn("words.admin", PASSWORD);
            must(admin.post(
                    "/api/knowledge",
                    JSON.createObjectNode().put("question", QUESTION).put("answer", ANSWER)));
            edit(admin, 0);
            var said = new AtomicInteger();
            var guests = new ArrayList<Future<Integer>>();
            for (var guest = 0; guest < GUESTS; guest++) guests.add(threads.submit(() -> talk(hub, said)));
            for (var edit = 1; edit <= EDITS; edit++) {
                awaitSaid(said, edit * BETWEEN, guests);
                edit(admin, edit);
            }
            var all = 0;
            for (var guest : guests) all += guest.get();

            assertThat(all).isGreaterThanOrEqualTo(EDITS * BETWEEN);
            var books = new HubBooks(hub);
            assertThat(books.number("select count(*) from message where author = 'CUSTOMER'"))
                    .isEqualTo(all);
        }
    }

    /** Guests come one after the other, until the last edit counts; says how many messages they sent. */
    private int talk(Hub hub, AtomicInteger said) throws IOException, InterruptedException {
        var all = 0;
        boolean isLast;
        do {
            isLast = edited.get() == EDITS;
            try (var guest = new Guest(hub.url)) {
                for (var at = 0; at < EACH; at++) {
                    say(guest, at);
                    said.incrementAndGet();
                    all++;
                }
            }
        } while (!isLast);
        return all;
    }

    /** By turns a question, and one with the word that was listed last. */
    private void say(Guest guest, int at) throws IOException, InterruptedException {
        var isListed = at % 2 == 1;
        var text = isListed ? "你们卖" + word(edited.get()) + "吗" : QUESTION;
        guest.says(text);
        var heard = guest.hears(at + 1);
        assertThat(heard).as(text).hasSize(at + 1);
        assertThat(heard.getLast()).as(text).isEqualTo(isListed ? BLOCKED : ANSWER);
    }

    private static void awaitSaid(AtomicInteger said, int wanted, List<Future<Integer>> guests) throws Exception {
        while (said.get() < wanted) {
            for (var guest : guests) if (guest.isDone()) guest.get();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void edit(Console admin, int edit) throws IOException {
        var words = IntStream.rangeClosed(0, edit).mapToObj(WordListIT::word).collect(Collectors.joining("\n"));
        var settings = JSON.createObjectNode()
                .put("words", words)
                .put("action", "block")
                .put("reply", BLOCKED);
        must(admin.put(
                "/api/instances/filter/words",
                JSON.createObjectNode()
                        .put("contribution", "sensitive-words")
                        .put("enabled", true)
                        .set("settings", settings)));
        edited.set(edit);
    }

    private static void must(Console.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isLessThan(300);
    }

    private static String word(int edit) {
        return "假货" + "甲乙丙丁戊己庚辛壬癸".charAt(edit);
    }

    private static void declare(Path unpacked, Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        var plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(unpacked.resolve("plugins-available").resolve(JAR), plugins.resolve(JAR));
        Files.writeString(home.resolve("conf/words.yaml"), """
                people:
                  words.admin: {name: Words, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                  filter-sensitive-words: {allow: {files: true}}
                """.formatted(PASSWORD));
    }
}
