package io.kefuhub.core.web;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Translates calls from outside into the API's words, and its answers back. */
public final class OutsideCalls {
    private OutsideCalls() {}

    /** Runs a plugin's event source. */
    public interface Feeding {
        /** For those who never answer with one. */
        Feeding NONE = new Feeding() {
            @Override
            public void feed(WebReply.EventSource source, WebReply.EventSink sink) {}

            @Override
            public void ended(WebReply.EventSource source) {}
        };

        void feed(WebReply.EventSource source, WebReply.EventSink sink);

        /** Called once for each source, fed or not. */
        void ended(WebReply.EventSource source);
    }

    /**
     * Reads a call.
     *
     * @param rest what follows the public path it matched
     */
    public static WebRequest read(HttpServletRequest request, String rest) throws IOException {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.merge(name.toLowerCase(Locale.ROOT), request.getHeader(name), (first, _) -> first);
        }
        var address = request.getAttribute(Requests.ADDRESS) instanceof String told ? told : request.getRemoteAddr();
        var secure = request.isSecure() || "https".equals(request.getAttribute(Requests.SCHEME));
        var host = request.getAttribute(Requests.HOST) instanceof String told
                ? told
                : headers.getOrDefault("host", request.getServerName() + ":" + request.getServerPort());
        return new WebRequest(
                request.getMethod(),
                request.getRequestURI(),
                rest,
                query(request.getQueryString()),
                headers,
                address,
                secure,
                host,
                request.getInputStream());
    }

    // Not getParameterMap: that would read a form's body, which is the channel's to read.
    private static Map<String, List<String>> query(@org.jspecify.annotations.Nullable String query) {
        if (query == null || query.isEmpty()) return Map.of();
        var parameters = new HashMap<String, List<String>>();
        for (var pair : query.split("&")) {
            var at = pair.indexOf('=');
            var name = at < 0 ? pair : pair.substring(0, at);
            var value = at < 0 ? "" : pair.substring(at + 1);
            try {
                parameters
                        .computeIfAbsent(decoded(name), _ -> new ArrayList<>())
                        .add(decoded(value));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("query", "It is not encoded as a URL.", "查询参数编码有误。");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Sends an answer. */
    public static void answer(HttpServletResponse response, WebReply reply, Feeding feeding) throws IOException {
        try {
            send(response, reply, feeding);
        } finally {
            if (reply.body() instanceof WebReply.Body.Events(var source)) feeding.ended(source);
        }
    }

    private static void send(HttpServletResponse response, WebReply reply, Feeding feeding) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        switch (reply.body()) {
            case WebReply.Body.Bytes(var bytes) -> {
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
            case WebReply.Body.Stream(var content) -> {
                try (content) {
                    content.transferTo(response.getOutputStream());
                }
            }
            case WebReply.Body.Events(var source) -> {
                response.flushBuffer();
                feeding.feed(source, new Events(response.getOutputStream()));
            }
        }
    }

    private record Events(OutputStream out) implements WebReply.EventSink {
        @Override
        public void event(String id, String name, String data) throws IOException {
            var text = new StringBuilder(data.length() + 32);
            if (!id.isEmpty()) text.append("id: ").append(id).append('\n');
            if (!name.isEmpty()) text.append("event: ").append(name).append('\n');
            data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
            send(text.append('\n'));
        }

        @Override
        public void comment(String text) throws IOException {
            send(new StringBuilder(": ").append(text).append("\n\n"));
        }

        private void send(StringBuilder text) throws IOException {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
