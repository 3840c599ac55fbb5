package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.KnowledgeRoom;
import io.kefuhub.core.answering.passages.Embedder;
import io.kefuhub.core.answering.passages.Passage;
import io.kefuhub.core.answering.passages.Passages;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.files.FileStore;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A library over a real database and real files. */
final class LibraryRoom implements AutoCloseable {
    final KnowledgeRoom room = new KnowledgeRoom();
    final HubFiles files;
    private final Path folder;
    Passages passages;
    Library library;

    LibraryRoom(Path folder) {
        this.folder = folder;
        files = new HubFiles(new FileStore(folder.resolve("files")), new StoredFiles(), room.database, room.clock);
        passages = new Passages(room.knowledge, room.database, Embedder.NONE, room.clock, _ -> false, () -> room.rules);
        library = open();
        library.start().join();
    }

    /** The library as a hub that starts anew finds it. */
    void again() {
        library.close();
        passages.close();
        passages = new Passages(room.knowledge, room.database, Embedder.NONE, room.clock, _ -> false, () -> room.rules);
        library = open();
        library.start().join();
    }

    private Library open() {
        return new Library(new Library.Parts(
                room.database,
                room.audit,
                files,
                passages,
                new Ids(room.clock),
                room.clock,
                folder.resolve("scratch")));
    }

    Placed add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Placed add(String name, byte[] content) {
        return library.add("anna", room.main, name, new ByteArrayInputStream(content));
    }

    KnowledgeDocument added(String name, byte[] content) {
        return ((Placed.Done) add(name, content)).document();
    }

    /** A document once it was read. */
    KnowledgeDocument read(UUID id) {
        KnowledgeRoom.eventually(
                () -> !document(id).isUnread() && library.progress(id).isEmpty());
        return document(id);
    }

    KnowledgeDocument document(UUID id) {
        return library.find(id).orElseThrow();
    }

    List<Passage> find(String question) {
        return passages.find(room.main, Asker.anybody(EntryLanguage.written(question)), question, Passages.USUAL)
                .passages();
    }

    @Override
    public void close() {
        library.close();
        passages.close();
        room.close();
    }
}
