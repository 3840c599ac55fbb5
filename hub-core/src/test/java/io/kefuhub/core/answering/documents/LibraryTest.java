package io.kefuhub.core.answering.documents;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.documents.reading.Papers;
import io.kefuhub.core.answering.documents.reading.Trouble;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.passages.Passage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
    private static final byte[] MANUAL = Papers.pdf(List.of(
            List.of("Returns", "You may return an item within seven days of delivery."),
            List.of("Batteries", "The battery of the lantern lasts forty hours.")));

    @TempDir
    private Path folder;

    private LibraryRoom room;

    @BeforeEach
    void open() {
        room = new LibraryRoom(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void what_was_uploaded_is_read_and_found_with_its_place() {
        long epoch = room.room.knowledge.epoch(room.room.main);

        var read = room.read(room.added("manual.pdf", MANUAL).id());

        assertThat(read.trouble()).isEmpty();
        assertThat(read.pages()).isEqualTo(2);
        assertThat(read.chunks()).isEqualTo(2);
        assertThat(read.language()).isEqualTo(EntryLanguage.EN);
        var passage = room.find("how long does the battery of my lantern last").getFirst();
        assertThat(passage.kind()).isEqualTo(Passage.Kind.CHUNK);
        assertThat(passage.title()).isEqualTo("manual.pdf > Batteries");
        assertThat(passage.text()).isEqualTo("The battery of the lantern lasts forty hours.");
        assertThat(passage.source().orElseThrow().page()).isEqualTo(2);
        assertThat(room.room.knowledge.epoch(room.room.main)).isGreaterThan(epoch);
        assertThat(room.room.knowledge.epoch(room.room.outlet)).isZero();
        assertThat(room.room.audited()).contains("anna document.added");
    }

    @Test
    void a_file_that_replaces_another_takes_its_place() {
        var id = room.read(room.added("manual.pdf", MANUAL).id()).id();

        room.library.replace("anna", id, "manual.md", stream("# Lantern\n\nIts battery lasts fifty hours now."));

        assertThat(room.read(id).name()).isEqualTo("manual.md");
        assertThat(room.find("battery lantern hours"))
                .extracting(Passage::text)
                .containsExactly("Its battery lasts fifty hours now.");
    }

    @Test
    void a_file_that_cannot_be_read_leaves_the_one_before_in_its_place() {
        var id = room.read(room.added("manual.pdf", MANUAL).id()).id();

        room.library.replace("anna", id, "manual.pdf", new ByteArrayInputStream("%PDF-1.4 broken".getBytes(UTF_8)));

        var after = room.read(id);
        assertThat(after.trouble()).contains(Trouble.BROKEN);
        assertThat(after.chunks()).isEqualTo(2);
        assertThat(room.find("battery lantern hours")).isNotEmpty();
    }

    @Test
    void what_is_off_or_deleted_is_not_found_and_its_file_goes() throws IOException {
        var document = room.read(room.added("manual.pdf", MANUAL).id());
        var file = document.served().orElseThrow();

        room.library.enable("anna", document.id(), false);
        eventually(() -> room.find("battery lantern hours").isEmpty());
        room.library.enable("anna", document.id(), true);
        eventually(() -> !room.find("battery lantern hours").isEmpty());
        room.library.delete("anna", document.id());
        eventually(() -> room.find("battery lantern hours").isEmpty());

        assertThat(room.library.find(document.id())).isEmpty();
        room.room.clock.move(Duration.ofSeconds(1));
        room.files.sweep();
        assertThat(room.files.open(file.id())).isEmpty();
    }

    @Test
    void the_original_stays_however_long_nobody_looks_at_it() throws IOException {
        var document = room.read(room.added("manual.pdf", MANUAL).id());

        room.room.clock.move(Duration.ofDays(400));
        room.files.sweep();

        try (var content = room.library.open(document.served().orElseThrow()).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(MANUAL);
        }
    }

    @Test
    void a_hub_that_starts_again_finds_what_was_read_and_reads_what_was_not() {
        var read = room.read(room.added("manual.pdf", MANUAL).id());
        room.library.close();
        var unread =
                ((Placed.Done) room.add("shipping.md", "# Shipping\n\nParcels to Tibet take nine days.")).document();

        room.again();

        assertThat(room.find("battery lantern hours")).hasSize(1);
        assertThat(room.read(unread.id()).trouble()).isEmpty();
        assertThat(room.find("parcels Tibet days")).hasSize(1);
        assertThat(room.document(read.id())).isEqualTo(read);
    }

    @Test
    void what_can_be_seen_to_be_unreadable_is_refused_at_once_and_nothing_is_kept() {
        assertRefused(Trouble.OLD_WORD, "a.doc", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
        assertRefused(Trouble.LOCKED, "a.docx", locked());
        assertRefused(Trouble.BROKEN, "a.pdf", new byte[] {1, 2, 3});
        assertRefused(Trouble.BROKEN, "a.pdf", "Not Found".getBytes(UTF_8));
        assertRefused(Trouble.UNKNOWN_KIND, "a.rtf", "{\\rtf1 hello}".getBytes(UTF_8));
        assertRefused(Trouble.UNKNOWN_KIND, "a.exe", new byte[] {'M', 'Z', 0, 1});
        assertRefused(Trouble.ENCODING, "a.txt", "退货".getBytes(StandardCharsets.UTF_16));
        assertRefused(Trouble.EMPTY, "a.txt", new byte[0]);
        assertThat(room.add("a.txt", new byte[(int) Reception.LIMIT + 1])).isInstanceOf(Placed.TooLarge.class);
        assertThat(room.library.list(Optional.empty())).isEmpty();
    }

    @Test
    void a_second_document_of_one_name_is_refused() {
        room.added("manual.pdf", MANUAL);

        assertThat(room.add("Manual.pdf", MANUAL)).isEqualTo(new Placed.NameTaken("Manual.pdf"));
    }

    private void assertRefused(Trouble trouble, String name, byte[] content) {
        assertThat(room.add(name, content)).as(name).isEqualTo(new Placed.Unreadable(trouble));
    }

    private static byte[] locked() {
        var name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        var bytes = new byte[512 + name.length];
        System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0, bytes, 0, 4);
        System.arraycopy(name, 0, bytes, 512, name.length);
        return bytes;
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
