package io.kefuhub.core.answering.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Finds the things whose text is nearest to a question by BM25. A Lucene index in memory; written once, never
 * changed, safe for threads, given back to the collector when nobody holds it.
 */
final class TextSearch<T> {
    private static final String TEXT = "text";
    private static final String PLACE = "place";
    private static final int MOST_TERMS = 200;
    private static final FieldType INDEXED = new FieldType();

    static {
        INDEXED.setTokenized(true);
        INDEXED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        INDEXED.freeze();
    }

    private final List<T> things;
    private final IndexSearcher searcher;

    /** The place in {@link #things} of each Lucene document: merging may have moved them. */
    private final int[] places;

    TextSearch(List<T> things, Function<T, String> text) {
        this.things = List.copyOf(things);
        try {
            searcher = new IndexSearcher(written(this.things, text));
            searcher.setQueryCache(null);
            places = places(searcher, this.things.size());
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in memory could not be written", e);
        }
    }

    /** At most so many things, the nearest first; things that share no term with the question are never among them. */
    List<T> nearest(Terms asked, int most) {
        var query = new BooleanQuery.Builder();
        asked.all().stream()
                .distinct()
                .limit(MOST_TERMS)
                .forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
        try {
            var found = new ArrayList<T>();
            for (var hit : searcher.search(query.build(), most).scoreDocs) found.add(things.get(places[hit.doc]));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in memory could not be read", e);
        }
    }

    private static <T> DirectoryReader written(List<T> things, Function<T, String> text) throws IOException {
        var directory = new ByteBuffersDirectory();
        try (var writer = new IndexWriter(directory, new IndexWriterConfig(new TermAnalyzer()))) {
            for (int place = 0; place < things.size(); place++) {
                var document = new Document();
                document.add(new Field(TEXT, text.apply(things.get(place)), INDEXED));
                document.add(new NumericDocValuesField(PLACE, place));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        return DirectoryReader.open(directory);
    }

    private static int[] places(IndexSearcher searcher, int size) throws IOException {
        var places = new int[size];
        for (var leaf : searcher.getIndexReader().leaves()) {
            var values = leaf.reader().getNumericDocValues(PLACE);
            while (values != null && values.nextDoc() < leaf.reader().maxDoc()) {
                places[leaf.docBase + values.docID()] = (int) values.longValue();
            }
        }
        return places;
    }
}
