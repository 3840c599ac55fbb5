package io.kefuhub.channel.feishu.reply;

import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Pacing;
import io.kefuhub.channel.feishu.message.Choices;
import io.kefuhub.channel.feishu.message.Receiving;
import io.kefuhub.channel.feishu.message.ThreadName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Greets who opens the chat with the bot, where the admin has words for that: seldom, as the platform tells of every time it
 * is opened. Safe for threads.
 */
public final class Greeting implements Receiving.Door {
    /** Whoever was greeted, or spoke with the bot, within that time is not greeted again. */
    private static final Duration QUIET = Duration.ofHours(48);

    private final ChannelContext context;
    private final Pacing pacing;
    private final Post post;
    private final Choices choices;
    private final String text;
    private final List<String> offered;

    /**
     * @param text empty for no greeting
     * @param offered to be chosen by a button below it
     */
    public Greeting(
            ChannelContext context, FeishuApi api, Pacing pacing, Choices choices, String text, List<String> offered) {
        this.context = context;
        this.pacing = pacing;
        this.post = new Post(api);
        this.choices = choices;
        this.text = text;
        this.offered = List.copyOf(offered);
    }

    @Override
    public void entered(String chat, Optional<Instant> lastSaid, String event) {
        if (text.isBlank()) return;
        var since = context.clock().instant().minus(QUIET);
        if (lastSaid.filter(since::isBefore).isPresent()) return;
        if (!context.store().putIfAbsent(key(chat), event, QUIET)) return;
        context.tasks().run("feishu-greeting", () -> greet(chat, event));
    }

    /** What is not shown is no greeting: the next time the chat is opened brings it. */
    private void greet(String chat, String event) {
        try {
            var turn = pacing.passing(chat);
            var sent = turn.later().isEmpty()
                    && post.send(new ThreadName(chat, "", ""), Optional.empty(), written(chat, event), "hi-" + event)
                            .isOk();
            if (turn.later().isEmpty()) pacing.arrived(chat, turn);
            if (!sent) context.store().remove(key(chat));
        } catch (UnavailableException _) {
            // It stays away for two days.
        }
    }

    private Written written(String chat, String event) {
        if (offered.isEmpty()) return Written.words(text);
        var options = new ArrayList<Part.Menu.Option>();
        for (var words : offered) options.add(new Part.Menu.Option(String.valueOf(options.size() + 1), words));
        return Written.card(Cards.menu(new Part.Menu(text, options), chat, "hi-" + event, choices));
    }

    private static String key(String chat) {
        return "greeted:" + chat;
    }
}
