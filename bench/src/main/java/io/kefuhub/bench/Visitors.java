package io.kefuhub.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lets customers in at the hub's front door: a session, then a socket with its ticket. Safe for threads. */
public final class Visitors implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final String DEMO = "wk_demo";

    private final URI hub;
    private final String channel;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Visitors(URI hub) {
        this(hub, DEMO);
    }

    /** @param channel the key of a web chat */
    public Visitors(URI hub, String channel) {
        this.hub = hub;
        this.channel = "/widget/1/" + channel;
    }

    /** Somebody's session, and a ticket for one socket of it. */
    record Session(String token, String ticket) {}

    /** A new customer who has said hello. */
    Customer enter(Wire wire, Consumer<Customer.Answered> listener) throws IOException {
        var customer = new Customer(connect(wire), wire, listener);
        customer.hello();
        return customer;
    }

    /** A socket of a new customer who has said nothing yet. */
    RawSocket connect(Wire wire) throws IOException {
        return RawSocket.open(hub.resolve(channel + "/ws?ticket=" + session().ticket()), wire.subprotocol());
    }

    Session session() throws IOException {
        var body = HttpRequest.BodyPublishers.ofString("{\"locale\":\"zh-CN\"}");
        var reply = send(request("/session").POST(body), HttpResponse.BodyHandlers.ofString());
        return new Session(found(TOKEN, reply.body()), found(TICKET, reply.body()));
    }

    /** Opens a stream of everything that happens to a visitor. */
    InputStream stream(Session session) throws IOException {
        return send(as(session, "/stream?after=0"), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    void post(Session session, String cid, String question) throws IOException {
        var body = HttpRequest.BodyPublishers.ofByteArray(JsonWire.message(cid, question));
        send(as(session, "/messages").POST(body), HttpResponse.BodyHandlers.discarding());
    }

    private static String found(Pattern pattern, String text) throws IOException {
        var found = pattern.matcher(text);
        if (!found.find()) throw new IOException("no session: " + text);
        return found.group(1);
    }

    private HttpRequest.Builder as(Session session, String path) {
        return request(path).header("Authorization", "Bearer " + session.token());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(channel + path)).header("Content-Type", "application/json");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            var reply = http.send(request.build(), handler);
            if (reply.statusCode() == 200) return reply;
            throw new IOException("the hub answered " + reply.statusCode() + " to "
                    + reply.uri().getPath());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
