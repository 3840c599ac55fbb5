package io.kefuhub.api.kit;

import java.util.List;

/** The other side of a channel that sends, as its test plays it; written by the channel's author. */
public interface FakePlatform {
    /** The texts a customer of the thread sees, in order. */
    List<String> shown(String thread);

    /** Takes the next message and then loses the answer, so that the channel cannot know that it arrived. */
    void loseNextAnswer();
}
