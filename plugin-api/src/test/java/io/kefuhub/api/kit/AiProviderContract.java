package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every AI provider must do, against a server that the test plays. Implement it in your plugin's tests. */
public interface AiProviderContract {
    AiProvider provider();

    /** Lays the provider's documented answer for this case ready. */
    void lay(Case next);

    /** What a provider's server may answer, and what the hub must be told. */
    enum Case {
        ANSWER(AiReply.Answer.class),
        RATE_LIMITED(AiReply.RateLimited.class),
        OVERLOADED(AiReply.Overloaded.class),
        CREDENTIALS_REFUSED(AiReply.CredentialsRefused.class),
        NO_BALANCE(AiReply.NoBalance.class),
        TOO_LONG(AiReply.TooLong.class),
        CONTENT_FILTERED(AiReply.ContentFiltered.class),
        REFUSED(AiReply.Refused.class),
        BROKEN_AFTER_SOME_TEXT(AiReply.Broken.class),
        NO_JSON(AiReply.Broken.class);

        private final Class<? extends AiReply> told;

        Case(Class<? extends AiReply> told) {
            this.told = told;
        }
    }

    static AiRequest request(boolean stream) {
        var question = new AiRequest.Turn(AiRequest.Role.USER, "Where is my parcel?", List.of());
        return new AiRequest("model-1", "Be brief.", List.of(question), 256, 0.2, stream, Map.of());
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    default void tells_what_became_of_the_question(Case next) {
        lay(next);

        var reply = provider().reply(request(true), new Pieces(), new NeverCancel());

        assertThat(reply).isInstanceOf(next.told);
        assertThat(reply.dispatched()).isTrue();
    }

    @Test
    default void the_pieces_make_the_whole_answer_and_its_usage_is_told() {
        lay(Case.ANSWER);
        var pieces = new Pieces();

        var reply = provider().reply(request(true), pieces, new NeverCancel());

        assertThat(reply).isInstanceOfSatisfying(AiReply.Answer.class, answer -> {
            assertThat(answer.text()).isNotBlank().isEqualTo(pieces.content.toString());
            assertThat(answer.usage().reported()).isTrue();
            assertThat(answer.usage().output()).isPositive();
        });
    }

    @Test
    default void a_cancelled_question_is_never_sent() {
        var cancel = new NeverCancel() {
            @Override
            public boolean isRequested() {
                return true;
            }

            @Override
            public void onRequest(Runnable action) {
                action.run();
            }
        };

        assertThat(provider().reply(request(true), new Pieces(), cancel))
                .isInstanceOfSatisfying(
                        AiReply.Cancelled.class,
                        cancelled -> assertThat(cancelled.dispatched()).isFalse());
    }

    @Test
    default void closes() {
        provider().close();
    }

    /** Keeps the pieces of an answer. One thread only. */
    final class Pieces implements AiSink {
        private final StringBuilder content = new StringBuilder();

        @Override
        public void content(String piece) {
            assertThat(piece).isNotEmpty();
            content.append(piece);
        }

        @Override
        public void reasoning(String piece) {
            assertThat(piece).isNotEmpty();
        }

        @Override
        public void usage(Usage usage) {}
    }

    /** Wants the answer. */
    class NeverCancel implements Cancel {
        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void onRequest(Runnable action) {}
    }
}
