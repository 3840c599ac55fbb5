package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hub's HTTP as the contract says it, over real sockets by the JDK's own client. Safe for threads. */
final class WireHttp implements Http, AutoCloseable {
    private static final int LINE = 1 << 20;

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
        throw new UnsupportedOperationException("no provider needs a socket");
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
        private boolean cancelled;
        private @Nullable CompletableFuture<HttpResponse<InputStream>> sent;
        private @Nullable InputStream body;

        WireCall(Request request) {
            this.request = request;
        }

        @Override
        public Outcome send() {
            return exchange(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public Outcome lines(Consumer<String> line) {
            return exchange(in -> {
                var bytes = new ByteArrayOutputStream();
                for (var next = in.read(); next >= 0; next = in.read()) {
                    if (next != '\n') {
                        bytes.write(next);
                        if (bytes.size() > LINE) throw new IOException("the line is too long");
                        continue;
                    }
                    give(bytes, line);
                }
                if (bytes.size() > 0) give(bytes, line);
                return "";
            });
        }

        private void give(ByteArrayOutputStream bytes, Consumer<String> line) {
            var text = bytes.toString(StandardCharsets.UTF_8);
            bytes.reset();
            if (!isCancelled()) line.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }

        @Override
        public Outcome toFile(Path file, long limit) {
            throw new UnsupportedOperationException("no provider needs a file");
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (sent != null) sent.cancel(true);
            if (body == null) return;
            try {
                body.close();
            } catch (IOException _) {
                // It is gone, which is what was wanted.
            }
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private Outcome exchange(Reader reader) {
            CompletableFuture<HttpResponse<InputStream>> future;
            synchronized (this) {
                if (cancelled) return new Outcome.Cancelled(false);
                future = client.sendAsync(wired(), HttpResponse.BodyHandlers.ofInputStream());
                sent = future;
            }
            try {
                var response = future.join();
                try (var in = response.body()) {
                    synchronized (this) {
                        body = in;
                        if (cancelled) return new Outcome.Cancelled(true);
                    }
                    var text = reader.read(in);
                    if (isCancelled()) return new Outcome.Cancelled(true);
                    return new Outcome.Answered(
                            response.statusCode(), response.headers().map(), text);
                }
            } catch (CancellationException _) {
                return new Outcome.Cancelled(true);
            } catch (CompletionException e) {
                return failed(e.getCause());
            } catch (IOException e) {
                return failed(e);
            }
        }

        private Outcome failed(@Nullable Throwable cause) {
            if (isCancelled()) return new Outcome.Cancelled(true);
            return switch (cause) {
                case ConnectException _ -> new Outcome.Failed(false, "its host does not take connections");
                case HttpTimeoutException _ -> new Outcome.TimedOut(true);
                case null, default -> new Outcome.Failed(true, "the connection broke");
            };
        }

        private HttpRequest wired() {
            var builder = HttpRequest.newBuilder(request.address()).timeout(request.limit());
            request.headers().forEach(builder::header);
            switch (request.body()) {
                case Body.Text(var mime, var value) -> {
                    builder.header("Content-Type", mime);
                    builder.method(request.method(), HttpRequest.BodyPublishers.ofString(value));
                }
                case Body.None _ -> builder.method(request.method(), HttpRequest.BodyPublishers.noBody());
                case Body.Multipart _ -> throw new UnsupportedOperationException("no provider needs a form");
            }
            return builder.build();
        }
    }
}
