package io.kefuhub.simulators.feishu;

import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Scene;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One app in the tenant and all that it can see: an app of its own for each way in which events travel, so that both can
 * be tried beside each other. Safe for threads.
 */
final class AppSide {
    final String surface;
    final Scene scene;
    final Ids ids;
    final Tokens tokens;
    final Limits limits;
    final People people;
    final Media media;
    final Messages messages;
    final Cards cards;
    final Outgoing outgoing;
    final Drawing drawing;
    final Presses presses;
    final Road road;

    private volatile App app;

    private AppSide(Scene scene, String surface, App app, boolean longConnection) {
        this.scene = scene;
        this.surface = surface;
        this.app = app;
        this.ids = new Ids(app.id());
        this.tokens = new Tokens(scene.time, ids);
        this.limits = new Limits(scene.time);
        this.people = new People(ids);
        this.media = new Media(scene.shelf, ids);
        this.messages = new Messages(scene.time, ids);
        this.cards = new Cards(scene.time, ids, limits);
        this.outgoing = new Outgoing(media, people);
        this.drawing = new Drawing(surface, people, media, messages, cards);
        this.presses = new Presses(this);
        this.road = longConnection
                ? new LongConnection(scene, surface, this::app, ids)
                : new Webhook(scene, surface, this::app);
    }

    static AppSide byWebhook(Scene scene, String surface, App app) {
        return new AppSide(scene, surface, app, false);
    }

    static AppSide byLongConnection(Scene scene, String surface, App app) {
        return new AppSide(scene, surface, app, true);
    }

    App app() {
        return app;
    }

    synchronized void change(UnaryOperator<App> how) {
        app = how.apply(app);
    }

    String botOpenId() {
        return "ou_" + ids.hex("bot", 32);
    }

    Posted.Origin bot() {
        return new Posted.Origin(true, app.id());
    }

    Events events() {
        return new Events(app, ids, scene.time);
    }

    /** What the customer's app shows of this message from now on. */
    Posted show(Posted message) {
        drawing.draw(message).ifPresent(scene.screens::show);
        return message;
    }

    /** A card entity changed; the message that holds it is drawn anew. */
    void showCard(String card) {
        for (var message : messages.all()) {
            if (message.type().equals("interactive")
                    && Trees.content(message.content())
                            .path("data")
                            .path("card_id")
                            .asText()
                            .equals(card)) {
                show(message);
            }
        }
    }

    People.User customer(String openId) {
        return people.user(openId).orElseThrow(() -> new BadInputException("there is no customer " + openId));
    }

    People.Chat chat(Posted message) {
        return people.chat(message.chat()).orElseThrow(() -> new BadInputException("the message is in no chat"));
    }

    /** A message that the page or a test names. */
    Posted named(String id) {
        return messages.find(id).orElseThrow(() -> new BadInputException("there is no message " + id));
    }

    /** What was said before, of that chat, oldest first. */
    List<Posted> history(String chat) {
        return messages.in(chat);
    }
}
