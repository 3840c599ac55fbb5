package io.kefuhub.simulators.wecom;

import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Surface.Act;
import io.kefuhub.simulators.Surface.Field;
import io.kefuhub.simulators.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The accounts and servicers of customer service, and what can happen there. */
final class KfPeople {
    static final String SURFACE = "kf";
    static final Map<String, String> ACCOUNTS = accounts();
    static final List<String> SERVICERS = List.of("zhangsan", "lisi");

    static final Surface DESCRIPTION = new Surface(
            SURFACE,
            new Words("Customer service (WeChat)", "微信客服"),
            List.of(
                    "text",
                    "image",
                    "voice",
                    "video",
                    "file",
                    "location",
                    "link",
                    "miniprogram",
                    "business_card",
                    "channels_shop_order"),
            List.of(
                    new Act(
                            "enter",
                            new Words("Opens the chat", "进入会话"),
                            List.of(
                                    new Field("scene", new Words("Scene", "场景值"), "web"),
                                    new Field("scene_param", new Words("Parameter", "场景参数"), ""))),
                    new Act("recall", new Words("Recalls the last message", "撤回上一条消息"), List.of()),
                    new Act(
                            "servicer-takes",
                            new Words("A servicer takes over", "人工接待接入"),
                            List.of(new Field("servicer", new Words("Servicer", "接待人员"), "zhangsan"))),
                    new Act(
                            "servicer-says",
                            new Words("The servicer writes", "接待人员发言"),
                            List.of(new Field("text", new Words("Text", "文字"), "您好，我来处理。"))),
                    new Act("end", new Words("The session is ended", "结束会话"), List.of()),
                    new Act(
                            "servicer-status",
                            new Words("A servicer comes or goes", "接待人员上下线"),
                            List.of(
                                    new Field("servicer", new Words("Servicer", "接待人员"), "zhangsan"),
                                    new Field("status", new Words("1 online, 2 offline", "1 在线 2 离线"), "2"))),
                    new Act("nudge", new Words("A callback with nothing new", "无新消息的回调"), List.of()),
                    new Act("revoke-tokens", new Words("All tokens are revoked", "吊销全部令牌"), List.of())),
            true,
            false);

    private KfPeople() {}

    private static Map<String, String> accounts() {
        var accounts = new LinkedHashMap<String, String>();
        accounts.put("wkSimulatedShop0000000001", "松林小铺");
        accounts.put("wkSimulatedRepairs0000002", "售后服务");
        return accounts;
    }
}
