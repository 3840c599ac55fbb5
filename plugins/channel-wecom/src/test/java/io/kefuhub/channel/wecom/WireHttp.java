package io.kefuhub.channel.wecom;

import io.kefuhub.api.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;

/** The hub's HTTP as the contract says it, over real sockets by the JDK's own client. Safe for threads. */
public final class WireHttp implements Http, AutoCloseable {
    private static final String BOUNDARY = "kefuhub-boundary";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Call call(Request request) {
        return new WireCall(request);
    }

    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        throw new UnsupportedOperationException("no socket is opened here");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private interface Reader {
        String read(InputStream body) throws IOException;
    }

    private final class WireCall implements Call {
        private final Request request;

        WireCall(Request request) {
            this.request = request;
        }

        @Override
        public Outcome send() {
            return exchange(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public Outcome lines(Consumer<String> line) {
            throw new UnsupportedOperationException("nothing is read by lines here");
        }

        @Override
        public Outcome toFile(Path file, long limit) {
            return exchange(in -> {
                try (var out = Files.newOutputStream(file)) {
                    var buffer = new byte[16_384];
                    var left = limit;
                    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        left -= read;
                        if (left < 0) throw new IOException("larger than " + limit + " bytes");
                        out.write(buffer, 0, read);
                    }
                }
                return "";
            });
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException("nothing is called off here");
        }

        private Outcome exchange(Reader reader) {
            try {
                var response = client.send(wired(), BodyHandlers.ofInputStream());
                try (var in = response.body()) {
                    var text = reader.read(in);
                    return new Outcome.Answered(
                            response.statusCode(), response.headers().map(), text);
                }
            } catch (ConnectException _) {
                return new Outcome.Failed(false, "its host does not take connections");
            } catch (HttpTimeoutException _) {
                return new Outcome.TimedOut(true);
            } catch (IOException _) {
                return new Outcome.Failed(true, "the connection broke");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Outcome.Cancelled(true);
            }
        }

        private HttpRequest wired() {
            var builder = HttpRequest.newBuilder(request.address()).timeout(request.limit());
            request.headers().forEach(builder::header);
            switch (request.body()) {
                case Body.None _ -> builder.method(request.method(), BodyPublishers.noBody());
                case Body.Text(var mime, var value) ->
                    builder.header("Content-Type", mime)
                            .method(request.method(), BodyPublishers.ofString(value, StandardCharsets.UTF_8));
                case Body.Multipart(var fields) -> {
                    var parts = new ArrayList<BodyPublisher>();
                    for (var field : fields) {
                        parts.add(
                                BodyPublishers.ofString("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                                        + field.name() + "\"; filename=\""
                                        + field.fileName().orElse("") + "\"\r\nContent-Type: "
                                        + field.mime() + "\r\n\r\n"));
                        parts.add(BodyPublishers.ofInputStream(field::content));
                        parts.add(BodyPublishers.ofString("\r\n"));
                    }
                    parts.add(BodyPublishers.ofString("--" + BOUNDARY + "--\r\n"));
                    builder.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                            .method(request.method(), BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)));
                }
            }
            return builder.build();
        }
    }
}
