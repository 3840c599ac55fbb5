package io.kefuhub.core.answering.knowledge;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Gives Lucene the terms that {@link Terms} sees, so that what is indexed and what is asked are cut alike. */
public final class TermAnalyzer extends Analyzer {
    /** Lucene remarks at each start that a module for vectors is missing; it is quick enough without. Kept, so that it stays. */
    private static final Logger REMARKS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        REMARKS.setLevel(Level.SEVERE);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new TermTokenizer());
    }

    private static final class TermTokenizer extends Tokenizer {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private Iterator<String> terms = List.<String>of().iterator();

        @Override
        public void reset() throws IOException {
            super.reset();
            var text = new StringWriter();
            input.transferTo(text);
            terms = Terms.of(text.toString()).all().iterator();
        }

        @Override
        public boolean incrementToken() {
            clearAttributes();
            if (!terms.hasNext()) return false;
            term.append(terms.next());
            return true;
        }
    }
}
