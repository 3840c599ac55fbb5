package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The kit finds out who does not keep the contract. */
class KitTest {
    @Test
    void a_filter_that_remembers_is_found_out() {
        var calls = new AtomicInteger();
        var remembering = contract(_ -> calls.incrementAndGet() % 7 == 0 ? Verdict.hold("seventh") : Verdict.pass());

        assertFound(remembering::gives_the_same_verdict_whatever_it_was_asked_in_between);
    }

    @Test
    void a_filter_that_expects_text_in_every_message_is_found_out() {
        var expecting = contract(message -> message.text().charAt(0) == 'x' ? Verdict.block("x") : Verdict.pass());

        assertFound(expecting::has_a_verdict_for_every_message_at_every_stage);
    }

    @Test
    void a_filter_that_points_beyond_the_message_is_found_out() {
        var beyond = contract(message -> new Verdict.Hold(
                "odd", Set.of(), List.of(new Found("odd", 0, 0, message.text().length() + 1))));

        assertFound(beyond::has_a_verdict_for_every_message_at_every_stage);
    }

    @Test
    void a_filter_that_gives_placeholders_to_customers_is_found_out() {
        var leaking =
                contract(message -> new Verdict.Rewrite(message.parts(), Set.of(), Map.of("[phone-1]", "13800000000")));

        assertFound(leaking::keeps_tags_short_and_gives_placeholders_to_models_only);
    }

    @Test
    void a_filter_that_answers_null_or_throws_is_found_out_and_told_where() {
        var message = "CUSTOMER_IN “怎么退货？”";
        var throwing = contract(asked -> {
            if (asked.text().contains("退货")) throw new IllegalStateException("no");
            return Verdict.pass();
        });

        assertThatThrownBy(throwing::has_a_verdict_for_every_message_at_every_stage)
                .isInstanceOfSatisfying(Broken.class, broken -> {
                    assertThat(broken)
                            .hasMessageStartingWith(message + ": threw ")
                            .hasMessageEndingWith(": no");
                    assertThat(broken.in(Language.ZH_CN)).startsWith(message + "：抛出 ");
                });
    }

    @Test
    void a_factory_that_reads_its_settings_late_or_names_another_is_found_out() {
        var most = SettingSpec.number("most", "Most");
        var careless = factory(most, _ -> () -> {});
        var confused = factory(most, _ -> {
            throw new SettingsException("least", "a value is required");
        });

        for (var factory : List.of(careless, confused)) {
            assertFound(factory::names_the_key_of_a_required_setting_that_is_missing);
            assertFound(factory::names_the_key_of_a_setting_that_cannot_be_read);
        }
    }

    @Test
    void a_factory_that_reads_its_settings_and_names_them_passes() {
        var most = SettingSpec.number("most", "Most");
        var careful = factory(most, settings -> {
            settings.number(most);
            return () -> {};
        });

        careful.names_the_key_of_a_required_setting_that_is_missing();
        careful.names_the_key_of_a_setting_that_cannot_be_read();
    }

    @Test
    void a_responder_that_does_not_say_why_it_passes_is_found_out() {
        Responder silent = (_, _) -> new Response.Pass(" ");

        assertFound(new ResponderQuestions(silent, Turns.of("hello"))::namesSourceOrReason);
    }

    private static FactoryContract factory(SettingSpec setting, FactoryQuestions.Making making) {
        return new FactoryContract() {
            @Override
            public Contribution factory() {
                return new FilterFactory() {
                    @Override
                    public Description description() {
                        return new Description("some", Map.of(Language.EN, "Some"), List.of(setting));
                    }

                    @Override
                    public Filter create(Settings settings, FilterContext context) {
                        throw new IllegalStateException("made by the contract itself");
                    }
                };
            }

            @Override
            public Map<String, String> values() {
                return Map.of(setting.key(), "10");
            }

            @Override
            public AutoCloseable create(Settings settings) {
                return making.create(settings);
            }
        };
    }

    private static void assertFound(org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
        assertThatThrownBy(check).isNotNull();
    }

    private static FilterContract contract(java.util.function.Function<Message, Verdict> judge) {
        return () -> new Filter() {
            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.CUSTOMER_IN);
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return judge.apply(message);
            }
        };
    }
}
