package io.kefuhub.core.answering.documents;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.documents.reading.Papers;
import io.kefuhub.core.answering.passages.PassageRoutes;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryRoutesTest {
    private static final String DOCUMENTS = "/api/knowledge/documents";

    @TempDir
    private Path folder;

    private LibraryRoom room;
    private WebServer server;

    @BeforeEach
    void start() {
        room = new LibraryRoom(folder);
        Map<String, Caller> sessions = Map.of(
                "keeper", caller(Role.SUPERVISOR, Set.of()),
                "outlet", caller(Role.SUPERVISOR, Set.of(room.room.outlet)),
                "agent", caller(Role.AGENT, Set.of()));
        server = new WebServer(
                WebSettings.local(0),
                token -> Optional.ofNullable(sessions.get(token)),
                CallWatch.NONE,
                List.of(
                        new LibraryRoutes(room.library, room.passages, room.room::desks),
                        new PassageRoutes(room.passages, room.room::desks)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        room.close();
    }

    @Test
    void a_word_file_is_uploaded_read_looked_at_found_and_given_back() {
        var keeper = as("keeper");
        var content = Papers.docx(Papers.paragraph("1", "保修") + Papers.paragraph("", "营地灯保修两年，电池保修一年。"));

        var added = upload(keeper, DOCUMENTS + "?desk=main&name=" + encoded("保修.docx"), content);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("state").asText()).isIn("waiting", "reading");
        var path = DOCUMENTS + "/" + added.json().get("id").asText();
        eventually(() -> keeper.get(path).json().get("state").asText().equals("ready"));
        var read = keeper.get(DOCUMENTS).json().at("/documents/0");
        assertThat(read.get("name").asText()).isEqualTo("保修.docx");
        assertThat(read.get("format").asText()).isEqualTo("docx");
        assertThat(read.get("language").asText()).isEqualTo("zh");
        var chunk = keeper.get(path + "/chunks").json().at("/chunks/0");
        assertThat(chunk.get("text").asText()).isEqualTo("营地灯保修两年，电池保修一年。");
        assertThat(chunk.at("/headings/0").asText()).isEqualTo("保修");
        var passage = keeper.post("/api/knowledge/passages", "{\"desk\":\"main\",\"question\":\"营地灯保修几年\"}")
                .json()
                .at("/passages/0");
        assertThat(passage.get("title").asText()).isEqualTo("保修.docx > 保修");
        assertThat(passage.get("how").asText()).isEqualTo("words");
        assertThat(passage.at("/source/document").asText())
                .isEqualTo(read.get("id").asText());
        var file = keeper.get(path + "/file");
        assertThat(file.response().body()).isEqualTo(content);
        assertThat(file.header("Content-Disposition")).startsWith("attachment;");

        assertThat(keeper.put(path, "{\"enabled\":false}").json().get("enabled").asBoolean())
                .isFalse();
        assertThat(keeper.delete(path).status()).isEqualTo(204);
        assertThat(keeper.get(path).status()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_read_is_told_in_the_words_of_its_owner() {
        var keeper = as("keeper").with("Accept-Language", "zh-CN");

        var old = upload(
                keeper, DOCUMENTS + "?desk=main&name=a.doc", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
        var large = upload(keeper, DOCUMENTS + "?desk=main&name=a.txt", new byte[(int) Reception.LIMIT + 1]);
        var broken = upload(keeper, DOCUMENTS + "?desk=main&name=a.pdf", "%PDF-1.7 and then nothing".getBytes(UTF_8));

        assertThat(old.status()).isEqualTo(415);
        assertThat(old.json().get("detail").asText()).contains("另存为 .docx");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().get("detail").asText()).contains("20 MB");
        assertThat(broken.status()).isEqualTo(201);
        var path = DOCUMENTS + "/" + broken.json().get("id").asText();
        eventually(() -> keeper.get(path).json().get("state").asText().equals("failed"));
        assertThat(keeper.get(path).json().get("problem").asText()).contains("文件已损坏");
        assertThat(keeper.get(DOCUMENTS).json().get("documents")).hasSize(1);
    }

    @Test
    void only_those_who_may_see_a_desk_see_its_documents_and_only_supervisors_change_them() {
        var document = room.read(
                room.added("manual.md", "# A\n\nText.".getBytes(UTF_8)).id());
        var path = DOCUMENTS + "/" + document.id();

        for (var sub : List.of("", "/chunks", "/file")) {
            assertThat(as("outlet").get(path + sub).status()).isEqualTo(404);
            assertThat(as("agent").get(path + sub).status()).isEqualTo(200);
        }
        assertThat(as("outlet").get(DOCUMENTS).json().get("documents")).isEmpty();
        assertThat(upload(as("agent"), DOCUMENTS + "?desk=main&name=b.md", new byte[] {'a'})
                        .status())
                .isEqualTo(403);
        assertThat(upload(as("outlet"), path + "/file?name=b.md", new byte[] {'a'})
                        .status())
                .isEqualTo(404);
        assertThat(as("agent").delete(path).status()).isEqualTo(403);
        assertThat(as("outlet").delete(path).status()).isEqualTo(404);
    }

    private static Browser.Answer upload(Browser browser, String path, byte[] content) {
        return browser.send("POST", path, "application/octet-stream", content);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, UTF_8);
    }

    private Browser as(String who) {
        return new Browser(server.port())
                .with("Cookie", "kefuhub_session=" + who)
                .with("X-CSRF", "csrf");
    }

    private static Caller caller(Role role, Set<UUID> desks) {
        return new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), desks, "csrf", false);
    }
}
