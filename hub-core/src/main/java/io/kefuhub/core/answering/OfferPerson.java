package io.kefuhub.core.answering;

import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.plugin.Quick;
import io.kefuhub.core.plugin.Reason;
import java.util.List;

/** The last responder: says that nothing was found and offers a person. Immutable. */
public final class OfferPerson implements Responder, Quick {
    public static final String NAME = "person";

    private final Sentences sentences;

    public OfferPerson(Sentences sentences) {
        this.sentences = sentences;
    }

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var option = new Part.Menu.Option("person", says(HubWords.TALK_TO_PERSON, turn));
        var menu = new Part.Menu(says(HubWords.OFFER_PERSON, turn), List.of(option));
        return new Response.Menu(menu, new Response.Source("person", NAME, "", 0, Reason.Code.NO_ANSWER.key()));
    }

    private String says(HubWords what, Turn turn) {
        return sentences.say(what, turn.desk(), turn.language());
    }
}
