package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.TermAnalyzer;
import io.kefuhub.core.answering.knowledge.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * All of one desk that can be found, by its words. A Lucene index in memory that takes changes one group at a time, so that
 * an edit costs what was edited. Safe for threads that write different groups; what was written is seen after {@link #show}.
 */
final class PassageIndex implements AutoCloseable {
    /**
     * An item that shares terms with a question.
     *
     * @param telling how many of the terms that tell what the question is about
     */
    record Hit(Item item, int telling) {}

    private static final String TEXT = "text";
    private static final String GROUP = "group";
    private static final String NUMBER = "number";
    private static final int MOST_TERMS = 200;
    private static final FieldType INDEXED = new FieldType();

    static {
        INDEXED.setTokenized(true);
        INDEXED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        INDEXED.freeze();
    }

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<Long, Item> items = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> groups = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    PassageIndex() {
        try {
            var config = new IndexWriterConfig(new TermAnalyzer()).setMergeScheduler(new SerialMergeScheduler());
            writer = new IndexWriter(new ByteBuffersDirectory(), config);
            searchers = new SearcherManager(writer, new Searchers());
        } catch (IOException e) {
            throw new UncheckedIOException("the index of passages could not be made", e);
        }
    }

    /** Puts a group in the place of the one of that name; an empty one only takes it away. */
    void replace(String group, Collection<Item> replacement) {
        try {
            writer.deleteDocuments(new Term(GROUP, group));
            groups.getOrDefault(group, List.of()).forEach(items::remove);
            var numbers = new ArrayList<Long>();
            for (var item : replacement) {
                long number = last.incrementAndGet();
                items.put(number, item);
                numbers.add(number);
                var document = new Document();
                document.add(new Field(TEXT, item.searched(), INDEXED));
                document.add(new StringField(GROUP, group, Field.Store.NO));
                document.add(new NumericDocValuesField(NUMBER, number));
                writer.addDocument(document);
            }
            if (numbers.isEmpty()) groups.remove(group);
            else groups.put(group, List.copyOf(numbers));
        } catch (IOException e) {
            throw new UncheckedIOException("the index of passages could not be written", e);
        }
    }

    /** Shows what was written to those who search from now on. */
    void show() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException("the index of passages could not be read", e);
        }
    }

    Set<String> groups() {
        return Set.copyOf(groups.keySet());
    }

    /** Every item, in the order it was added. */
    List<Item> all() {
        return groups.values().stream()
                .flatMap(List::stream)
                .sorted()
                .flatMap(number -> Stream.ofNullable(items.get(number)))
                .toList();
    }

    /** At most so many items that share a term with the question, the nearest first. */
    List<Hit> nearest(Terms asked, int most) {
        var query = new BooleanQuery.Builder();
        asked.all().stream()
                .distinct()
                .limit(MOST_TERMS)
                .forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
        try {
            var searcher = searchers.acquire();
            try {
                return hits(searcher, searcher.search(query.build(), most).scoreDocs, asked);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the index of passages could not be read", e);
        }
    }

    private List<Hit> hits(IndexSearcher searcher, ScoreDoc[] found, Terms asked) throws IOException {
        var telling = telling(searcher.getIndexReader().leaves(), found, asked);
        var hits = new ArrayList<Hit>();
        for (int rank = 0; rank < found.length; rank++) {
            var item = items.get(number(searcher.getIndexReader().leaves(), found[rank].doc));
            // Gone since the searcher was opened.
            if (item != null) hits.add(new Hit(item, telling[rank]));
        }
        return hits;
    }

    private static long number(List<LeafReaderContext> leaves, int doc) throws IOException {
        var leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        var numbers = leaf.reader().getNumericDocValues(NUMBER);
        return numbers != null && numbers.advanceExact(doc - leaf.docBase) ? numbers.longValue() : -1;
    }

    /** How many of the telling terms each hit holds: read from the postings, which is cheaper than the texts. */
    private static int[] telling(List<LeafReaderContext> leaves, ScoreDoc[] found, Terms asked) throws IOException {
        var inOrder = Arrays.stream(found).mapToInt(hit -> hit.doc).sorted().toArray();
        var counts = new int[inOrder.length];
        for (var leaf : leaves) {
            for (var term : asked.telling()) {
                PostingsEnum postings = leaf.reader().postings(new Term(TEXT, term), PostingsEnum.NONE);
                if (postings == null) continue;
                count(postings, leaf, inOrder, counts);
            }
        }
        var byRank = new int[found.length];
        for (int rank = 0; rank < found.length; rank++) {
            byRank[rank] = counts[Arrays.binarySearch(inOrder, found[rank].doc)];
        }
        return byRank;
    }

    private static void count(PostingsEnum postings, LeafReaderContext leaf, int[] inOrder, int[] counts)
            throws IOException {
        int at = postings.docID();
        for (int place = 0; place < inOrder.length; place++) {
            int doc = inOrder[place] - leaf.docBase;
            if (doc < 0) continue;
            if (doc >= leaf.reader().maxDoc()) return;
            if (at < doc) at = postings.advance(doc);
            if (at == DocIdSetIterator.NO_MORE_DOCS) return;
            if (at == doc) counts[place]++;
        }
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Searchers extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
            var searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
