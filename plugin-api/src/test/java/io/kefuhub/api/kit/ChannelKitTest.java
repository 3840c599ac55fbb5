package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.message.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The kit finds out which channels do not keep their contract. */
class ChannelKitTest {
    @Test
    void a_channel_that_does_not_check_signatures_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            boolean isGenuine(String signature, String time, byte[] body) {
                return !time.isEmpty();
            }
        });

        assertFound(careless::a_tampered_call_is_refused);
    }

    @Test
    void a_channel_that_lets_unsigned_calls_in_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            boolean isGenuine(String signature, String time, byte[] body) {
                return signature.isEmpty() || super.isGenuine(signature, time, body);
            }
        });

        assertFound(careless::an_unsigned_call_is_refused);
    }

    @Test
    void a_channel_that_signs_no_time_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            boolean isStale(Instant at) {
                return false;
            }
        });

        assertFound(careless::a_stale_call_is_refused);
    }

    @Test
    void a_channel_that_names_a_replayed_message_anew_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            Incoming message(String customer, String id, String type, String text, Instant at) {
                return super.message(customer, id + count.incrementAndGet(), type, text, at);
            }
        });

        assertFound(careless::a_replayed_call_is_refused_or_brings_the_same_message_again);
    }

    @Test
    void a_channel_that_makes_text_of_everything_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            Incoming message(String customer, String id, String type, String text, Instant at) {
                var parts = List.<Part>of(new Part.Text("?"));
                return new Incoming(id, "t", Contact.anonymous("t"), parts, at, Optional.empty());
            }
        });

        assertFound(careless::an_unknown_type_of_message_is_kept_as_unsupported);
    }

    @Test
    void a_channel_that_repeats_what_may_have_arrived_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            String key(Delivery delivery) {
                return delivery.id() + count.incrementAndGet();
            }
        });

        assertFound(careless::a_reply_whose_outcome_is_unknown_is_shown_once);
    }

    @Test
    void a_channel_whose_platform_does_not_recognise_repeats_as_it_says_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            String key(Delivery delivery) {
                return delivery.id() + count.incrementAndGet();
            }
        });

        assertFound(
                careless
                        ::a_reply_that_is_handed_over_twice_is_shown_once_where_the_platform_is_said_to_recognise_repeats);
    }

    @Test
    void a_channel_that_takes_what_is_meant_for_another_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            boolean isOurs(String receiver) {
                return true;
            }
        });

        assertFound(careless::what_is_rightly_signed_for_another_receiver_is_refused);
    }

    @Test
    void a_channel_that_reads_before_it_verifies_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            boolean isGenuine(String signature, String time, byte[] body) {
                context.store().put("last", time + body[0], SignedChannel.STALE);
                return super.isGenuine(signature, time, body);
            }
        });

        assertFound(careless::a_call_that_is_not_genuine_is_refused_whatever_it_holds);
        assertFound(careless::a_tampered_call_is_refused);
    }

    @Test
    void a_channel_that_forgets_at_a_restart_what_it_has_brought_is_found_out() {
        var generations = new AtomicInteger();
        var careless = contract((settings, context, platform) -> {
            var generation = generations.incrementAndGet();
            return new SignedChannel(settings, context, platform) {
                @Override
                Incoming message(String customer, String id, String type, String text, Instant at) {
                    return super.message(customer, generation + id, type, text, at);
                }
            };
        });

        assertFound(careless::a_message_that_is_told_again_for_eight_hours_over_restarts_is_there_once);
        assertFound(careless::a_burst_comes_once_and_in_order_though_the_hub_is_restarted_in_its_middle);
    }

    /** What was pulled by a hub that was killed is asked for again, and is not there for one that counts by itself. */
    @Test
    void a_channel_that_pulls_from_where_it_stands_itself_is_found_out() {
        var careless = new SignedChannelTest()
                .with((settings, context, platform) -> new PagedChannel(settings, context, platform) {
                    @Override
                    public Pulled pull(String source, String cursor) {
                        var batch =
                                super.pull(source, context.store().get("place").orElse(""));
                        context.store().put("place", batch.cursor(), SignedChannel.STALE);
                        return batch;
                    }
                })
                .pulled();

        assertFound(careless::a_burst_comes_once_and_in_order_though_the_hub_is_restarted_in_its_middle);
    }

    @Test
    void a_channel_that_mixes_customers_up_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            Incoming message(String customer, String id, String type, String text, Instant at) {
                return super.message("somebody", id, type, text, at);
            }
        });

        assertFound(careless::what_each_of_many_customers_writes_at_once_stays_in_its_order);
    }

    @Test
    void a_channel_that_holds_whole_files_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            InputStream read(InputStream content) {
                try {
                    return new ByteArrayInputStream(content.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });

        assertFound(careless::the_largest_file_that_a_customer_sends_comes_whole_through_little_memory);
        assertFound(careless::the_largest_file_is_sent_whole_through_little_memory);
    }

    @Test
    void a_channel_that_fetches_more_tokens_than_it_needs_is_found_out() {
        var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
            @Override
            synchronized void forget(int spoilt) {
                platform.fetchToken();
                super.forget(spoilt);
            }
        });

        assertFound(careless::a_token_that_is_revoked_under_load_is_fetched_once_and_each_reply_is_shown_once);
    }

    @Test
    void a_channel_that_gives_up_at_a_limit_or_takes_it_for_success_is_found_out() {
        for (var outcome : List.of(new Delivered.Undeliverable("too many"), new Delivered.Done(""))) {
            var careless = contract((settings, context, platform) -> new SignedChannel(settings, context, platform) {
                @Override
                Delivered tooMany() {
                    return outcome;
                }
            });

            assertFound(careless::what_is_too_much_for_the_platform_waits_and_is_shown_once_and_in_order);
        }
    }

    @Test
    void what_is_not_applicable_has_a_reason() {
        assertThatThrownBy(() -> Applicable.notBecause(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFound(ThrowingCallable check) {
        assertThatThrownBy(check).isNotNull();
    }

    private static ChannelContract contract(SignedChannel.Making making) {
        return new SignedChannelTest().with(making);
    }
}
