package io.kefuhub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lets customers in at the hub's front door: a session, then a socket with its ticket. Safe for threads. */
final class Visitors implements AutoCloseable {
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final String CHANNEL = "/widget/1/wk_demo";

    private final URI hub;
    private final HttpClient http = HttpClient.newHttpClient();

    Visitors(URI hub) {
        this.hub = hub;
    }

    /** A new customer who has said hello. */
    Customer enter(Wire wire, Consumer<Customer.Answered> listener) throws IOException {
        var ticket = ticket();
        var socket = RawSocket.open(hub.resolve(CHANNEL + "/ws?ticket=" + ticket), wire.subprotocol());
        var customer = new Customer(socket, wire, listener);
        customer.hello();
        return customer;
    }

    private String ticket() throws IOException {
        var request = HttpRequest.newBuilder(hub.resolve(CHANNEL + "/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"locale\":\"zh-CN\"}"))
                .build();
        try {
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            var ticket = TICKET.matcher(reply.body());
            if (reply.statusCode() != 200 || !ticket.find()) {
                throw new IOException("no session: " + reply.statusCode() + " " + reply.body());
            }
            return ticket.group(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
