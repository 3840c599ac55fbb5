package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest platform that has all that the contract asks about: tokens, a limit, files, and answers that get lost. Shows
 * what it is sent under one key once. Safe for threads.
 */
final class SmallPlatform implements FakePlatform {
    private final Map<String, Map<String, String>> shown = new LinkedHashMap<>();
    private final List<Incoming> kept = new ArrayList<>();
    private Optional<LargeFile> film = Optional.empty();
    private boolean losesNext;
    private boolean refusesNext;
    private int token;
    private int fetched;
    private long brought;

    /** What became of a message that was sent. */
    enum Answer {
        TAKEN,
        TOO_MANY,
        BAD_TOKEN,
        LOST
    }

    synchronized int fetchToken() {
        fetched++;
        return token;
    }

    synchronized Answer send(int by, String key, String thread, String text) {
        if (by != token) return Answer.BAD_TOKEN;
        if (refusesNext) {
            refusesNext = false;
            return Answer.TOO_MANY;
        }
        shown.computeIfAbsent(thread, _ -> new LinkedHashMap<>()).put(key, text);
        if (!losesNext) return Answer.TAKEN;
        losesNext = false;
        return Answer.LOST;
    }

    synchronized void upload(InputStream content) {
        try {
            brought += content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void keep(List<Incoming> messages) {
        for (var message : messages) {
            if (kept.stream().noneMatch(one -> one.externalId().equals(message.externalId()))) kept.add(message);
        }
    }

    /** What customers wrote, for whoever asks for it. */
    synchronized List<Incoming> kept() {
        return List.copyOf(kept);
    }

    synchronized void lay(LargeFile file) {
        film = Optional.of(file);
    }

    synchronized InputStream download() {
        return film.orElseThrow().open();
    }

    @Override
    public synchronized List<String> shown(String thread) {
        return new ArrayList<>(shown.getOrDefault(thread, Map.of()).values());
    }

    @Override
    public synchronized void loseNextAnswer() {
        losesNext = true;
    }

    @Override
    public Applicable<Tokens> tokens() {
        return Applicable.given(new Tokens() {
            @Override
            public void revoke() {
                synchronized (SmallPlatform.this) {
                    token++;
                }
            }

            @Override
            public int fetched() {
                synchronized (SmallPlatform.this) {
                    return fetched;
                }
            }
        });
    }

    @Override
    public Applicable<Limit> limit() {
        return Applicable.given(() -> {
            synchronized (this) {
                refusesNext = true;
            }
        });
    }

    @Override
    public Applicable<Files> files() {
        return Applicable.given(new Files() {
            @Override
            public long largest() {
                return 100L << 20;
            }

            @Override
            public long brought() {
                synchronized (SmallPlatform.this) {
                    return brought;
                }
            }
        });
    }
}
