package io.kefuhub.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls, over what, and what they call the hub: as pages, sockets and sign-in see it. */
class ForwardedTest {
    private static final URI PUBLIC = URI.create("https://help.example.com");

    private final List<WebServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(WebServer::close);
    }

    @Test
    void without_a_proxy_nobody_is_believed() {
        var direct = server(false, URI.create("http://localhost"));

        for (var way : Way.values()) {
            assertThat(ask(
                            direct,
                            way,
                            "Host: hub:8080",
                            "X-Forwarded-For: 203.0.113.9",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: evil.example"))
                    .as("%s", way)
                    .isEqualTo("127.0.0.1 http://hub:8080");
        }
    }

    @Test
    void behind_a_proxy_its_own_word_is_believed_and_nobody_elses() {
        var proxied = server(true, PUBLIC);

        for (var way : Way.values()) {
            assertThat(ask(
                            proxied,
                            way,
                            "Host: 10.0.0.5:8080",
                            "X-Forwarded-For: 198.51.100.1, 203.0.113.9",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: chat.example.com"))
                    .as("%s", way)
                    .isEqualTo("203.0.113.9 https://chat.example.com");
            assertThat(ask(proxied, way, "Host: hub", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.9"))
                    .as("%s, a proxy that adds a line of its own", way)
                    .startsWith("203.0.113.9 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:51234, 203.0.113.9",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:443, 2001:db8:0:0:0:0:0:7",
        "unknown, 127.0.0.1",
        "<script>, 127.0.0.1",
        "'', 127.0.0.1",
    })
    void an_address_is_an_address_or_is_not_believed(String told, String address) {
        assertThat(ask(server(true, PUBLIC), Way.PAGE, "Host: hub", "X-Forwarded-For: " + told))
                .startsWith(address + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "help.example.com, https",
        "HELP.example.com, https",
        "help.example.com:8080, http",
        "localhost:8080, http",
    })
    void a_proxy_that_says_nothing_of_tls_is_known_by_the_public_name(String host, String scheme) {
        for (var behindProxy : List.of(true, false)) {
            assertThat(ask(server(behindProxy, PUBLIC), Way.SOCKET, "Host: " + host))
                    .endsWith(" " + scheme + "://" + host);
        }
    }

    @Test
    void a_host_that_is_none_is_not_believed() {
        assertThat(ask(server(true, PUBLIC), Way.PAGE, "Host: hub", "X-Forwarded-Host: a\"b; c"))
                .endsWith("://hub");
    }

    private enum Way {
        PAGE,
        SOCKET,
        API
    }

    private WebServer server(boolean behindProxy, URI publicUrl) {
        RouteModule routes = api -> {
            api.get("/page", ctx -> ctx.result(seen(OutsideCalls.read(ctx.req(), ""))), Access.ANYONE);
            api.get(
                    "/api/where",
                    ctx -> ctx.result(Requests.address(ctx) + " "
                            + OutsideCalls.read(ctx.req(), "").origin()),
                    Access.ANYONE);
        };
        var server = new WebServer(
                        new WebSettings("127.0.0.1", 0, publicUrl, behindProxy),
                        _ -> Optional.empty(),
                        CallWatch.NONE,
                        List.of(routes),
                        _ -> Optional.of(new Refusing()))
                .start();
        servers.add(server);
        return server;
    }

    private static String seen(WebRequest request) {
        return request.address() + " " + request.origin();
    }

    /** Asks by hand, so that any header can be sent, and returns the body. */
    private static String ask(WebServer server, Way way, String... headers) {
        var head = new ArrayList<>(List.of(headers));
        if (way == Way.SOCKET) {
            head.addAll(List.of(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw=="));
        } else {
            head.add("Connection: close");
        }
        var path = way == Way.API ? "/api/where" : "/page";
        var text = "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", head) + "\r\n\r\n";
        try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            caller.setSoTimeout(10_000);
            caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            caller.shutdownOutput();
            var answer = new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells a caller who asks for a socket how it is seen. */
    private record Refusing() implements SocketDoor.Door {
        @Override
        public String rest() {
            return "";
        }

        @Override
        public Upgrade upgrade(WebRequest request) {
            return new Upgrade.Refused(WebReply.text(403, seen(request)));
        }

        @Override
        public SocketHandler held(Upgrade.Opened opened) {
            return opened.handler();
        }
    }
}
