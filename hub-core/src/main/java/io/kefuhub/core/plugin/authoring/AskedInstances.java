package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.Found;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.List;
import java.util.Map;

/** Instances that ask a service, as the contract kit asks them; like {@link GuardedInstances}. */
final class AskedInstances {
    private AskedInstances() {}

    record OfProvider(Guard guard, Slot<AiProvider> slot) implements AiProvider {
        @Override
        public CheckResult check() {
            return GuardedInstances.answered(guard.check(slot));
        }

        @Override
        public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
            return GuardedInstances.answered(guard.reply(slot, request, sink, cancel));
        }

        @Override
        public Embedding embed(String model, List<String> texts) {
            return GuardedInstances.answered(guard.embed(slot, model, texts));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }
    }

    record OfTranslator(Guard guard, Slot<Translator> slot) implements Translator {
        @Override
        public CheckResult check() {
            return GuardedInstances.answered(guard.check(slot));
        }

        @Override
        public Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary) {
            return GuardedInstances.answered(guard.translate(slot, texts, from, to, glossary));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }
    }

    record OfDirectory(Guard guard, Slot<Directory> slot) implements Directory {
        @Override
        public CheckResult check() {
            return GuardedInstances.answered(guard.check(slot));
        }

        @Override
        public Found find(Contact contact) {
            return GuardedInstances.answered(guard.find(slot, contact));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }
    }
}
