package io.kefuhub.dist;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Someone on a web page, whose browser can do no more than ask again and again. */
final class Visitor {
    private static final String DEMO = "wk_demo";
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
    /** One event on from its kind; the author's kind says who speaks. */
    private static final Pattern FROM_HUB =
            Pattern.compile("\"kind\":\"(?:bot|hub)\".*?(?=\"seq\":|$)", Pattern.DOTALL);

    private final UnpackedHub hub;
    private final String channel;
    private final String token;

    private Visitor(UnpackedHub hub, String channel, String token) {
        this.hub = hub;
        this.channel = channel;
        this.token = token;
    }

    static Visitor of(UnpackedHub hub) {
        return of(hub, DEMO, """
                {"page":{"url":"http://localhost/shop","title":"Shop","referrer":""},"locale":"zh-CN","tz":"Asia/Shanghai"}""");
    }

    /** A customer for whom the site's own server signs. */
    static Visitor vouchedFor(UnpackedHub hub, String channel, String identity) {
        return of(hub, channel, "{\"locale\":\"zh-CN\",\"identity\":\"" + identity + "\"}");
    }

    private static Visitor of(UnpackedHub hub, String channel, String session) {
        var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve("/widget/1/" + channel + "/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(session))
                .build());
        var token = TOKEN.matcher(answer.body());
        if (answer.statusCode() != 200 || !token.find()) {
            throw new AssertionError("no session: " + answer.statusCode() + " " + answer.body());
        }
        return new Visitor(hub, channel, token.group(1));
    }

    /** The same visitor at a hub that was started again. */
    Visitor at(UnpackedHub other) {
        return new Visitor(other, channel, token);
    }

    void says(String text) {
        var answer = posts(UUID.randomUUID().toString(), text);
        if (answer.statusCode() != 200) {
            throw new AssertionError("not taken: " + answer.statusCode() + " " + answer.body());
        }
    }

    HttpResponse<String> posts(String cid, String text) {
        var body = "{\"cid\":\"" + cid + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
        return hub.send(request("messages")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Sends the same again for as long as the hub asks for it. */
    HttpResponse<String> postsUntilStored(String cid, String text) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var answer = posts(cid, text);
            if (answer.statusCode() == 200) return answer;
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("not taken: " + answer.statusCode() + " " + answer.body());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    String events() {
        return hub.send(request("events?after=0&limit=500").build()).body();
    }

    /** Waits for as many messages of the hub, and gives their events as they came. */
    List<String> hearsFromTheHub(int count) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var body = events();
            var heard = FROM_HUB.matcher(body).results().map(MatchResult::group).toList();
            if (heard.size() >= count) {
                return heard;
            }
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("no answer among " + body + "; the hub said: " + hub.output());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.url.resolve("/widget/1/" + channel + "/" + path))
                .header("Authorization", "Bearer " + token);
    }
}
