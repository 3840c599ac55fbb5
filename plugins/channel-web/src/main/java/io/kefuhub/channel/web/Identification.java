package io.kefuhub.channel.web;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.channel.web.identity.Identity;
import io.kefuhub.channel.web.identity.IdentityTokens.Verdict;
import java.util.Optional;

/** Turns a visitor into the customer the site's server vouches for. Safe for threads; every step may be repeated. */
final class Identification {
    private final Chat chat;

    Identification(Chat chat) {
        this.chat = chat;
    }

    /** What became of it. */
    sealed interface Outcome {
        /** The browser goes on under another token; its connections have been told. */
        record Replaced(Sessions.Opened by) implements Outcome {}

        /** It was this customer's already. */
        record Same() implements Outcome {}

        record Refused(String reason) implements Outcome {}
    }

    Outcome identify(Optional<Session> browser, String token) {
        return follow(
                browser,
                chat.settings().identities().judge(token, chat.context().clock().instant()));
    }

    Outcome identifyByHash(Optional<Session> browser, String user, String hash) {
        return follow(browser, chat.settings().identities().judgeHash(user, hash));
    }

    private Outcome follow(Optional<Session> browser, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(var reason) -> new Outcome.Refused(reason);
            case Verdict.Believed(var identity) -> become(browser, identity);
        };
    }

    private Outcome become(Optional<Session> browser, Identity identity) {
        var known = browser.flatMap(Session::identity);
        if (known.isPresent() && known.get().subject().equals(identity.subject())) {
            chat.sessions().vouchedAgain(browser.get(), identity);
            chat.context().contacts().label(browser.get().contact());
            return new Outcome.Same();
        }
        // Two identified customers are never merged: the next one on a shared computer starts as a new browser.
        var anonymous = browser.filter(session -> session.identity().isEmpty());
        var opened = chat.sessions().openFor(identity, anonymous);
        var customer = opened.session();
        if (anonymous.isPresent()) {
            chat.context().contacts().merge(anonymous.get().thread(), customer.thread(), customer.contact());
        } else {
            chat.context().contacts().label(customer.contact());
        }
        browser.ifPresent(session -> replace(session, opened));
        return new Outcome.Replaced(opened);
    }

    private void replace(Session browser, Sessions.Opened opened) {
        chat.sessions().end(browser);
        var conversation =
                chat.context().timeline().find(opened.session().thread()).map(Timeline.Thread::conversationId);
        for (var client : chat.clients().of(browser)) {
            client.replaced(opened.session(), opened.token(), conversation);
        }
    }
}
