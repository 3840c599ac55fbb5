package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One call, redirects included. Sent by one thread, cancelled by any. */
final class OkCall implements Http.Call, HostLimitedHttp.UnderWay {
    private static final int MOST_REDIRECTS = 5;
    private static final long WHOLE = 16L << 20;
    private static final long LINE = 1L << 20;

    private final HostLimitedHttp http;
    private final Http.Request asked;
    private final Progress progress;
    private volatile boolean cancelled;
    private volatile okhttp3.@Nullable Call current;

    OkCall(HostLimitedHttp http, Http.Request asked) {
        this.http = http;
        this.asked = asked;
        progress = new Progress(http.connectLimit());
    }

    @Override
    public Outcome send() {
        return exchange(response -> {
            var source = response.body().source();
            if (source.request(WHOLE + 1)) throw new TooLargeException(WHOLE);
            return source.readUtf8();
        });
    }

    @Override
    public Outcome lines(Consumer<String> line) {
        var loader = Thread.currentThread().getContextClassLoader();
        return exchange(response -> {
            var source = response.body().source();
            while (!source.exhausted()) {
                var text = line(source);
                if (!cancelled) HostLimitedHttp.with(loader, () -> tell(line, text));
            }
            return "";
        });
    }

    /** The next line without its end, of which the last one may have none. */
    private static String line(BufferedSource source) throws IOException {
        var end = source.indexOf((byte) '\n', 0, LINE);
        if (end < 0) {
            if (source.request(LINE)) throw new TooLargeException(LINE);
            return source.readUtf8();
        }
        var hasReturn = end > 0 && source.getBuffer().getByte(end - 1) == '\r';
        var text = source.readUtf8(hasReturn ? end - 1 : end);
        source.skip(hasReturn ? 2 : 1);
        return text;
    }

    private static boolean tell(Consumer<String> line, String text) {
        line.accept(text);
        return true;
    }

    @Override
    public Outcome toFile(Path file, long limit) {
        return exchange(response -> {
            var part = Files.createTempFile(file.toAbsolutePath().getParent(), "download-", ".part");
            try (var in = response.body().byteStream()) {
                try (var out = Files.newOutputStream(part)) {
                    copy(in, out, limit);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return "";
        });
    }

    private static void copy(java.io.InputStream in, java.io.OutputStream out, long limit) throws IOException {
        var buffer = new byte[16_384];
        var left = limit;
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) throw new TooLargeException(limit);
            out.write(buffer, 0, read);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        var call = current;
        if (call != null) call.cancel();
    }

    @Override
    public void callOff() {
        cancel();
    }

    private Outcome exchange(Reader reader) {
        if (!http.begin(this)) return new Outcome.Cancelled(false);
        try {
            return HostLimitedHttp.withOwnLoader(() -> follow(reader));
        } catch (IllegalArgumentException _) {
            return new Outcome.Failed(progress.isDispatched(), "its address, a header or a type is malformed");
        } finally {
            http.end(this);
        }
    }

    private Outcome follow(Reader reader) {
        var deadline = System.nanoTime() + http.limit(asked.limit()).toNanos();
        var request = request();
        for (var redirects = 0; ; redirects++) {
            if (!http.allows(request.url()))
                return new Outcome.NotAllowed(request.url().host());
            var call = http.client(request.method()).newCall(request);
            call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            current = call;
            if (cancelled) return new Outcome.Cancelled(progress.isDispatched());
            try (var response = execute(call)) {
                var next = redirects < MOST_REDIRECTS ? Redirect.of(request, response) : Optional.<Request>empty();
                if (next.isEmpty()) {
                    var headers = response.headers().toMultimap();
                    return new Outcome.Answered(response.code(), copy(headers), reader.read(response));
                }
                request = next.get();
            } catch (TooLargeException e) {
                return new Outcome.Failed(true, e.reason());
            } catch (IOException e) {
                return failure(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Outcome.Cancelled(progress.isDispatched());
            }
        }
    }

    /** Who is interrupted while a connection is made is told so by the client without a word in its signature. */
    private static Response execute(okhttp3.Call call) throws IOException, InterruptedException {
        return call.execute();
    }

    private Request request() {
        var url = HttpUrl.get(asked.address().toString());
        var builder = new Request.Builder()
                .url(url)
                .method(asked.method(), Bodies.of(asked))
                .tag(Progress.class, progress);
        asked.headers().forEach(builder::header);
        return builder.build();
    }

    /** Names no address: a reason may be logged. */
    private Outcome failure(IOException e) {
        var dispatched = progress.isDispatched();
        if (cancelled || Thread.currentThread().isInterrupted()) return new Outcome.Cancelled(dispatched);
        if (progress.isLate()) return new Outcome.Failed(dispatched, "no secure connection in time");
        return switch (e) {
            case InterruptedIOException _ -> new Outcome.TimedOut(dispatched);
            case UnknownHostException _ -> new Outcome.Failed(dispatched, "its host is unknown");
            case ConnectException _ -> new Outcome.Failed(dispatched, "its host does not take connections");
            case SSLPeerUnverifiedException _ ->
                new Outcome.Failed(dispatched, "no secure connection: its certificate is for another host");
            case SSLException _ ->
                new Outcome.Failed(
                        dispatched,
                        isDistrusted(e)
                                ? "no secure connection: its certificate is not trusted"
                                : "no secure connection");
            default ->
                new Outcome.Failed(
                        dispatched, "the connection broke: " + e.getClass().getSimpleName());
        };
    }

    private static boolean isDistrusted(Throwable e) {
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) return true;
        }
        return false;
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> headers) {
        return Map.copyOf(headers);
    }

    private interface Reader {
        String read(Response response) throws IOException;
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("the answer is larger than " + limit + " bytes");
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
