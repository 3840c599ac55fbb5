package io.kefuhub.core.answering.ai;

import io.kefuhub.core.answering.ai.context.Material;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.Payer;
import java.util.ArrayList;
import java.util.List;

/**
 * One question, with all that a model may be told about it. Immutable.
 *
 * @param payer on whose behalf models are asked
 * @param notes where the questions to models are noted
 * @param rules as they were when the turn began
 * @param began by the system's nano time
 */
record Inquiry(Material material, Payer payer, CallNotes notes, AiRules rules, long began) {
    /** All that an answer may take its numbers and links from. */
    List<String> sources(String instructions) {
        var sources = new ArrayList<>(List.of(instructions, material.question()));
        sources.addAll(material.facts());
        material.passages().forEach(passage -> sources.add(passage.source().title() + "\n" + passage.text()));
        return sources;
    }
}
