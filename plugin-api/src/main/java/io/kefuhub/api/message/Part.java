package io.kefuhub.api.message;

import io.kefuhub.api.StoredFile;
import java.util.List;

/** One piece of what a person sent or will be sent. Immutable. */
public sealed interface Part {
    /** Plain text, never markup. */
    record Text(String value) implements Part {
        public Text {
            if (value.isBlank()) throw new IllegalArgumentException("blank text");
        }
    }

    /** A file the hub keeps. */
    record Media(Kind kind, StoredFile file) implements Part {
        /** How people take it in. */
        public enum Kind {
            IMAGE,
            VOICE,
            VIDEO,
            FILE
        }

        /** Chooses the kind by the content's type. */
        public static Media of(StoredFile file) {
            var mime = file.mime();
            if (file.isPicture()) return new Media(Kind.IMAGE, file);
            if (mime.startsWith("audio/")) return new Media(Kind.VOICE, file);
            if (mime.startsWith("video/")) return new Media(Kind.VIDEO, file);
            return new Media(Kind.FILE, file);
        }
    }

    /** Words and a few things to choose from; a channel that has no buttons shows them as numbered lines. */
    record Menu(String text, List<Option> options) implements Part {
        public Menu {
            options = List.copyOf(options);
            if (text.isBlank() || options.isEmpty()) throw new IllegalArgumentException("an empty menu");
        }

        /**
         * @param id what the channel gives back with the choice
         * @param text what people read, and what choosing it says
         */
        public record Option(String id, String text) {}
    }

    /** Something the platform sent that the hub cannot show; kept, so that nothing is lost. */
    record Unsupported(String platformType) implements Part {}
}
