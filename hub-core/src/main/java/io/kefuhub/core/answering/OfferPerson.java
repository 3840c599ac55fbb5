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

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var option = new Part.Menu.Option("person", HubWords.TALK_TO_PERSON.in(turn.language()));
        var menu = new Part.Menu(HubWords.OFFER_PERSON.in(turn.language()), List.of(option));
        return new Response.Menu(menu, new Response.Source("person", NAME, "", 0, Reason.Code.NO_ANSWER.key()));
    }
}
