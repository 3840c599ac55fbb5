package io.kefuhub.bench.wasm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What every peer is asked, and what it must answer. Immutable by agreement.
 *
 * @param words the setting of that name
 */
record Question(byte[] module, byte[] input, String words, String answer) {
    private static final String TEXT =
            "你好，我上周在你们店里买的东西还没有到，快递单号查不到任何信息。另外有人加我好友说可以代开发票，" + "还让我把银行卡密码发给他，请问这是你们的客服吗？请尽快回复，谢谢！";

    static Question read(Path module) throws Exception {
        var words = "代开发票\n刷单返利\n加微信转账\n银行卡密码\n验证码发我\n高仿名表\n赌博平台\n彩票内幕\n套现秒到\n裸贷\n办证刻章\n翻墙软件\n"
                + "枪支弹药\n私人侦探\n代考替考\n假币\n传销\n洗钱通道\n色情直播\n毒品";
        var input = """
                {"v":1,"event":"message.inbound","stage":"CUSTOMER_IN","ts":"2026-11-25T08:00:00Z","desk":"shop",\
                "channel":"web","conversation":"c-81","facts":{"language":"zh-CN","firstSeen":"2026-11-20T10:00:00Z",\
                "attributes":{},"recent":[]},"message":{"id":"m-1","from":"customer","text":"%s","parts":[]}}""".formatted(TEXT);
        var masked = TEXT.replace("代开发票", "****").replace("银行卡密码", "*****");
        return new Question(
                Files.readAllBytes(module),
                input.getBytes(StandardCharsets.UTF_8),
                words,
                "{\"action\":\"rewrite\",\"text\":\"" + masked + "\",\"tags\":[\"masked\"]}");
    }

    /** Fails when the answer is not the one that is expected. */
    void check(byte[] said) {
        var text = new String(said, StandardCharsets.UTF_8);
        if (!Objects.equals(text, answer)) throw new IllegalStateException("expected " + answer + ", got " + text);
    }
}
