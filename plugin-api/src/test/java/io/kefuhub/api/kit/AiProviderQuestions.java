package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * What every AI provider is asked, whichever service it speaks to, while the kit plays that service. One thread only.
 *
 * <p>Whether it understands answers can be asked of those that speak a dialect the kit knows; the others have their own
 * tests, see {@link AiProviderContract}.
 */
public final class AiProviderQuestions {
    private static final List<String> PIECES = List.of("您的包裹", " 📦 ", "arrives ", "明天。");
    private static final String TEXT = String.join("", PIECES);
    private static final int PAUSE = 7;
    /** A secret of fewer signs may stand anywhere by chance. */
    private static final int SHORTEST_SECRET = 4;

    private static final List<Integer> NOT_WELL =
            List.of(400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529);
    private static final List<String> NO_ANSWER =
            List.of("", "{}", "[]", "null", "<html>busy</html>", "data: {\"half", "{\"error\":{\"message\":\"no\"}}");

    private final AiProvider provider;
    private final FakeHttp http;
    private final List<String> secrets;

    /**
     * @param http what the provider was lent
     * @param secrets the values of its secret settings
     */
    public AiProviderQuestions(AiProvider provider, FakeHttp http, Collection<String> secrets) {
        this.provider = provider;
        this.http = http;
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList();
    }

    public List<Question> all() {
        var all = new ArrayList<>(List.of(
                new Question("has an answer whatever its service says", "无论服务返回什么都有回应", this::answersAnything),
                new Question("asks its service once and never repeats", "只询问服务一次，从不重试", this::asksOnce),
                new Question("puts no secret into an address or a reason", "地址和原因中不含机密", this::keepsSecrets),
                new Question("tells truly whether a question left", "如实说明请求是否已发出", this::tellsWhetherItLeft),
                new Question("never sends what was called off before", "从不发送事先已取消的请求", this::neverSendsCancelled),
                new Question("makes no vectors of what are none", "不会凭空造出向量", this::makesNoVectors)));
        dialect().ifPresent(known -> {
            all.add(new Question(
                    "reads an answer in pieces as it reads it whole", "分段到达与整段到达的答案读出来相同", () -> readsPieces(known)));
            all.add(new Question(
                    "takes an answer that was cut for a failure, and tells what had come",
                    "被截断的答案算作失败，并给出已到达的部分",
                    () -> tellsOfCuts(known)));
            all.add(new Question("answers many who ask at once", "多线程同时询问时回答相同", () -> sameAtOnce(known)));
        });
        all.add(new Question("lets go of its service when it is called off", "取消后立即放开服务", this::letsGo));
        all.add(new Question("ends when its thread is interrupted, and closes", "线程被中断时结束，并能够关闭", this::endsAndCloses));
        return all;
    }

    /** The dialect it understands, of those that the kit knows; empty when it is another. */
    public Optional<String> speaks() {
        return dialect().map(KnownDialect::title);
    }

    private Optional<KnownDialect> dialect() {
        return Arrays.stream(KnownDialect.values()).filter(this::understands).findFirst();
    }

    private boolean understands(KnownDialect dialect) {
        // Which of the two it reads is asked later; who understands neither speaks another.
        return answers(dialect, false) || answers(dialect, true);
    }

    private boolean answers(KnownDialect dialect, boolean stream) {
        playing(dialect, stream ? String.join("\n", dialect.lines(PIECES)) : dialect.whole(TEXT), stream);
        try {
            return provider.reply(request(stream), new Heard(), Cancel.NEVER)
                            instanceof AiReply.Answer(var text, var _, var _)
                    && !text.isBlank();
        } catch (RuntimeException | Error _) {
            return false;
        }
    }

    private void playing(KnownDialect dialect, String body, boolean stream) {
        var headers = stream ? dialect.streaming() : Map.of("Content-Type", List.of("application/json"));
        http.answerAs(_ -> FakeHttp.Played.whole(200, headers, body));
    }

    void answersAnything() {
        for (var stream : List.of(true, false)) {
            for (var status : NOT_WELL) mustFail(status, NO_ANSWER.getLast(), stream);
            for (var body : NO_ANSWER) mustFail(200, body, stream);
        }
    }

    private void mustFail(int status, String body, boolean stream) {
        var where = status + " " + body;
        http.answerAs(_ -> FakeHttp.Played.whole(status, Map.of("Retry-After", List.of("" + PAUSE)), body));
        var reply = reply(where, stream, Cancel.NEVER);
        Broken.unless(!(reply instanceof AiReply.Answer), "%s: it made an answer of that", "%s：把它当成了答案", where);
        if (reply instanceof AiReply.RateLimited(var pause, var _)) {
            Broken.unless(
                    pause.equals(Duration.ofSeconds(PAUSE)),
                    "%s: its service asks for a pause of %s s, and it tells %s",
                    "%s：服务要求等待 %s 秒，它报告的是 %s",
                    where,
                    PAUSE,
                    pause);
        }
    }

