package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The outside as an instance finds it that is only tried: as if no host were allowed and no file kept. Immutable. */
public final class NothingOutside {
    private static final int POLICY = 1008;

    private NothingOutside() {}

    public record Network() implements Http {
        @Override
        public Call call(Request request) {
            return new Refused(new Outcome.NotAllowed(host(request.address())));
        }

        @Override
        public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
            listener.onClosed(POLICY, "not allowed: " + host(address));
            return new NoSocket();
        }

        private static String host(URI address) {
            return String.valueOf(address.getHost());
        }
    }

    private record Refused(Http.Outcome outcome) implements Http.Call {
        @Override
        public Http.Outcome send() {
            return outcome;
        }

        @Override
        public Http.Outcome lines(Consumer<String> line) {
            return outcome;
        }

        @Override
        public Http.Outcome toFile(Path file, long limit) {
            return outcome;
        }

        @Override
        public void cancel() {}
    }

    private record NoSocket() implements Http.Socket {
        @Override
        public boolean send(String text) {
            return false;
        }

        @Override
        public boolean send(byte[] bytes) {
            return false;
        }

        @Override
        public void close() {}
    }

    public record Shelf() implements Files {
        @Override
        public Kept keep(String name, InputStream content, long limit) {
            try (content) {
                return new Kept.NotAllowed("a golden case keeps no files");
            } catch (IOException _) {
                return new Kept.NoRoom();
            }
        }

        @Override
        public Optional<StoredFile> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<InputStream> open(String id) {
            return Optional.empty();
        }
    }
}
