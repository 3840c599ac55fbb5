package io.kefuhub.core.plugin;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.translate.TranslatorContext;
import java.time.InstantSource;

/** What is lent to instances that may ask models. Immutable. */
public record ModelContext(LentContext lent, Models models) implements ResponderContext, TranslatorContext {
    @Override
    public String instance() {
        return lent.instance();
    }

    @Override
    public Http http() {
        return lent.http();
    }

    @Override
    public Files files() {
        return lent.files();
    }

    @Override
    public Store store() {
        return lent.store();
    }

    @Override
    public Tasks tasks() {
        return lent.tasks();
    }

    @Override
    public InstantSource clock() {
        return lent.clock();
    }
}
