package io.kefuhub.translate.http;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.FakeHttp;
import io.kefuhub.api.kit.TranslatorContract;
import io.kefuhub.api.translate.Translator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class LibreTranslateContractTest implements TranslatorContract {
    private final FakeContext context = new FakeContext("translator-1");
    private final TranslatorFactory factory = new LibreTranslateFactory();
    private final Translator translator =
            factory.create(Settings.of(Map.of("address", "https://translate.example", "key", "secret")), context);

    LibreTranslateContractTest() {
        context.http().answerAs(new PlayedService());
    }

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public FakeHttp http() {
        return context.http();
    }

    @Override
    public Language from() {
        return Language.EN;
    }

    @Override
    public Language to() {
        return Language.ZH_CN;
    }

    @Override
    public Language unknown() {
        return new Language("qaa");
    }
}
