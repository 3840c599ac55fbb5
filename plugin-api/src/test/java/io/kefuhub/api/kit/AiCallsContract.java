package io.kefuhub.api.kit;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every AI provider must do whichever service it speaks to, while the kit plays that service. Implement it in your
 * plugin's tests beside {@link AiProviderContract}, which has your provider's own answers.
 */
public interface AiCallsContract {
    AiProvider provider(AiProviderContext context);

    /** The values of its secret settings. */
    Set<String> secrets();

    @TestFactory
    default Stream<DynamicTest> keeps_what_every_provider_promises() {
        var context = new FakeContext("calls");
        return new AiProviderQuestions(provider(context), context.http(), secrets())
                .all().stream()
                        .map(question -> DynamicTest.dynamicTest(question.en(), question::ask))
                        .onClose(context::close);
    }
}
