package io.kefuhub.core.answering.ai.reply;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Recognises words that are meant for the model rather than for the service. Pure; safe for threads. */
public final class Injection {
    private static final Pattern MARK =
            Pattern.compile("(?i)(?:忽略|无视|忘记|不要遵守|绕过)[^。！？\\n]{0,12}(?:指令|指示|规则|设定|提示词|限制|要求)"
                    + "|系统提示词|系统指令|你的提示词|开发者模式|越狱模式|从现在(?:开始|起)你(?:是|扮演)"
                    + "|(?:ignore|disregard|forget|override|bypass)[^.!?\\n]{0,30}(?:instructions?|rules|prompts?|guidelines|restrictions)"
                    + "|system prompt|developer mode|jailbreak|\\bDAN mode\\b|you are now (?:a|an|in)\\b|pretend (?:to be|you are)"
                    + "|<\\|?(?:im_start|im_end|system|endoftext)\\|?>|\\[/?INST\\]|</?passage");

    private Injection() {}

    public static boolean in(String text) {
        return MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).find();
    }
}