    void asksOnce() {
        for (var status : List.of(429, 500, 503)) {
            var before = http.requests().size();
            http.answerAs(_ -> FakeHttp.Played.whole(status, Map.of(), ""));
            reply("" + status, true, Cancel.NEVER);
            var asked = http.requests().size() - before;
            Broken.unless(
                    asked <= 1,
                    "%s: it asked %s times; whether and when to repeat is the hub's to say",
                    "%s：询问了 %s 次；是否重试由中枢决定",
                    status,
                    asked);
        }
    }

    void keepsSecrets() {
        for (var status : List.of(200, 400, 401, 500)) {
            http.answerAs(request -> FakeHttp.Played.whole(status, Map.of(), repeating(request)));
            var before = http.requests().size();
            var reply = reply("" + status, true, Cancel.NEVER);
            for (var request : http.requests().subList(before, http.requests().size())) {
                mustHideIn("its address", "地址", request.address().toString());
            }
            switch (reply) {
                case AiReply.Broken(var reason, var _, var _, var _) -> mustHideIn("its reason", "原因", reason);
                case AiReply.Refused(var reason, var _) -> mustHideIn("its reason", "原因", reason);
                default -> {}
            }
        }
    }

    /** Services repeat what was wrong, the key among it. */
    private String repeating(Http.Request request) {
        return "{\"error\":{\"message\":\"wrong: " + String.join(" ", secrets) + " " + request.headers() + "\"}}";
    }

    private void mustHideIn(String en, String zh, String text) {
        for (var secret : secrets) {
            Broken.unless(
                    !text.contains(secret) && !text.contains(URLEncoder.encode(secret, StandardCharsets.UTF_8)),
                    "a secret stands in " + en,
                    zh + "中含有机密");
        }
    }

    void tellsWhetherItLeft() {
        mustTell(
                request -> new Http.Outcome.NotAllowed(
                        String.valueOf(request.address().getHost())),
                false);
        mustTell(_ -> new Http.Outcome.Failed(false, "no route to host"), false);
        mustTell(_ -> new Http.Outcome.TimedOut(false), false);
        mustTell(_ -> new Http.Outcome.Failed(true, "connection reset"), true);
        mustTell(_ -> new Http.Outcome.TimedOut(true), true);
        mustTell(_ -> new Http.Outcome.Answered(500, Map.of(), ""), true);
    }

    private void mustTell(Function<Http.Request, Http.Outcome> ends, boolean left) {
        var ended = new ArrayList<Http.Outcome>();
        http.answerAs(request -> {
            ended.add(ends.apply(request));
            return new FakeHttp.Played("", ended.getLast());
        });
        var reply = reply("a call that ends so", true, Cancel.NEVER);
        for (var outcome : ended) {
            Broken.unless(
                    reply.dispatched() == left,
                    left ? "%s: it says that the question did not leave" : "%s: it says that the question left",
                    left ? "%s：它说请求没有发出" : "%s：它说请求已发出",
                    outcome);
        }
    }

    void neverSendsCancelled() {
        http.answerAs(_ -> FakeHttp.Played.whole(500, Map.of(), ""));
        var before = http.requests().size();
        var cancel = new Off();
        cancel.pull();
        var reply = reply("cancelled", true, cancel);
        Broken.unless(http.requests().size() == before, "it was sent", "它被发送了");
        Broken.unless(
                reply instanceof AiReply.Cancelled && !reply.dispatched(),
                "%s instead of Cancelled that never left",
                "返回 %s，而不是未发出的 Cancelled",
                reply);
    }

    void makesNoVectors() {
        for (var body : NO_ANSWER) {
            http.answerAs(_ -> FakeHttp.Played.whole(200, Map.of(), body));
            Embedding embedding;
            try {
                embedding = provider.embed("model-1", List.of("one", "two"));
            } catch (RuntimeException | Error e) {
                throw Broken.by(e, body);
            }
            Broken.unless(embedding != null, "%s: no answer, but null", "%s：没有回答，而是 null", body);
            Broken.unless(!(embedding instanceof Embedding.Vectors), "%s: vectors of that", "%s：由此得出了向量", body);
        }
    }

    void readsPieces(KnownDialect dialect) {
        mustRead(dialect, "at once", "整段", dialect.whole(TEXT), false);
        mustRead(dialect, "in one piece", "一段", String.join("\n", dialect.lines(List.of(TEXT))), true);
        mustRead(dialect, "in pieces", "分段", String.join("\n", dialect.lines(PIECES)), true);
        var letters = TEXT.codePoints().mapToObj(Character::toString).toList();
        mustRead(dialect, "letter by letter", "逐字", String.join("\n", dialect.lines(letters)), true);
        var slow = new ArrayList<String>(dialect.nothing());
        slow.addAll(dialect.begin());
        for (var piece : PIECES.subList(0, PIECES.size() - 1)) {
            slow.addAll(dialect.piece(piece));
            slow.addAll(dialect.nothing());
        }
        slow.addAll(dialect.end(PIECES.getLast()));
        mustRead(dialect, "with signs of life between", "夹有保活内容", String.join("\n", slow), true);
    }

