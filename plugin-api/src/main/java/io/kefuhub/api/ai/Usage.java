package io.kefuhub.api.ai;

/**
 * Tokens of one call.
 *
 * @param reported whether the provider said so; else nothing here is to be believed
 * @param cachedInput part of the input
 * @param reasoning part of the output
 */
public record Usage(boolean reported, long input, long cachedInput, long output, long reasoning) {
    public static final Usage UNKNOWN = new Usage(false, 0, 0, 0, 0);
}
