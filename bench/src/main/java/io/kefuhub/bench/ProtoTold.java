package io.kefuhub.bench;

import java.util.StringJoiner;

/** Reads frames of Protocol Buffers in full; the numbers are those of {@code hub_widget.proto}. */
final class ProtoTold {
    private ProtoTold() {}

    static Told of(byte[] payload) {
        var frame = ProtoFields.of(payload);
        while (frame.next()) {
            switch (frame.number()) {
                case 7 -> {
                    return new Told.Ping();
                }
                case 9 -> {
                    return welcome(frame.inner());
                }
                case 10 -> {
                    return new Told.Happened(event(frame.inner()));
                }
                case 11 -> {
                    return stored(frame.inner());
                }
                case 12 -> {
                    return refused(frame.inner());
                }
                case 15 -> {
                    return new Told.Reset(number(frame.inner(), 1));
                }
                default -> {}
            }
        }
        return new Told.Other();
    }

    private static Told welcome(ProtoFields welcome) {
        var conversation = "";
        var from = 0L;
        var lastSeq = 0L;
        while (welcome.next()) {
            switch (welcome.number()) {
                case 1 -> conversation = welcome.text();
                case 2 -> from = welcome.value();
                case 3 -> lastSeq = welcome.value();
                default -> {}
            }
        }
        return new Told.Welcome(conversation, from, lastSeq);
    }

    private static Told stored(ProtoFields ok) {
        var message = "";
        var seq = 0L;
        var conversation = "";
        while (ok.next()) {
            switch (ok.number()) {
                case 1 -> message = ok.text();
                case 2 -> seq = ok.value();
                case 4 -> conversation = ok.text();
                default -> {}
            }
        }
        return new Told.Stored(message, seq, conversation);
    }

    private static Told refused(ProtoFields error) {
        var code = "";
        var retry = false;
        var text = "";
        while (error.next()) {
            switch (error.number()) {
                case 1 -> code = error.text();
                case 2 -> retry = error.value() != 0;
                case 3 -> text = error.text();
                default -> {}
            }
        }
        return new Told.Refused(code, retry, text);
    }

    private static Event event(ProtoFields event) {
        var seq = 0L;
        var read = new Event(0, "", "", "", "", "", "", "", 0);
        while (event.next()) {
            switch (event.number()) {
                case 1 -> seq = event.value();
                case 2 -> read = message(event.inner(), "message");
                case 3 -> read = message(event.inner(), "message.updated");
                case 4 -> read = state(event.inner());
                case 5 -> read = Event.read(0, number(event.inner(), 1));
                default -> {}
            }
        }
        return new Event(
                seq,
                read.kind(),
                read.id(),
                read.cid(),
                read.author(),
                read.name(),
                read.answer(),
                read.text(),
                read.at());
    }

    private static Event state(ProtoFields state) {
        var name = "";
        var agent = "";
        while (state.next()) {
            if (state.number() == 1) name = state.text();
            if (state.number() == 2) agent = state.text();
        }
        return Event.entered(0, name, agent);
    }

    private static Event message(ProtoFields message, String kind) {
        var id = "";
        var cid = "";
        var author = "";
        var name = "";
        var answer = "";
        var at = 0L;
        var text = new StringJoiner("\n");
        while (message.next()) {
            switch (message.number()) {
                case 1 -> id = message.text();
                case 2 -> cid = message.text();
                case 3 -> {
                    var speaker = message.inner();
                    while (speaker.next()) {
                        if (speaker.number() == 1) author = speaker.text();
                        if (speaker.number() == 2) name = speaker.text();
                    }
                }
                case 4 -> at = message.value();
                case 5 -> part(message.inner(), text);
                case 6 -> answer = message.text();
                default -> {}
            }
        }
        return new Event(0, kind, id, cid, author, name, answer, text.toString(), at);
    }

    private static void part(ProtoFields part, StringJoiner text) {
        while (part.next()) {
            if (part.number() == 1) text.add(part.text());
            if (part.number() != 3) continue;
            var menu = part.inner();
            while (menu.next()) {
                if (menu.number() == 1) text.add(menu.text());
                if (menu.number() == 2) option(menu.inner(), text);
            }
        }
    }

    private static void option(ProtoFields option, StringJoiner text) {
        while (option.next()) if (option.number() == 2) text.add(option.text());
    }

    private static long number(ProtoFields message, int field) {
        var number = 0L;
        while (message.next()) if (message.number() == field) number = message.value();
        return number;
    }
}
