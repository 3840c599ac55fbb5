package io.kefuhub.core.gateway;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.files.FileStore;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.models.screening.ScreenedModels;
import io.kefuhub.core.models.screening.Screening;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.Program;
import io.kefuhub.core.web.Scope;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The room on a real web server and over real files, with a token for all models and one for {@code fast} alone. */
final class GatewayFixture implements AutoCloseable {
    static final String TOKEN = "khk_all";
    static final String FAST_ONLY = "khk_fast";

    private static final Desk DESK =
            new Desk(new DeskId(new java.util.UUID(0, 7)), "main", Map.of(), Language.EN, true, Optional.empty());

    final ModelStub stub = new ModelStub();
    final StubModels models = new StubModels(stub);
    final Contributions contributions = new Contributions();
    final HubFiles files;
    private final Guard guard = new Guard();
    private final Database database = TestDatabase.fresh();
    private final ModelRoom room;
    private final WebServer server;

    GatewayFixture(Path folder) {
        var clock = Clock.systemUTC();
        files = new HubFiles(new FileStore(folder), new StoredFiles(), database, clock);
        var filters = new FilterChain(contributions, guard);
        var screening = new Screening(
                filters,
                payer -> new Facts(payer.desk(), "", Language.EN, Map.of(), clock.instant(), List.of()),
                new Ids(clock));
        room = new ModelRoom(new ModelRoom.Parts(
                new ScreenedModels(models, screening, (_, _) -> {}),
                () -> Set.of("fast", "support-default"),
                id -> Optional.of(DESK).filter(desk -> desk.id().value().equals(id)),
                files,
                new Ids(clock),
                clock));
        server = new WebServer(WebSettings.local(0), new TwoTokens(), CallWatch.NONE, room.routes()).start();
    }

    private static final class TwoTokens implements Gate {
        @Override
        public Optional<Caller> caller(String session) {
            return Optional.empty();
        }

        @Override
        public Optional<Program> program(String token, String address) {
            return switch (token) {
                case TOKEN -> program("reports", Set.of());
                case FAST_ONLY -> program("crawler", Set.of("fast"));
                default -> Optional.empty();
            };
        }

        private static Optional<Program> program(String name, Set<String> aliases) {
            return Optional.of(
                    new Program(new java.util.UUID(0, 1), name, DESK.id().value(), Set.of(Scope.MODELS), aliases));
        }
    }

    Browser program(String token) {
        return new Browser(server.port()).with("Authorization", "Bearer " + token);
    }

    Browser.Answer asks(String body) {
        return program(TOKEN).post("/v1/chat/completions", body);
    }

    /** Asks with one message of a user, which is what the stub is to do. */
    Browser.Answer says(String words, String more) {
        return asks(body(words, more));
    }

    static String body(String words, String more) {
        return "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]" + more + "}";
    }

    /** A connection of its own that has sent a call. */
    Socket call(String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        send(socket, body);
        return socket;
    }

    static void send(Socket socket, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        var all = new java.io.ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        socket.getOutputStream().write(all.toByteArray());
    }

    /** Reads until the words were read. */
    static String until(InputStream in, String words) throws IOException {
        var read = new StringBuilder();
        var buffer = new byte[8192];
        while (read.indexOf(words, Math.max(0, read.length() - buffer.length - words.length())) < 0) {
            var some = in.read(buffer);
            if (some < 0) throw new IOException("ended before \"" + words + "\": " + read);
            read.append(new String(buffer, 0, some, StandardCharsets.ISO_8859_1));
        }
        return read.toString();
    }

    /** What the lines of a stream carry. */
    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    @Override
    public void close() {
        room.close();
        server.close();
        guard.close();
        database.close();
        stub.close();
    }
}
