package io.kefuhub.api.translate;

import java.time.Duration;
import java.util.List;

/** What became of a request to translate. */
public sealed interface Translation {
    record Translated(List<String> texts) implements Translation {
        public Translated {
            texts = List.copyOf(texts);
        }
    }

    /** This translator does not know one of the languages. */
    record NotThisPair() implements Translation {}

    record RetryLater(Duration pause) implements Translation {}

    record Failed(String reason) implements Translation {}
}
