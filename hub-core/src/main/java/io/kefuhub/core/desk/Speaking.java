package io.kefuhub.core.desk;

import io.kefuhub.api.Files;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.AgentReply;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Said;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Lets agents speak, through the one door out. Safe for threads. */
final class Speaking {
    private static final int PARTS = 10;
    private static final int TEXT = 4000;

    private final Database database;
    private final Replies replies;
    private final Files files;
    private final Function<Conversation, Facts> facts;
    private final Messages messages = new Messages();

    Speaking(Database database, Replies replies, Files files, Function<Conversation, Facts> facts) {
        this.database = database;
        this.replies = replies;
        this.files = files;
        this.facts = facts;
    }

    record Stored(UUID messageId, String state, Instant at) {}

    Stored reply(Caller caller, Conversation conversation, String cid, List<NewPart> wanted) {
        if (wanted.isEmpty() || wanted.size() > PARTS) {
            throw Problem.invalid("parts", "1 to " + PARTS + " parts.", "1 至 " + PARTS + " 个部分。");
        }
        var parts = wanted.stream().map(this::part).toList();
        var reply = new AgentReply(conversation.id(), Agents.me(caller), cid, parts);
        return switch (Waiting.on(replies.say(reply, conversation, facts.apply(conversation)))) {
            case Said.Done(var id, var _, var _) -> {
                var message = database.read(db -> messages.find(db, id)).orElseThrow();
                yield new Stored(id.value(), message.state().name(), message.at());
            }
            case Said.NotYours(var _, var assignee) ->
                throw assignee.map(Doing::taken).orElseGet(() -> Problem.of(ProblemType.NOT_TAKEN));
            case Said.NoRoom(var allowance, var needed) -> throw WindowView.refused(allowance, needed);
            case Said.Stale() -> throw new IllegalStateException("an agent's reply is never stale");
            case Said.Stopped(var filter, var reason) -> throw stopped(Filtered.toldAgent(filter, reason));
        };
    }

    private static Problem stopped(Words why) {
        return Problem.invalid("parts", why.en(), why.zh());
    }

    private Part part(NewPart wanted) {
        return switch (wanted) {
            case NewPart.Text(var text) -> {
                if (text.isBlank() || text.length() > TEXT) {
                    throw Problem.invalid("parts", "1 to " + TEXT + " characters.", "1 至 " + TEXT + " 个字符。");
                }
                yield new Part.Text(text);
            }
            case NewPart.Upload(var id) ->
                Part.Media.of(files.find(id)
                        .orElseThrow(() -> Problem.invalid("parts", "Upload the file again.", "请重新上传文件。")));
        };
    }
}
