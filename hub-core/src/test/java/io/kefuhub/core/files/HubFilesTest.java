package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.StoredFile;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.database.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HubFilesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MEGABYTE = 1 << 20;
    private static Database database;

    @TempDir
    Path folder;

    private final StoredFiles rows = new StoredFiles();

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_picture_is_kept_without_where_it_was_taken_and_with_its_size() {
        var files = at(NOON);

        var stored = keep(files, "shoe.png", Samples.pngWithPlace(40, 30));

        assertThat(stored.id()).startsWith("f_").hasSize(24);
        assertThat(stored.mime()).isEqualTo("image/png");
        assertThat(stored.size()).isEqualTo(read(files, stored).length);
        assertThat(new String(read(files, stored), UTF_8)).doesNotContain("GPS");
        assertThat(files.row(stored.id())).hasValueSatisfying(row -> {
            assertThat(row.width()).contains(40);
            assertThat(row.height()).contains(30);
        });
    }

    @Test
    void the_type_comes_from_the_content_and_not_from_the_name() {
        var stored = keep(at(NOON), "report.exe", "%PDF-1.7 hello".getBytes(UTF_8));

        assertThat(stored.mime()).isEqualTo("application/pdf");
    }

    @Test
    void a_picture_that_is_not_one_is_refused() {
        var files = at(NOON);
        var broken = Samples.cut(Samples.picture("png", 40, 30), 0, 60);

        assertThat(offer(files, "cat.png", "<script>alert(1)</script>".getBytes(UTF_8)))
                .isInstanceOf(Kept.NotAllowed.class);
        assertThat(offer(files, "cat.png", broken)).isInstanceOf(Kept.NotAllowed.class);
        assertThat(offer(files, "cat.exe", new byte[] {'M', 'Z', 0, 0})).isInstanceOf(Kept.NotAllowed.class);
        assertThat(offer(files, "empty.txt", new byte[0])).isInstanceOf(Kept.NotAllowed.class);
        assertThat(contents()).isEmpty();
    }

    @Test
    void a_file_over_the_limit_is_refused_and_leaves_nothing() {
        var files = at(NOON);

        assertThat(offer(files, "long.txt", "x".repeat((int) MEGABYTE + 1).getBytes(UTF_8)))
                .isEqualTo(new Kept.TooLarge(MEGABYTE));
        assertThat(keep(files, "fits.txt", "x".repeat((int) MEGABYTE).getBytes(UTF_8))
                        .size())
                .isEqualTo(MEGABYTE);
        assertThat(contents()).hasSize(1);
    }

    @Test
    void a_big_picture_comes_back_with_every_pixel() {
        var files = at(NOON);
        var picture = noise(600, 400);
        assertThat(picture.length).isGreaterThan(256 * 1024);

        var stored = keep(files, "big.png", picture);

        assertThat(read(files, stored)).isEqualTo(picture);
        assertThat(contents()).hasSize(1);
    }

    @Test
    void the_same_content_lies_on_the_disk_once() {
        var files = at(NOON);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50).forEach(i -> threads.execute(() -> keep(files, i + ".txt", "same".getBytes(UTF_8))));
        }

        assertThat(contents()).hasSize(1);
    }

    @Test
    void what_nothing_refers_to_within_an_hour_is_deleted_and_the_rest_stays() {
        var files = at(NOON);
        var unused = keep(files, "unused.txt", "unused".getBytes(UTF_8));
        var used = keep(files, "used.txt", "used".getBytes(UTF_8));
        var twin = keep(files, "twin.txt", "used".getBytes(UTF_8));
        var owner = new Owner("conversation", "c1");
        database.useTransaction(tx -> {
            var script = new Script();
            rows.use(script, Map.of(used.id(), owner));
            script.run(tx);
        });

        assertThat(at(NOON.plus(Duration.ofMinutes(59))).sweep()).isZero();
        at(NOON.plus(Duration.ofMinutes(61))).sweep();

        assertThat(files.find(unused.id())).isEmpty();
        assertThat(files.find(twin.id())).isEmpty();
        assertThat(read(files, used)).asString(UTF_8).isEqualTo("used");
        assertThat(files.row(used.id()).orElseThrow().owner()).isEqualTo(owner);
        assertThat(contents()).hasSize(1);
    }

    @Test
    void a_full_disk_is_an_answer_and_leaves_nothing() {
        var full = new FileStore(folder.resolve("files"), path -> {
            Files.createFile(path);
            return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        });
        var files = new HubFiles(full, rows, database, Clock.fixed(NOON, ZoneOffset.UTC));

        assertThat(offer(files, "small.txt", "text".getBytes(UTF_8))).isEqualTo(new Kept.NoRoom());
        assertThat(offer(files, "big.png", noise(600, 400))).isEqualTo(new Kept.NoRoom());

        assertThat(contents()).isEmpty();
    }

    @Test
    void what_a_dying_hub_was_writing_is_cleared_away() throws IOException {
        var files = at(Instant.now().plus(Duration.ofHours(2)));
        Files.writeString(folder.resolve("files/unfinished/half"), "half");

        files.sweep();

        assertThat(contents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\Users\\anna\\地址.txt, 地址.txt",
        "'a\u202Egnp.exe', agnp.exe",
        "'<b>\"x\"', bx",
        "'..', ..",
        "'///', file",
    })
    void a_name_is_only_what_can_be_shown(String given, String kept) {
        assertThat(keep(at(NOON), given, "text".getBytes(UTF_8)).name()).isEqualTo(kept);
    }

    private HubFiles at(Instant now) {
        return new HubFiles(new FileStore(folder.resolve("files")), rows, database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Kept offer(HubFiles files, String name, byte[] content) {
        return files.keep(name, new ByteArrayInputStream(content), MEGABYTE);
    }

    private static StoredFile keep(HubFiles files, String name, byte[] content) {
        return ((Kept.Stored) offer(files, name, content)).file();
    }

    private static byte[] read(HubFiles files, StoredFile file) {
        try (var content = files.open(file.id()).orElseThrow()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] noise(int width, int height) {
        var image = new java.awt.image.BufferedImage(width, height, java.awt.image.BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (var i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            javax.imageio.ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private List<Path> contents() {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
