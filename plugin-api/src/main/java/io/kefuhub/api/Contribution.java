package io.kefuhub.api;

/**
 * Something a plugin adds: a factory of channels, filters, AI providers, translators, responders or directories.
 *
 * <p>A factory is immutable and safe for threads. An admin makes any number of instances from it; changing an
 * instance's settings creates a new instance, checks it, swaps it in and closes the old one.
 */
public sealed interface Contribution
        permits ChannelFactory,
                FilterFactory,
                AiProviderFactory,
                TranslatorFactory,
                ResponderFactory,
                DirectoryFactory {
    /** Says what this contribution is called and which settings its instances have; the same answer every time. */
    Description description();
}
