package io.kefuhub.channel.web;

import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.frame.Wire;
import java.util.Optional;

/** One visitor's browser: keeps its token, opens sockets, makes calls. */
final class Browser {
    private final World world;
    private final Wire wire;
    private String token = "";

    Browser(World world, Wire wire) {
        this.world = world;
        this.wire = wire;
    }

    /** Opens or resumes the session. */
    JsonObject visits() {
        return visits("");
    }

    JsonObject visits(String more) {
        try {
            var session = world.session(
                    "{\"locale\":\"zh-CN\"" + (token.isEmpty() ? "" : ",\"token\":\"" + token + "\"") + more + "}");
            token = session.text("token");
            return session;
        } catch (BadFrame e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a socket and says nothing yet. */
    Line connects() {
        try {
            var ticket = visits().text("ticket");
            if (world.upgrade(wire, ticket) instanceof Upgrade.Opened(var _, var _, var handler)) {
                return new Line(wire, handler);
            }
            throw new AssertionError("no socket");
        } catch (BadFrame e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for a socket, and leaves it at that. */
    boolean isLetIn() {
        try {
            var upgrade = world.upgrade(wire, visits().text("ticket"));
            if (upgrade instanceof Upgrade.Opened(var _, var _, var handler)) handler.onClose(1000);
            return upgrade instanceof Upgrade.Opened;
        } catch (BadFrame e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a socket and takes up the conversation after a number. */
    Line resumes(long after) {
        var line = connects();
        line.hello(Optional.empty(), after);
        return line;
    }

    WebReply posts(String rest, String body) {
        return world.call(World.post(rest, body).withHeader("Authorization", "Bearer " + token));
    }

    WebReply gets(Requests request) {
        return world.call(request.withHeader("Authorization", "Bearer " + token));
    }

    String token() {
        return token;
    }

    void token(String replaced) {
        token = replaced;
    }
}
