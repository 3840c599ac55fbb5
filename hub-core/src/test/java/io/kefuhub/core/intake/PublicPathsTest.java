package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginVersion;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublicPathsTest {
    private final Guard guard = new Guard();
    private final Contributions contributions = new Contributions();
    private final PublicPaths paths = new PublicPaths(contributions, guard);

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_path_is_known_as_long_as_its_channel_is_plugged_in() {
        contributions.add(Offer.ofHub(new Shop()));
        assertThat(paths.match("/shop/door"))
                .hasValueSatisfying(match -> assertThat(match.rest()).isEqualTo("/door"));

        contributions.change(draft -> draft.remove(PluginVersion.HUB));

        assertThat(paths.match("/shop/door")).isEmpty();
    }

    @Test
    void a_channel_that_has_left_is_not_kept_in_memory_though_nobody_calls_any_more() {
        var left = new WeakReference<>(plugIn());
        assertThat(paths.match("/shop/door")).isPresent();

        contributions.change(draft -> draft.remove(PluginVersion.HUB));

        Eventually.holds(() -> {
            System.gc();
            return left.refersTo(null);
        });
    }

    private Shop plugIn() {
        var shop = new Shop();
        contributions.add(Offer.ofHub(shop));
        return shop;
    }

    private static final class Shop implements ChannelFactory {
        @Override
        public Description description() {
            return new Description("shop", Map.of(Language.EN, "Shop"), List.of());
        }

        @Override
        public Channel create(Settings settings, ChannelContext context) {
            return new SilentChannel();
        }

        @Override
        public List<PublicPath> publicPaths() {
            return List.of(new PublicPath("/shop"));
        }
    }
}
