package io.kefuhub.ai.exchange;

import io.kefuhub.api.ai.AiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one side said until the other spoke: providers want the sides to take turns. Immutable.
 *
 * @param pieces at least one
 */
public record Said(AiRequest.Role role, List<Piece> pieces) {
    /** What stands for a picture that cannot be shown to the model. */
    private static final String UNSEEN = "[picture]";

    public Said {
        pieces = List.copyOf(pieces);
    }

    /** A piece of what was said. */
    public sealed interface Piece {
        /** @param value never blank */
        record Text(String value) implements Piece {}

        record Picture(String mime, String base64) implements Piece {}
    }

    /** Joins what follows each other from one side, and leaves out what is empty. */
    public static List<Said> of(AiRequest request, Pictures pictures) throws UnfitException {
        var all = new ArrayList<Said>();
        for (var turn : request.messages()) {
            var pieces = pieces(turn, pictures);
            if (pieces.isEmpty()) continue;
            if (!all.isEmpty() && all.getLast().role == turn.role()) {
                var before = new ArrayList<>(all.removeLast().pieces);
                before.addAll(pieces);
                pieces = before;
            }
            all.add(new Said(turn.role(), pieces));
        }
        if (all.isEmpty()) throw new UnfitException("there is nothing to ask");
        return all;
    }

    /** As {@link #of}, with the user speaking first, which some providers insist on. */
    public static List<Said> userFirst(AiRequest request, Pictures pictures) throws UnfitException {
        var all = of(request, pictures);
        if (all.getFirst().role == AiRequest.Role.ASSISTANT) {
            all = new ArrayList<>(all);
            all.addFirst(new Said(AiRequest.Role.USER, List.of(new Piece.Text("…"))));
        }
        return all;
    }

    private static List<Piece> pieces(AiRequest.Turn turn, Pictures pictures) {
        var pieces = new ArrayList<Piece>();
        for (var file : turn.pictures()) {
            pieces.add(pictures.read(file).<Piece>map(picture -> picture).orElseGet(() -> new Piece.Text(UNSEEN)));
        }
        if (!turn.text().isBlank()) pieces.add(new Piece.Text(turn.text()));
        return pieces;
    }

    public boolean hasPictures() {
        return pieces.stream().anyMatch(Piece.Picture.class::isInstance);
    }

    /** Returns the texts alone, a line for each. */
    public String text() {
        return pieces.stream()
                .filter(Piece.Text.class::isInstance)
                .map(piece -> ((Piece.Text) piece).value())
                .collect(Collectors.joining("\n"));
    }
}
