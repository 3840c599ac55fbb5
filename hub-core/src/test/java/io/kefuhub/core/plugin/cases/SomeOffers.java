package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginVersion;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** What a plugin might offer, with code that counts as a plugin's though it stands in a test. */
final class SomeOffers {
    static final SettingSpec MOST = SettingSpec.number("most", "Most").withDefault("10");
    private static final PluginVersion PLUGIN =
            new PluginVersion("some", "1.0.0", "00", new URLClassLoader(new URL[0], SomeOffers.class.getClassLoader()));

    private SomeOffers() {}

    /** What is to be judged, and what was lent for it. */
    record Judged(Message message, Facts facts, Stage stage, Settings settings, FilterContext context) {}

    interface Judging {
        Verdict judge(Judged judged) throws Exception;
    }

    /** A filter that sees what customers write, and counts how often it is closed. */
    static Offer<?> filter(AtomicInteger closed, Judging judging) {
        return new Offer<>(PLUGIN, description("shield"), new FilterFactory() {
            @Override
            public Description description() {
                return SomeOffers.description("shield");
            }

            @Override
            public Filter create(Settings settings, FilterContext context) {
                settings.number(MOST);
                return new Filter() {
                    @Override
                    public Set<Stage> stages() {
                        return Set.of(Stage.CUSTOMER_IN);
                    }

                    @Override
                    public Verdict apply(Message message, Facts facts, Stage stage) {
                        try {
                            return judging.judge(new Judged(message, facts, stage, settings, context));
                        } catch (Exception e) {
                            throw new IllegalStateException(e.getMessage(), e);
                        }
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                };
            }
        });
    }

    static Offer<?> responder(BiFunction<Turn, ResponderContext, Response> responding) {
        return new Offer<>(PLUGIN, description("desk-bot"), new ResponderFactory() {
            @Override
            public Description description() {
                return SomeOffers.description("desk-bot");
            }

            @Override
            public Responder create(Settings settings, ResponderContext context) {
                return (turn, _) -> responding.apply(turn, context);
            }
        });
    }

    private static Description description(String id) {
        return new Description(id, Map.of(Language.EN, id), List.of(MOST));
    }
}
