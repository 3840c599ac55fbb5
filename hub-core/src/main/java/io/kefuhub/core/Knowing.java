package io.kefuhub.core;

import io.kefuhub.core.answering.documents.Library;
import io.kefuhub.core.answering.documents.LibraryRoutes;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeRoutes;
import io.kefuhub.core.answering.knowledge.ProposalRoutes;
import io.kefuhub.core.answering.knowledge.Proposing;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.passages.Embedder;
import io.kefuhub.core.answering.passages.PassageRoutes;
import io.kefuhub.core.answering.passages.Passages;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.web.RouteModule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All that desks answer from: entries, documents, and finding passages in both. */
final class Knowing implements AutoCloseable {
    final Knowledge knowledge;
    final Passages passages;
    final Library library;
    final Proposing proposing;

    /** @param localOnly whether what a desk knows must stay with the organisation */
    Knowing(
            Database database,
            AuditLog audit,
            HubFiles files,
            Ids ids,
            Clock clock,
            Embedder embedder,
            Predicate<UUID> localOnly,
            Path scratch,
            Supplier<SearchRules> rules) {
        knowledge = new Knowledge(database, audit, ids, clock, rules);
        passages = new Passages(knowledge, database, embedder, clock, localOnly, rules);
        library = new Library(new Library.Parts(database, audit, files, passages, ids, clock, scratch));
        proposing = new Proposing(database, audit, ids, clock, knowledge);
    }

    /** Takes up what was taken in before. Large libraries are indexed for some seconds; the hub serves meanwhile. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails there is logged there
    void start() {
        library.start().thenRun(passages::start);
    }

    /** In this order: what is named stands before what may have any name. */
    List<RouteModule> routes(
            Supplier<LinkedHashMap<String, UUID>> desks, Supplier<Set<String>> channels, KnowledgeRoutes.Shown shown) {
        return List.of(
                new LibraryRoutes(library, passages, desks),
                new ProposalRoutes(proposing, desks),
                new PassageRoutes(passages, desks),
                new KnowledgeRoutes(knowledge, desks, channels, ZoneId.systemDefault(), shown));
    }

    @Override
    public void close() {
        library.close();
        passages.close();
        knowledge.close();
    }
}
