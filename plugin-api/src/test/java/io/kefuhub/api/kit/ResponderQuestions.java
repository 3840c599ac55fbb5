package io.kefuhub.api.kit;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What every responder is asked, whoever wrote it and whatever it knows. Immutable. */
public final class ResponderQuestions {
    private static final int LINES = 40;

    private final Responder responder;
    private final Turn turn;

    /** @param turn best one that it has something to say to */
    public ResponderQuestions(Responder responder, Turn turn) {
        this.responder = responder;
        this.turn = turn;
    }

    public List<Question> all() {
        return List.of(
                new Question("has a response to every odd message", "对各种怪异消息都有回应", this::oddMessages),
                new Question(
                        "gives a source for what it answers and a reason for the rest",
                        "答复注明来源，其余注明原因",
                        this::namesSourceOrReason),
                new Question("bears a long history", "能承受很长的历史记录", this::longHistory),
                new Question("answers many who ask at once", "多线程同时询问时回应一致", this::atOnce),
                new Question("drafts the whole text so far", "草稿是迄今的全文", this::drafts),
                new Question("closes", "能够关闭", this::closes));
    }

    void oddMessages() {
        for (var message : Messages.odd()) {
            for (var language : List.of(Language.EN, Language.ZH_CN, new Language("ar"))) {
                respond(Turns.of(language, message, List.of()));
            }
        }
    }

    void namesSourceOrReason() {
        switch (respond(turn)) {
            case Response.Answer(var _, var source) -> mustBeSound(source);
            case Response.Menu(var _, var source) -> mustBeSound(source);
            case Response.HandOver(var reason, var _) -> mustHaveReason(reason);
            case Response.Pass(var reason) -> mustHaveReason(reason);
        }
    }

    private static void mustBeSound(Response.Source source) {
        Broken.unless(
                !source.kind().isBlank() && !source.title().isBlank() && source.score() >= 0 && source.score() <= 1,
                "its source lacks a kind or a title, or its score is not from 0 to 1: %s",
                "来源缺少类别或标题，或分数不在 0 到 1 之间：%s",
                source);
    }

    private static void mustHaveReason(String reason) {
        Broken.unless(!reason.isBlank(), "it does not say why it passes or hands over", "没有说明为何略过或转人工");
    }

    void longHistory() {
        var history = new ArrayList<Turn.Line>();
        for (var i = 0; i < LINES; i++) history.add(new Turn.Line(i % 2 == 0, "line " + i + " " + "x".repeat(2_000)));
        respond(Turns.of(Language.EN, turn.question(), history));
    }

    void atOnce() {
        var alone = respond(turn).getClass().getSimpleName();
        var kinds = new HashSet<>(AtOnce.ask(() -> respond(turn).getClass().getSimpleName()));
        kinds.add(alone);
        Broken.unless(kinds.size() == 1, "responses differ: %s", "回应不一致：%s", kinds);
    }

    void drafts() {
        var drafts = new ArrayList<String>();
        var response = responder.respond(turn, drafts::add);
        for (var draft : drafts) {
            Broken.unless(draft != null && !draft.isEmpty(), "a draft is empty", "有空的草稿");
        }
        if (!(response instanceof Response.Answer(var parts, var _)) || drafts.isEmpty()) return;
        Broken.unless(
                drafts.getLast().length() <= new Message(parts).text().length(),
                "its last draft is longer than its answer",
                "最后的草稿比答复还长");
    }

    void closes() {
        responder.close();
    }

    private Response respond(Turn asked) {
        try {
            var response = responder.respond(asked, _ -> {});
            Broken.unless(response != null, "no response, but null", "没有回应，而是 null");
            return response;
        } catch (RuntimeException | Error e) {
            throw Broken.by(e, asked.language() + " " + Messages.brief(asked.question()));
        }
    }
}
