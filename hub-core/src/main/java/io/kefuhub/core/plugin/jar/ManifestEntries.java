package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** The main entries of a jar's manifest; what cannot be used is refused by its name. Immutable. */
final class ManifestEntries {
    private static final int MOST_WORDS = 100;

    private final Attributes attributes;

    private ManifestEntries(Attributes attributes) {
        this.attributes = attributes;
    }

    static ManifestEntries of(byte[] manifest) throws RefusedException {
        try {
            return new ManifestEntries(new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes());
        } catch (IOException | IllegalArgumentException _) {
            throw new RefusedException(Why.UNREADABLE_MANIFEST);
        }
    }

    boolean has(String name) {
        return optional(name).isPresent();
    }

    /**
     * @param example of what would do, for whoever has to mend it
     */
    String required(String name, Pattern form, String example) throws RefusedException {
        var value = optional(name, form, example);
        return value.orElseThrow(() -> new RefusedException(Why.MANIFEST_LACKS, name, example));
    }

    Optional<String> optional(String name, Pattern form, String example) throws RefusedException {
        var value = optional(name);
        if (value.isPresent() && !form.matcher(value.get()).matches()) {
            throw new RefusedException(Why.MANIFEST_UNUSABLE, name, value.get(), example);
        }
        return value;
    }

    /** Several words in one entry, with commas or spaces between them. */
    List<String> words(String name, Pattern form, String example) throws RefusedException {
        var words = new ArrayList<String>();
        for (var word : optional(name).orElse("").split("[,\\s]+", -1)) {
            if (word.isEmpty()) continue;
            if (!form.matcher(word).matches() || words.size() == MOST_WORDS) {
                throw new RefusedException(Why.MANIFEST_UNUSABLE, name, word, example);
            }
            words.add(word);
        }
        return words;
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(attributes.getValue(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
