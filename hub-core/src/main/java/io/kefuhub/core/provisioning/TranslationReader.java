package io.kefuhub.core.provisioning;

import io.kefuhub.api.Language;
import io.kefuhub.core.translation.Term;
import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.List;

/** Reads what a file declares of translation. */
final class TranslationReader {
    private static final int TERM = 200;
    private static final int TERMS = 2_000;

    private TranslationReader() {}

    static Declarations.Translation translation(String desk, Section section) {
        section.finish(List.of("detect", "glossary"));
        var glossary = new ArrayList<Term>();
        for (var item : section.items("glossary")) term(item, glossary);
        if (glossary.size() > TERMS) {
            section.problem(section.place("glossary"), new Words("at most %s terms", "最多 %s 个术语").with(TERMS));
        }
        return new Declarations.Translation(section.where(), desk, section.optionalText("detect"), glossary);
    }

    private static void term(Section item, List<Term> glossary) {
        item.finish(List.of("term", "to", "becomes"));
        var term = item.text("term").strip();
        var becomes = item.optionalText("becomes").map(String::strip).orElse(term);
        var to = item.optional("to", TranslationReader::language);
        if (term.isEmpty() || becomes.isEmpty() || term.length() > TERM || becomes.length() > TERM) {
            item.problem(item.where(), new Words("a term has 1 to %s characters", "术语为 1 至 %s 个字符").with(TERM));
            return;
        }
        glossary.add(new Term(term, to, becomes));
    }

    private static Language language(String tag) {
        try {
            return new Language(tag);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(
                    new Words("a language such as zh-CN or en is expected", "应为语言代码，例如 zh-CN 或 en"), e);
        }
    }
}
