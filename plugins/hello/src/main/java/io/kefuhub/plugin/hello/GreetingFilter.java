package io.kefuhub.plugin.hello;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lets every message pass, and tags those that begin with a greeting. Immutable, so safe for threads. */
final class GreetingFilter implements Filter {
    private final List<String> words;
    private final Verdict greeting;

    GreetingFilter(List<String> words, String tag) {
        this.words = words.stream().map(GreetingFilter::plain).toList();
        this.greeting = new Verdict.Pass(Set.of(tag));
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.CUSTOMER_IN);
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        var text = plain(message.text());
        return words.stream().anyMatch(word -> begins(text, word)) ? greeting : Verdict.pass();
    }

    /** "hi" begins "hi there" but not "history"; Chinese has no spaces between words, so there it does. */
    private static boolean begins(String text, String word) {
        if (!text.startsWith(word)) return false;
        if (text.length() == word.length()) return true;
        var last = word.codePointBefore(word.length());
        var next = text.codePointAt(word.length());
        return Character.isIdeographic(last) || !Character.isLetterOrDigit(next);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
