package io.kefuhub.channel.wecom;

import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;

/** One message of the platform's, as part of a reply. */
public sealed interface Piece {
    record Words(String text) implements Piece {}

    record Choice(Part.Menu menu) implements Piece {}

    record Attachment(Part.Media media) implements Piece {}

    /**
     * Cuts a reply into as few messages as the platform takes: neighbouring texts are one.
     *
     * @param limit bytes of one text
     */
    static List<Piece> of(List<Part> parts, int limit) {
        var pieces = new ArrayList<Piece>();
        var words = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var text) ->
                    words.append(words.isEmpty() ? "" : "\n").append(text);
                case Part.Unsupported(var type) ->
                    words.append(words.isEmpty() ? "" : "\n")
                            .append('[')
                            .append(type)
                            .append(']');
                case Part.Menu menu -> {
                    flush(words, limit, pieces);
                    pieces.add(new Choice(menu));
                }
                case Part.Media media -> {
                    flush(words, limit, pieces);
                    pieces.add(new Attachment(media));
                }
            }
        }
        flush(words, limit, pieces);
        return pieces;
    }

    private static void flush(StringBuilder words, int limit, List<Piece> pieces) {
        Texts.pieces(words.toString(), limit).forEach(text -> pieces.add(new Words(text)));
        words.setLength(0);
    }
}
