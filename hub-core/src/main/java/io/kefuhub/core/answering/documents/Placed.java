package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.Trouble;

/** What became of an upload or an edit. */
sealed interface Placed {
    /** It is stored; a file is read next, in the background. */
    record Done(KnowledgeDocument document) implements Placed {}

    record Gone() implements Placed {}

    /** Another document of the desk has this name. */
    record NameTaken(String name) implements Placed {}

    /** It can be seen at once that it cannot be read; nothing is stored. */
    record Unreadable(Trouble trouble) implements Placed {}

    /** @param most how many bytes a file may have */
    record TooLarge(long most) implements Placed {}

    /** The disk is full. */
    record NoRoom() implements Placed {}
}
