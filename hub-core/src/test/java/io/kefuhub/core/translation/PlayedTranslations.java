package io.kefuhub.core.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.kefuhub.api.Description;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A service over real HTTP that puts a word of the other language in the place of every word, and its translator. What it
 * says otherwise is what a test has it play.
 */
public final class PlayedTranslations implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SettingSpec ADDRESS = SettingSpec.address("address", "Address");
    private static final Pattern LATIN =
            Pattern.compile("(?<![A-Za-z0-9/.@_:?=&{\\[-])[A-Za-z']+(?![A-Za-z0-9/@_:}\\]-])");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private volatile Play play = call -> call;

    /** What becomes of a right translation; null breaks the connection off. */
    public interface Play {
        List<String> garbled(List<String> right) throws InterruptedException;
    }

    public PlayedTranslations() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                var question = JSON.readTree(exchange.getRequestBody());
                asked.add(question);
                var right = new ArrayList<String>();
                for (var text : question.get("texts")) right.add(right(text.asText(), question));
                var answer = JSON.writeValueAsBytes(play.garbled(List.copyOf(right)));
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** What it says when it garbles nothing. */
    static String right(String text, JsonNode question) {
        var translated = text;
        var marked = new ArrayList<String>();
        for (var term : question.get("glossary").properties()) {
            if (!translated.contains(term.getKey())) continue;
            translated = translated.replace(term.getKey(), "" + (char) ('\ue000' + marked.size()));
            marked.add(term.getValue().asText());
        }
        translated = question.get("to").asText().startsWith("zh")
                ? LATIN.matcher(translated).replaceAll("词语")
                : translated
                        .replaceAll("\\p{IsHan}+", " words ")
                        .replaceAll(" +", " ")
                        .strip();
        for (var i = 0; i < marked.size(); i++) {
            translated = translated.replace("" + (char) ('\ue000' + i), marked.get(i));
        }
        return translated;
    }

    public void plays(Play other) {
        play = other;
    }

    public void playsEach(UnaryOperator<String> garble) {
        play = right -> right.stream().map(garble).toList();
    }

    public List<JsonNode> asked() {
        return asked;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Makes translators that ask it. */
    public static final class Factory implements TranslatorFactory {
        @Override
        public Description description() {
            return new Description("played", Map.of(Language.EN, "Played"), List.of(ADDRESS));
        }

        @Override
        public Translator create(Settings settings, TranslatorContext context) {
            var address = settings.address(ADDRESS);
            return (texts, from, to, glossary) -> translate(context.http(), address, texts, from, to, glossary);
        }

        private static Translation translate(
                Http http, URI address, List<String> texts, Language from, Language to, Map<String, String> glossary) {
            try {
                var question = JSON.writeValueAsString(
                        Map.of("texts", texts, "from", from.tag(), "to", to.tag(), "glossary", glossary));
                var answer = http.call(Http.Request.postJson(address, Map.of(), question, Duration.ofSeconds(9)))
                        .send();
                if (!(answer instanceof Http.Outcome.Answered(var status, var _, var body)) || status != 200) {
                    return new Translation.Failed("no answer");
                }
                var made = new ArrayList<String>();
                for (var text : JSON.readTree(body)) made.add(text.asText());
                return new Translation.Translated(made);
            } catch (IOException e) {
                return new Translation.Failed("no JSON");
            }
        }
    }
}