    private void mustRead(KnownDialect dialect, String en, String zh, String body, boolean stream) {
        playing(dialect, body, stream);
        var heard = new Heard();
        var reply = provider.reply(request(stream), heard, Cancel.NEVER);
        var text = reply instanceof AiReply.Answer(var whole, var _, var _) ? whole : String.valueOf(reply);
        Broken.unless(text.equals(TEXT), en + ": it reads %s", zh + "：读出的是 %s", text);
        Broken.unless(
                !stream || heard.text().equals(TEXT),
                en + ": the pieces that it tells make %s",
                zh + "：它给出的各段合起来是 %s",
                heard.text());
    }

    void tellsOfCuts(KnownDialect dialect) {
        var begun = dialect.begun(PIECES);
        for (var lines = 0; lines <= begun.size(); lines++) {
            var body = String.join("\n", begun.subList(0, lines));
            http.answerAs(_ -> FakeHttp.Played.cut(body));
            mustTellWhatCame("cut after " + lines + " lines");
        }
        var half = String.join("\n", begun);
        http.answerAs(_ -> FakeHttp.Played.whole(200, dialect.streaming(), half));
        mustTellWhatCame("ended before its end");
    }

    private void mustTellWhatCame(String where) {
        var heard = new Heard();
        var reply = provider.reply(request(true), heard, Cancel.NEVER);
        if (!(reply instanceof AiReply.Broken(var _, var soFar, var _, var left))) {
            throw new Broken("%s: %s instead of Broken", "%s：返回 %s 而不是 Broken", where, reply);
        }
        Broken.unless(
                soFar.equals(heard.text()) && TEXT.startsWith(soFar),
                "%s: “%s” had come, it tells of “%s”",
                "%s：已到达“%s”，它报告的是“%s”",
                where,
                heard.text(),
                soFar);
        Broken.unless(left, "%s: it says that the question did not leave", "%s：它说请求没有发出", where);
    }

    void sameAtOnce(KnownDialect dialect) {
        playing(dialect, String.join("\n", dialect.lines(PIECES)), true);
        var texts = AtOnce.ask(() -> {
            var heard = new Heard();
            return provider.reply(request(true), heard, Cancel.NEVER) instanceof AiReply.Answer(var text, var _, var _)
                    ? text + heard.text()
                    : "";
        });
        Broken.unless(texts.stream().allMatch((TEXT + TEXT)::equals), "answers differ: %s", "回答不一致：%s", texts);
    }

    void letsGo() throws InterruptedException {
        var cancel = new Off();
        var said = new ArrayList<AiReply>();
        CalledOff.mustEnd(http, () -> said.add(provider.reply(request(true), new Heard(), cancel)), _ -> cancel.pull());
        Broken.unless(
                said.size() == 1 && said.getFirst() instanceof AiReply.Cancelled,
                "%s instead of Cancelled",
                "返回 %s 而不是 Cancelled",
                said);
    }

    void endsAndCloses() throws InterruptedException {
        CalledOff.mustEnd(http, () -> provider.reply(request(true), new Heard(), Cancel.NEVER));
        provider.close();
    }

    private AiReply reply(String where, boolean stream, Cancel cancel) {
        try {
            var reply = provider.reply(request(stream), new Heard(), cancel);
            Broken.unless(reply != null, "%s: no reply, but null", "%s：没有回应，而是 null", where);
            return reply;
        } catch (RuntimeException | Error e) {
            throw Broken.by(e, where);
        }
    }

    private static AiRequest request(boolean stream) {
        var question = new AiRequest.Turn(AiRequest.Role.USER, "Where is my parcel?", List.of());
        return new AiRequest("model-1", "Be brief.", List.of(question), 256, 0.2, stream, Map.of());
    }

    /** What a provider tells of an answer while it comes. */
    private static final class Heard implements AiSink {
        private final StringBuilder content = new StringBuilder();

        @Override
        public void content(String piece) {
            Broken.unless(!piece.isEmpty(), "a piece of its answer is empty", "答案中有空的片段");
            content.append(piece);
        }

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}

        String text() {
            return content.toString();
        }
    }

    /** A call that is called off by hand. Safe for threads. */
    private static final class Off implements Cancel {
        private final AtomicBoolean pulled = new AtomicBoolean();
        private final List<Runnable> actions = new CopyOnWriteArrayList<>();

        @Override
        public boolean isRequested() {
            return pulled.get();
        }

        @Override
        public void onRequest(Runnable action) {
            actions.add(action);
            if (pulled.get()) action.run();
        }

        void pull() {
            pulled.set(true);
            actions.forEach(Runnable::run);
        }
    }
}
