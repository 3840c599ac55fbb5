package io.kefuhub.api.kit;

/** The contract of a channel whose messages are pulled. */
class PagedChannelTest extends SignedChannelTest {
    PagedChannelTest() {
        with(PagedChannel::new).pulled();
    }
}
