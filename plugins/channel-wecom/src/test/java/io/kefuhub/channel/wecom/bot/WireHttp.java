package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hub's HTTP as its contract says, over real sockets by the JDK's own client: local hosts only. Safe for threads. */
final class WireHttp implements Http, AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Call call(Request request) {
        return new WireCall(request);
    }

    private static boolean isAllowed(URI address) {
        return "127.0.0.1".equals(address.getHost());
    }

    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        var socket = new WireSocket(listener);
        if (!isAllowed(address)) {
            socket.gone(1008, "the host is not allowed");
            return socket;
        }
        try {
            socket.open(client.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .buildAsync(address, socket)
                    .join());
        } catch (CompletionException _) {
            socket.gone(1006, "ConnectException");
        }
        return socket;
    }

    @Override
    public void close() {
        client.shutdownNow();
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
            throw new UnsupportedOperationException("WeCom does not speak in lines");
        }

        @Override
        public Outcome toFile(Path file, long limit) {
            return exchange(in -> {
                var bytes = in.readNBytes((int) limit + 1);
                if (bytes.length > limit) throw new IOException("larger than " + limit + " bytes");
                Files.write(file, bytes);
                return "";
            });
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException("nobody cancels");
        }

        private Outcome exchange(Reader reader) {
            if (!isAllowed(request.address()))
                return new Outcome.NotAllowed(request.address().getHost());
            try {
                var response = client.send(wired(), HttpResponse.BodyHandlers.ofInputStream());
                try (var in = response.body()) {
                    return new Outcome.Answered(
                            response.statusCode(), response.headers().map(), reader.read(in));
                }
            } catch (ConnectException _) {
                return new Outcome.Failed(false, "its host does not take connections");
            } catch (HttpTimeoutException _) {
                return new Outcome.TimedOut(true);
            } catch (IOException e) {
                return new Outcome.Failed(true, String.valueOf(e.getMessage()));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Outcome.Cancelled(true);
            }
        }

        private HttpRequest wired() {
            var builder = HttpRequest.newBuilder(request.address()).timeout(request.limit());
            if (request.body() instanceof Body.Text(var mime, var value)) {
                return builder.header("Content-Type", mime)
                        .POST(HttpRequest.BodyPublishers.ofString(value))
                        .build();
            }
            return builder.GET().build();
        }
    }

    private interface Reader {
        String read(InputStream in) throws IOException;
    }

    private static final class WireSocket implements Socket, WebSocket.Listener {
        private final SocketListener listener;
        private final AtomicBoolean gone = new AtomicBoolean();
        private final StringBuilder text = new StringBuilder();
        private final Deque<String> waiting = new ArrayDeque<>();
        private boolean sending;
        private @Nullable WebSocket socket;

        WireSocket(SocketListener listener) {
            this.listener = listener;
        }

        synchronized void open(WebSocket opened) {
            socket = opened;
        }

        @Override
        public boolean send(byte[] frame) {
            throw new UnsupportedOperationException("bots are sent text");
        }

        @Override
        public synchronized boolean send(String frame) {
            if (gone.get() || socket == null || socket.isOutputClosed()) return false;
            waiting.add(frame);
            next();
            return true;
        }

        /** One at a time, as the JDK's client wants it. */
        private synchronized void next() {
            if (sending || waiting.isEmpty() || socket == null) return;
            sending = true;
            var _ = socket.sendText(waiting.remove(), true).whenComplete((_, _) -> {
                synchronized (this) {
                    sending = false;
                    next();
                }
            });
        }

        @Override
        public void close() {
            synchronized (this) {
                if (socket != null) socket.abort();
            }
            gone(1000, "");
        }

        void gone(int code, String reason) {
            if (!gone.getAndSet(true)) listener.onClosed(code, reason);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var whole = text.toString();
                text.setLength(0);
                if (!gone.get()) listener.onText(whole);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            gone(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            gone(1006, error.getClass().getSimpleName());
        }
    }
}
