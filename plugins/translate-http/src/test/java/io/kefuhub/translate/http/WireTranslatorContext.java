package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.WireContext;
import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.translate.TranslatorContext;

/** What the hub lends to a translator, with a client that reaches real servers. */
final class WireTranslatorContext implements TranslatorContext, AutoCloseable {
    private final WireContext wire = new WireContext();

    @Override
    public String instance() {
        return "translator-1";
    }

    @Override
    public Http http() {
        return wire.http();
    }

    @Override
    public Files files() {
        return wire.files();
    }

    @Override
    public Store store() {
        return wire.store();
    }

    @Override
    public Tasks tasks() {
        return wire.tasks();
    }

    @Override
    public FakeClock clock() {
        return wire.clock();
    }

    @Override
    public Models models() {
        return (_, _, _, _, _) -> new Models.ModelAnswer.Unavailable("no model is asked here");
    }

    @Override
    public void close() {
        wire.close();
    }
}
